//! Apograph turns vendor doc pages, transcribed as YAML specs, into a typed, signed Rust client crate.
//!
//! Data flows one way: `spec` (what the YAML contains) → `resolve` → `model` (what it means) → `names` (every Rust
//! identifier) → `lock` (what callers already use is kept) → `emit` (tokens; cannot fail) → `render` (text) → `tree`
//! (files: write, check, prune). `transcribe` makes specs from vendor pages, `recipe` compiles a platform's signature,
//! `diff` compares two revisions, `suggest` proposes fixes by the facts that `diff` finds in prose, `dynamic` makes the
//! runtime's tables of the model, with which `mock` serves the platforms' APIs for tests, and `pipeline` runs the stages
//! for `commands`. Every file is read and written by `files`, and work on many values is shared out by `parallel`.
//!
//! # Permitted imports
//!
//! A module may import those on its line, and no others. Each line names only modules above it, so there are no cycles.
//! The test `imports` reads this table and checks every file, and that no two files import each other, directly or not.
//!
//! | module | may import |
//! |---|---|
//! | `source` | |
//! | `terms` | |
//! | `markdown` | |
//! | `parallel` | |
//! | `diagnostic` | `source` |
//! | `selection` | `terms`, `diagnostic` |
//! | `files` | `diagnostic` |
//! | `yaml` | `source`, `diagnostic` |
//! | `spec` | `source`, `terms`, `parallel`, `diagnostic`, `files`, `yaml` |
//! | `recipe` | `source`, `terms`, `diagnostic`, `spec` |
//! | `model` | `source`, `terms`, `recipe` |
//! | `dynamic` | `terms`, `recipe`, `model` |
//! | `resolve` | `source`, `terms`, `parallel`, `diagnostic`, `spec`, `recipe`, `model` |
//! | `names` | `source`, `terms`, `parallel`, `diagnostic`, `recipe`, `model` |
//! | `lock` | `source`, `terms`, `parallel`, `diagnostic`, `files`, `model`, `names` |
//! | `license` | |
//! | `tree` | `parallel`, `files`, `license` |
//! | `render` | `tree` |
//! | `emit` | `license`, `terms`, `markdown`, `parallel`, `recipe`, `model`, `names`, `tree`, `render` |
//! | `pipeline` | `source`, `terms`, `parallel`, `diagnostic`, `selection`, `spec`, `model`, `resolve`, `names`, `lock`, `tree`, `emit` |
//! | `diff` | `source`, `terms`, `diagnostic`, `spec`, `recipe`, `model`, `resolve`, `names`, `lock` |
//! | `catalogue` | `source`, `terms`, `diagnostic`, `spec`, `model`, `resolve`, `names`, `lock`, `selection` |
//! | `suggest` | `source`, `terms`, `spec`, `model`, `resolve`, `names`, `diff` |
//! | `transcribe` | `source`, `terms`, `diagnostic`, `spec`, `names` |
//! | `mock` | `terms`, `spec`, `recipe`, `model`, `dynamic`, `selection` |
//! | `export` | `terms`, `markdown`, `files`, `spec`, `recipe`, `model`, `dynamic`, `names` |
//! | `cli` | `terms`, `spec`, `mock` |
//! | `commands` | `source`, `terms`, `parallel`, `diagnostic`, `files`, `spec`, `recipe`, `model`, `dynamic`, `lock`, `tree`, `emit`, `pipeline`, `diff`, `suggest`, `transcribe`, `mock`, `export`, `catalogue`, `selection`, `cli` |

pub mod catalogue;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod diff;
pub mod dynamic;
pub mod emit;
pub mod export;
pub mod files;
pub mod license;
pub mod lock;
mod markdown;
pub mod mock;
pub mod model;
pub mod names;
pub mod parallel;
pub mod pipeline;
pub mod recipe;
pub mod render;
pub mod resolve;
pub mod selection;
pub mod source;
pub mod spec;
pub mod suggest;
pub mod terms;
pub mod transcribe;
pub mod tree;
mod yaml;
