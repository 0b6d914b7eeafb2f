//! Apograph turns vendor doc pages, transcribed as YAML specs, into a typed, signed Rust client crate.
//!
//! Data flows one way: `spec` (what the YAML says) → `resolve`, where `lock` brings in what was named before → `model`
//! (what it means) → `names` (every Rust identifier) → `emit` (tokens; cannot fail) → `render` (text) → `tree` (files: write, check, prune).
//! `transcribe` makes specs out of vendor pages; `recipe` compiles a platform's signature; `diagnostic` and `source` serve every layer.

pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod license;
pub mod lock;
pub mod model;
pub mod names;
pub mod pipeline;
pub mod recipe;
pub mod render;
pub mod resolve;
pub mod source;
pub mod spec;
pub mod terms;
pub mod transcribe;
pub mod tree;
mod yaml;
