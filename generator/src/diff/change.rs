//! One change: what differs, where, and what stands there before and after.

use crate::diagnostic::{differing, quoted};
use crate::model::SideName;
use crate::source::{Segment, SpecPath};

use super::Kind;

/// One change between two revisions of an API. A fact without a verdict.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// What kind of change it is.
    pub kind: Kind,
    /// Where, in the new revision; in the old one if the new one has no such node.
    pub path: SpecPath,
    /// Where it stood before, if the path changed.
    pub old_path: Option<SpecPath>,
    /// What stood there; nothing if it is new.
    pub old: Option<String>,
    /// What stands there now; nothing if it is gone.
    pub new: Option<String>,
}

impl Change {
    /// A change of one fact.
    pub(super) fn new(kind: Kind, path: SpecPath, old: Option<String>, new: Option<String>) -> Self {
        Self { kind, path, old_path: None, old, new }
    }

    /// The half of the call that changed; nothing if it is neither.
    pub fn side(&self) -> Option<SideName> {
        match self.path.segments().first() {
            Some(Segment::Key(key)) if key == "request" => Some(SideName::Request),
            Some(Segment::Key(key)) if key == "response" => Some(SideName::Response),
            _ => None,
        }
    }

    /// Whether the node is new, gone, or another one.
    pub fn mark(&self) -> Mark {
        match (&self.old, &self.new) {
            (None, Some(_)) => Mark::Added,
            (Some(_), None) => Mark::Removed,
            _ => Mark::Changed,
        }
    }

    /// The field that changed or that the changed fact belongs to; nothing outside of request and response.
    pub fn field(&self) -> Option<SpecPath> {
        field(&self.path)
    }

    /// The path in the old revision.
    pub fn path_before(&self) -> &SpecPath {
        self.old_path.as_ref().unwrap_or(&self.path)
    }

    /// One line: what happened and both values, cut to a readable length.
    pub fn describe(&self) -> String {
        let what = self.kind.what();
        match (&self.old, &self.new) {
            (None, None) => what.to_owned(),
            (Some(value), None) | (None, Some(value)) if value.is_empty() => what.to_owned(),
            (Some(value), None) | (None, Some(value)) => format!("{what}: {}", quoted(value)),
            (Some(old), Some(new)) => {
                let (old, new) = differing(old, new);
                format!("{what}: {old} → {new}")
            }
        }
    }
}

/// The part of a path that names a field: a side, a name, and any number of `fields` and names.
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

/// Whether a node is new, gone, or another one.
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
    /// The sign in listings.
    pub const fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
            Self::Changed => '~',
        }
    }

    /// The word in prose.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "new",
            Self::Removed => "gone",
            Self::Changed => "changed",
        }
    }
}
