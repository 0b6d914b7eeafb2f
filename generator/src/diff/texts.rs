//! The files of one revision before they are parsed.

use std::collections::BTreeMap;

/// The files of a specs folder.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Prefix of the paths in reports.
    pub root: String,
    /// Path below the folder → text.
    pub files: BTreeMap<String, String>,
    /// Text of the lock, if there is one.
    pub lock: Option<String>,
}

impl Texts {
    /// Returns a file's path as reports show it.
    pub(super) fn shown(&self, path: &str) -> String {
        if self.root.is_empty() { path.to_owned() } else { format!("{}/{path}", self.root) }
    }
}
