//! One change: what differs, where, and both values.

use crate::diagnostic::{cut, cut_to_difference};
use crate::model::SideName;
use crate::source::{Segment, SpecPath};

use super::prose::FactChange;
use super::verdict::Wire;
use super::{Kind, Phrase};

/// One change between two revisions, without a verdict.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The kind of change.
    pub kind: Kind,
    /// Path in the new revision, or in the old one if the node was removed.
    pub path: SpecPath,
    /// Path in the old revision, if it differs.
    pub old_path: Option<SpecPath>,
    /// The old value. `None` if the node was added.
    pub old: Option<String>,
    /// The new value. `None` if the node was removed.
    pub new: Option<String>,
    /// What becomes of values on the wire. `None` if the kind alone decides.
    pub wire: Option<Wire>,
    /// Facts that the new text states and the old one does not, or the other way round.
    pub facts: Vec<FactChange>,
}

impl Change {
    /// A change of one fact.
    pub(super) fn new(kind: Kind, path: SpecPath, old: Option<String>, new: Option<String>) -> Self {
        Self { kind, path, old_path: None, old, new, wire: None, facts: Vec::new() }
    }

    /// Returns the side of the call that changed. `None` if the path is in neither.
    pub fn side(&self) -> Option<SideName> {
        match self.path.segments().first() {
            Some(Segment::Key(key)) if key == "request" => Some(SideName::Request),
            Some(Segment::Key(key)) if key == "response" => Some(SideName::Response),
            _ => None,
        }
    }

    /// Returns whether the node was added, removed or changed.
    pub fn mark(&self) -> Mark {
        match (&self.old, &self.new) {
            (None, Some(_)) => Mark::Added,
            (Some(_), None) => Mark::Removed,
            _ => Mark::Changed,
        }
    }

    /// Returns the path of the field that changed, or that owns the changed fact. `None` outside request and response.
    pub fn field(&self) -> Option<SpecPath> {
        field(&self.path)
    }

    /// Returns the path in the old revision.
    pub fn path_before(&self) -> &SpecPath {
        self.old_path.as_ref().unwrap_or(&self.path)
    }

    /// Describes the change in one line, with both values cut to a readable length.
    pub fn describe(&self) -> Phrase {
        let what = self.kind_in_words();
        match (&self.old, &self.new) {
            (None, None) => what,
            (Some(value), None) | (None, Some(value)) if value.is_empty() => what,
            (Some(value), None) | (None, Some(value)) => what.words(": ").code(&cut(value)),
            (Some(old), Some(new)) => {
                let (old, new) = cut_to_difference(old, new);
                what.words(": ").code(&old).words(" → ").code(&new)
            }
        }
    }

    /// Describes the change without its values. Names the facts that changed in a text.
    pub(super) fn kind_in_words(&self) -> Phrase {
        let what = Phrase::marked(self.kind.what());
        let mut facts = self.facts.iter().map(FactChange::phrase);
        let Some(first) = facts.next() else { return what };
        facts.fold(what.words(" (").and(first), |phrase, fact| phrase.words("; ").and(fact)).words(")")
    }
}

/// Returns the part of a path that names a field: a side, a name, and any number of `fields` and names.
fn field(path: &SpecPath) -> Option<SpecPath> {
    let steps = path.segments();
    let (side, rest) = steps.split_first()?;
    if !matches!(side, Segment::Key(key) if key == "request" || key == "response") {
        return None;
    }
    let (name, mut rest) = rest.split_first()?;
    let mut found = SpecPath::root().extend([*side, *name]);
    while let [fields @ Segment::Key(key), name, below @ ..] = rest
        && key == "fields"
    {
        found = found.extend([*fields, *name]);
        rest = below;
    }
    Some(found)
}

/// Returns whether the values of a kind are sentences.
pub(in crate::diff) fn is_prose(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::DocTitle
            | Kind::DocApi
            | Kind::DocApiSuspect
            | Kind::DocField
            | Kind::DocFieldSuspect
            | Kind::DocDeprecatedText
            | Kind::DocUndeprecatedText
            | Kind::DocEnumValue
            | Kind::ErrMeaning
            | Kind::ErrText
            | Kind::StatusMeaning
            | Kind::StatusText
    )
}

/// Whether a node was added, removed or changed.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mark {
    /// `+`
    Added,
    /// `-`
    Removed,
    /// `~`
    Changed,
}

impl Mark {
    /// Returns the sign that listings show.
    pub const fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
            Self::Changed => '~',
        }
    }
}
