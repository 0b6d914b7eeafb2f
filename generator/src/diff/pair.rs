//! A field that is in both revisions, and changes of its facts.

use crate::model::SideName;
use crate::source::SpecPath;
use crate::spec::FieldSpec;

use super::rows::Row;
use super::types::Type;
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
    /// In the old revision and in the new one.
    pub(super) types: [Type<'a>; 2],
    /// How clients of the old revision write the field, if it is sent.
    pub(super) written: Written,
}

impl<'a> Pair<'a> {
    pub(super) fn new(
        side: SideName,
        [old_path, path]: [&'a SpecPath; 2],
        [old, new]: [Row<'a>; 2],
        written: Written,
    ) -> Self {
        let old_path = (old_path != path).then_some(old_path);
        Self { side, path, old_path, old: old.page, new: new.page, types: [old.ty, new.ty], written }
    }

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
