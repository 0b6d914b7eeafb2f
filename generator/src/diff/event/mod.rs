//! Events: what happened, told once. A vendor's single edit often makes many findings, such as one per member of an
//! object that was renamed; an event folds them.
//!
//! Findings stay as they are: each keeps its verdict and its fingerprint, and can be approved alone. Every finding is in
//! exactly one event, and approved findings are never folded with open ones.

mod fold;
mod kinds;
mod overview;
mod same;
mod together;
mod words;

pub(super) use kinds::is_order;
pub(super) use words::{Told, first_names};

pub use overview::{ApiCounts, EffectCounts, KindCount, Overview, Section, SectionName};

use super::report::{Finding, Report, Subject};
use super::verdict::Level;

/// One or more findings that have one cause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// Positions in [`Report::findings`], worst first, otherwise in the report's order. Never empty.
    pub findings: Vec<usize>,
}

/// The kind of an event.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EventKind {
    /// One finding.
    Single,
    /// An object has another name; its members moved with it.
    ObjectRenamed,
    /// An object became a list of the same shape, or the reverse.
    ObjectToList,
    /// The same edit in several fields or APIs.
    SameEdit,
    /// Several fields of one object moved to another place.
    FieldsMoved,
    /// Several fields of one object were removed, or the same fields of several objects.
    FieldsGone,
    /// Several fields were added to one object, or the same fields to several objects.
    FieldsAdded,
    /// Several APIs of a family were removed.
    ApisGone,
    /// Several APIs of a family were added.
    ApisAdded,
    /// APIs of a family moved or were renamed in the same way.
    FamilyMoved,
}

impl EventKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Single,
        Self::ObjectRenamed,
        Self::ObjectToList,
        Self::SameEdit,
        Self::FieldsMoved,
        Self::FieldsGone,
        Self::FieldsAdded,
        Self::ApisGone,
        Self::ApisAdded,
        Self::FamilyMoved,
    ];

    /// Returns the stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::ObjectRenamed => "object-renamed",
            Self::ObjectToList => "object-to-list",
            Self::SameEdit => "same-edit",
            Self::FieldsMoved => "fields-moved",
            Self::FieldsGone => "fields-gone",
            Self::FieldsAdded => "fields-added",
            Self::ApisGone => "apis-gone",
            Self::ApisAdded => "apis-added",
            Self::FamilyMoved => "family-moved",
        }
    }
}

impl Event {
    /// Returns the findings, worst first.
    pub fn findings<'r>(&self, report: &'r Report) -> impl Iterator<Item = &'r Finding> {
        self.findings.iter().filter_map(|index| report.findings.get(*index))
    }

    /// Returns the worst finding.
    pub fn worst<'r>(&self, report: &'r Report) -> Option<&'r Finding> {
        self.findings(report).next()
    }

    /// Returns the file or API of the findings, if all of them have the same.
    pub fn only_subject<'r>(&self, report: &'r Report) -> Option<&'r Subject> {
        let mut subjects = self.findings(report).map(|finding| &finding.subject);
        let first = subjects.next()?;
        subjects.all(|subject| subject == first).then_some(first)
    }

    /// Returns the level of the worst finding.
    pub fn level(&self, report: &Report) -> Level {
        self.worst(report).map_or(Level::Hidden, |finding| finding.verdict.level)
    }

    /// Returns whether the findings are approved. Approved and open findings are never in one event.
    pub fn is_approved(&self, report: &Report) -> bool {
        self.worst(report).is_some_and(|finding| finding.approval.is_some())
    }
}

impl Report {
    /// Folds the findings into events, in the order of their first findings.
    pub fn events(&self) -> Vec<Event> {
        fold::events(self)
    }

    /// Returns what a reader needs first: counts, and the events by urgency.
    pub fn overview(&self) -> Overview {
        Overview::of(self)
    }
}
