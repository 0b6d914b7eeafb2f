//! Compares the facts of one node: texts, lists of texts and maps.

use std::collections::BTreeSet;

use crate::source::SpecPath;
use crate::spec::Entries;

use super::{Change, Kind};

/// Compares one node of both revisions.
pub(super) struct At<'a> {
    pub(super) path: SpecPath,
    pub(super) to: &'a mut Vec<Change>,
}

impl At<'_> {
    /// Goes down one step.
    pub(super) fn key(&mut self, key: &str) -> At<'_> {
        At { path: self.path.key(key), to: self.to }
    }

    /// A fact that may be absent.
    pub(super) fn fact(&mut self, key: &str, kind: Kind, old: Option<String>, new: Option<String>) {
        if old != new {
            self.to.push(Change::new(kind, self.path.key(key), old, new));
        }
    }

    /// A text that is always there.
    pub(super) fn text(&mut self, key: &str, kind: Kind, old: &str, new: &str) {
        self.fact(key, kind, Some(old.to_owned()), Some(new.to_owned()));
    }

    /// A list as a whole; an empty one counts as absent.
    pub(super) fn list(&mut self, key: &str, kind: Kind, old: &[String], new: &[String]) {
        let listed = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
        if old != new {
            self.to.push(Change::new(kind, self.path.key(key), listed(old), listed(new)));
        }
    }

    /// The same where the order means nothing.
    pub(super) fn set(&mut self, key: &str, kind: Kind, old: &[String], new: &[String]) {
        let sorted = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
        if sorted(old) != sorted(new) {
            self.list(key, kind, old, new);
        }
    }

    /// What any two values look like in YAML, as a whole.
    pub(super) fn whole<T: PartialEq + serde::Serialize>(
        &mut self,
        key: &str,
        kind: Kind,
        old: Option<&T>,
        new: Option<&T>,
    ) {
        let text = |value: Option<&T>| value.and_then(|value| serde_yaml::to_string(value).ok()).map(flat);
        if old != new {
            self.to.push(Change::new(kind, self.path.key(key), text(old), text(new)));
        }
    }

    /// Entries one by one, with a kind for those that are new, changed and gone.
    pub(super) fn entries<T: PartialEq + serde::Serialize>(
        &mut self,
        [added, changed, removed]: [Kind; 3],
        old: &Entries<T>,
        new: &Entries<T>,
    ) {
        for (name, value) in new.iter() {
            let before = old.get(name);
            self.whole(name, if before.is_some() { changed } else { added }, before, Some(value));
        }
        for (name, value) in old.iter().filter(|(name, _)| new.get(name).is_none()) {
            self.whole(name, removed, Some(value), None);
        }
    }
}

/// YAML of several lines on one.
fn flat(text: String) -> String {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}
