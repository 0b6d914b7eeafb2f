//! The files of a revision, before they are parsed.

use std::collections::BTreeMap;

use crate::diagnostic::Code;

/// The files of a specs folder.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Prefix of the paths in reports.
    pub root: String,
    /// Path below the folder → text.
    pub files: BTreeMap<String, String>,
    /// Text of the lock, if there is one.
    pub lock: Option<String>,
    /// Path below the folder → the reason why the file or folder cannot be read.
    pub unreadable: BTreeMap<String, Unreadable>,
}

/// The reason why a file or folder cannot be read.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// The code of a finding about it.
    pub code: Code,
    /// The message of a finding about it.
    pub reason: String,
}

impl Texts {
    /// Returns a file's path as reports show it.
    pub(super) fn shown(&self, path: &str) -> String {
        if self.root.is_empty() { path.to_owned() } else { format!("{}/{path}", self.root) }
    }

    /// Returns the path below the folder of a file that reports show.
    pub(super) fn below<'p>(&self, shown: &'p str) -> &'p str {
        below(&self.root, shown)
    }
}

/// Returns the path below a root of a file that reports show.
pub(super) fn below<'p>(root: &str, shown: &'p str) -> &'p str {
    shown.strip_prefix(root).map_or(shown, |path| path.trim_start_matches('/'))
}
