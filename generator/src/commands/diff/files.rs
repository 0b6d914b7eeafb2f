//! The files of a revision on disk.

use std::path::Path;

use crate::diff::{Texts, Unreadable};
use crate::files::{self, Limit, ReadError};
use crate::lock;
use crate::spec::{self, APPROVALS};

/// Returns the maximum size of a file in a specs folder.
pub(super) fn limit(path: &str) -> Limit {
    if path.rsplit('/').next() == Some(lock::FILE) { lock::LARGEST } else { spec::LARGEST }
}

/// Whether a path below the specs folder has nothing to do with a comparison.
pub(super) fn is_ignored(path: &str) -> bool {
    path != APPROVALS && spec::is_ignored(path)
}

/// Reads a file that the user or git names.
pub(super) fn named(path: &Path) -> Result<String, String> {
    let folder = path.parent().unwrap_or(path);
    files::read_text(folder, path, spec::LARGEST).map_err(|error| failed(path, &error))
}

/// Reads a file below a specs folder, if it exists.
pub(super) fn below(specs: &Path, path: &str) -> Result<Option<String>, String> {
    let full = specs.join(path);
    files::optional(files::read_text(specs, &full, limit(path))).map_err(|error| failed(&full, &error))
}

/// Reads the YAML files below a specs folder. Other files are not compared, but nothing that loading rejects is passed over.
pub(super) fn all(specs: &Path, mut texts: Texts) -> Result<Texts, String> {
    for entry in spec::list_dir(specs) {
        match spec::refused(&entry.found) {
            Some(code) => {
                texts.unreadable.insert(entry.path, Unreadable { code, reason: entry.found.to_string() });
            }
            None if entry.path.ends_with(".yaml") => add(specs, entry.path, &mut texts),
            None => {}
        }
    }
    texts.files.extend(below(specs, APPROVALS)?.map(|text| (APPROVALS.to_owned(), text)));
    Ok(texts)
}

fn add(specs: &Path, path: String, texts: &mut Texts) {
    match files::optional(files::read_text(specs, &specs.join(&path), limit(&path))) {
        Ok(text) => texts.files.extend(text.map(|text| (path, text))),
        Err(error) => drop(texts.unreadable.insert(path, unreadable(&error))),
    }
}

/// Returns what to report about a file that cannot be read.
pub(super) fn unreadable(error: &ReadError) -> Unreadable {
    Unreadable { code: error.code(), reason: error.to_string() }
}

fn failed(path: &Path, error: &ReadError) -> String {
    format!("{}: {error}", shown(path))
}

/// Returns a path as messages and reports show it.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
}
