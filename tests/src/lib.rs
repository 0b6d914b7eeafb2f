//! What the tests of apograph share: the repository's folders, the command line run in process, and readers of samples
//! and requests, checkers of signatures and a server that are not the product's own.

pub mod command;
pub mod form;
pub mod golden;
pub mod samples;
pub mod server;
pub mod specs;
pub mod verify;

use std::path::{Path, PathBuf};

/// The README's example, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The repository's top folder.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}
