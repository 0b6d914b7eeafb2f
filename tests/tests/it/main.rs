//! Tests across the whole of apograph, in one binary so that they link once. One module per stage of the pipeline.

mod cli;
mod diff;
mod dynamic;
mod export;
mod generate;
mod lock;
mod mock;
mod platforms;
mod reference;
mod repository;
mod runtime;
mod transcribe;
mod wire;
