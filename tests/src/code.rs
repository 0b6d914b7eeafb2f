//! The repository's own Rust files, for tests that check how they are written.

use std::fs;
use std::path::Path;

use crate::root;

/// Returns the paths of the Rust files in a folder of the repository, sorted, without test code (`tests`, `*_tests`).
///
/// # Panics
///
/// If the folder cannot be read.
#[must_use]
pub fn rust_files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let stem = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            if stem == "tests" || stem.ends_with("_tests") {
                continue;
            }
            if path.is_dir() {
                folders.push(format!("{folder}/{name}"));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(format!("{folder}/{name}"));
            }
        }
    }
    found.sort();
    found
}
