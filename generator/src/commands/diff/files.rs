//! The files of a revision on disk.

use std::collections::BTreeMap;
use std::path::Path;

use crate::files::{self, Found, Limit, ReadError};
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

/// Reads the YAML files below a specs folder: path below the folder → text. Other files are not compared, but nothing that
/// loading rejects is passed over.
pub(super) fn all(specs: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut texts = BTreeMap::new();
    for entry in spec::list_dir(specs) {
        match entry.found {
            Found::File if entry.path.ends_with(".yaml") => {
                texts.extend(below(specs, &entry.path)?.map(|text| (entry.path, text)));
            }
            Found::File => {}
            found => return Err(format!("{}: {found}", shown(&entry.full))),
        }
    }
    texts.extend(below(specs, APPROVALS)?.map(|text| (APPROVALS.to_owned(), text)));
    Ok(texts)
}

fn failed(path: &Path, error: &ReadError) -> String {
    format!("{}: {error}", shown(path))
}

/// Returns a path as messages and reports show it.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
}
