//! A field that is in both revisions, and changes of its facts.

use crate::model::SideName;
use crate::source::SpecPath;
use crate::spec::FieldSpec;

use super::verdict::Written;
use super::{Change, Kind};

/// A field of both revisions.
pub(super) struct Pair<'a> {
    pub(super) side: SideName,
    /// In the new revision.
    pub(super) path: &'a SpecPath,
    /// In the old revision, where that differs.
    pub(super) old_path: Option<&'a SpecPath>,
    pub(super) old: &'a FieldSpec,
    pub(super) new: &'a FieldSpec,
    /// How clients of the old revision write the field, if it is sent.
    pub(super) written: Written,
}

impl Pair<'_> {
    /// The kind for the pair's side.
    pub(super) fn kind(&self, request: Kind, response: Kind) -> Kind {
        match self.side {
            SideName::Request => request,
            SideName::Response => response,
        }
    }

    /// A change of the fact `key`.
    pub(super) fn change(&self, kind: Kind, key: &str, old: Option<String>, new: Option<String>) -> Change {
        let old_path = self.old_path.map(|path| path.key(key));
        Change { old_path, ..Change::new(kind, self.path.key(key), old, new) }
    }

    /// A change of an optional text with a kind for each way it can change.
    pub(super) fn text(
        &self,
        key: &str,
        fact: impl Fn(&FieldSpec) -> &Option<String>,
        kind: Kind,
        to: &mut Vec<Change>,
    ) {
        let (old, new) = (fact(self.old), fact(self.new));
        if old != new {
            to.push(self.change(kind, key, old.clone(), new.clone()));
        }
    }
}
