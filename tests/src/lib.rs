//! What the tests of apograph share: the repository's folders, the command line run in process, and readers of samples
//! and requests, checkers of signatures, writers of pages and a server that are not the product's own.

pub mod answers;
pub mod catalogue;
pub mod code;
pub mod command;
pub mod corpus;
pub mod crates;
pub mod examples;
pub mod faults;
pub mod folder;
pub mod form;
pub mod fuzz;
pub mod gateway;
pub mod generation;
pub mod judge;
mod kept;
pub mod lock;
pub mod mock;
pub mod mutation;
pub mod pages;
pub mod quirks;
pub mod recipes;
pub mod reference;
pub mod rustc;
pub mod samples;
pub mod schema;
pub mod server;
#[cfg(unix)]
pub mod special;
pub mod specs;
pub mod truncation;
pub mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};

/// The README's examples, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The example in the README of the generated crate, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../generated/README.md")]
struct GeneratedReadme;

/// The repository's top folder.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// The folder of the vendors' documents, which are not part of the repository: named by `APOGRAPH_DOCUMENTS`, or beside
/// the repository. Without it, `what` is not tested, which is reported on standard error past the test harness.
///
/// # Panics
///
/// If the variable names a folder that is not there.
#[must_use]
pub fn documents(what: &str) -> Option<PathBuf> {
    let named = std::env::var_os("APOGRAPH_DOCUMENTS").map(PathBuf::from);
    if let Some(folder) = &named {
        assert!(folder.is_dir(), "APOGRAPH_DOCUMENTS names no folder: {}", folder.display());
    }
    let folder = named.unwrap_or_else(|| root().join("../shared/documents"));
    if folder.is_dir() {
        return Some(folder);
    }
    let line =
        format!("NOT TESTED: {what}: the vendors' documents are not here; name their folder in APOGRAPH_DOCUMENTS");
    let _ = writeln!(std::io::stderr(), "{line}");
    None
}
