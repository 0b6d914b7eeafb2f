//! `apograph generate` and `lint`: specs in, crate or findings out.

mod determinism;
mod diagnostics;
mod files;
mod golden;
mod listing;
mod sync;
