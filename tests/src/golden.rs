//! Golden cases: a small spec tree in `specs/`, the crate that must come out of it in `expected/`.
//!
//! Each `expected/` is a dependency of this package, so that what is expected also compiles.
//! With `APOGRAPH_BLESS=1` in the environment tests write what they would compare.

use std::path::PathBuf;

use crate::command::{Run, apograph};
use crate::root;

/// The folders of the golden cases, sorted.
///
/// # Panics
///
/// If the folder of the cases cannot be read.
#[must_use]
pub fn cases() -> Vec<PathBuf> {
    let folder = root().join("tests/golden");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut cases: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

/// Whether expected files are to be written instead of compared.
#[must_use]
pub fn bless() -> bool {
    std::env::var_os("APOGRAPH_BLESS").is_some_and(|value| value == "1")
}

/// Generates the case into its `expected/`, or compares.
#[must_use]
pub fn generate(case: &std::path::Path, check: bool) -> Run {
    let mut arguments: Vec<std::ffi::OsString> = vec!["generate".into(), "--specs".into(), case.join("specs").into()];
    arguments.extend(["--out".into(), case.join("expected").into()]);
    arguments.extend(["--runtime".into(), root().join("generator/runtime").into()]);
    arguments.extend(check.then(|| "--check".into()));
    apograph(arguments)
}
