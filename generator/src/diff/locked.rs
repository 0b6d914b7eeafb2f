//! The locks of both revisions, so that each crate is judged as `generate` would write it.
//!
//! Each crate has the names of its own lock. A new revision without a lock uses the old one and keeps what that keeps.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::lock::{self, Lock, Released};
use crate::source::{FileId, Sources};

use super::Texts;

/// Which revision's lock determines the names of the new crate.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum LockOf {
    /// The old revision's, because the new one has none.
    Old,
    /// The new revision's own.
    New,
}

/// The lock that determines the names of a revision.
#[derive(Clone, Debug, Default)]
pub(super) struct Locked {
    /// Which revision it belongs to, and its path. `None` without a lock.
    pub(super) by: Option<(LockOf, String)>,
    /// Names that the old revision's lock keeps and this one does not.
    pub(super) released: Vec<Released>,
}

/// The lock files of the old and the new revision, not parsed yet.
pub(super) struct Locks([Option<FileId>; 2]);

impl Locks {
    /// Registers the lock files of both revisions.
    pub(super) fn new(texts: [&Texts; 2], sources: &mut Sources) -> Self {
        Self(texts.map(|texts| texts.lock.as_ref().map(|text| sources.add(texts.shown(lock::FILE), text.as_str()))))
    }

    /// Parses the entries of the wanted APIs, for the old and the new revision.
    pub(super) fn read(
        &self,
        wanted: &BTreeMap<String, BTreeSet<String>>,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> [(Lock, Locked); 2] {
        let [old_file, new_file] = self.0;
        let is_wanted = |platform: &str, api: &str| wanted.get(platform).is_some_and(|apis| apis.contains(api));
        let differ = old_file.zip(new_file).is_some_and(|(old, new)| sources.text(old) != sources.text(new));
        if !differ && wanted.values().all(BTreeSet::is_empty) {
            return Default::default();
        }
        // Every entry is needed to find the names that are released.
        let is_read = |platform: &str, api: &str| differ || is_wanted(platform, api);
        let mut read = |file: Option<FileId>| file.map(|file| lock::read_some(file, &is_read, sources, diagnostics));
        let mut old = read(old_file).unwrap_or_default();
        let mut new = if differ || old_file.is_none() { read(new_file).unwrap_or_default() } else { old.clone() };
        let released = if differ { old.released_by(&new) } else { Vec::new() };
        old.retain(is_wanted);
        new.retain(is_wanted);
        let by = match (old_file, new_file) {
            (_, Some(file)) => Some((LockOf::New, sources.path(file).to_owned())),
            (Some(file), None) => Some((LockOf::Old, sources.path(file).to_owned())),
            (None, None) => None,
        };
        [(old, Locked::default()), (new, Locked { by, released })]
    }
}
