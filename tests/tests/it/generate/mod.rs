//! `apograph generate` and `lint`: specs in, crate or findings out.

mod base_urls;
mod calls;
mod catalogue;
mod conservation;
mod determinism;
mod diagnostics;
mod embedded;
mod examples;
mod features;
mod files;
mod golden;
mod incremental;
mod listing;
mod only;
mod outputs;
mod quirks;
mod recipes;
mod settings;
mod spec_mutations;
mod sync;
