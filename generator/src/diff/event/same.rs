//! What makes two findings the same edit.

use super::EventKind;
use super::kinds::is_alike;
use super::overview::weight;
use crate::diff::change::is_prose;
use crate::diff::report::{Finding, Subject};
use crate::diff::verdict::{Level, Source, Wire};
use crate::diff::{Kind, Mark};
use crate::source::Segment;

/// How bad a finding is, and whether it is approved. Findings of one event are equally bad, except where one of them is
/// the cause of the others.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Weight {
    is_approved: bool,
    weight: (Level, bool, Wire, Source, bool),
}

impl Weight {
    pub(super) fn of(finding: &Finding) -> Self {
        Self { is_approved: finding.approval.is_some(), weight: weight(&finding.verdict) }
    }
}

/// The edit that a finding shows. Findings with equal edits are one event.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Edit<'r> {
    kind: Kind,
    weight: Weight,
    platform: &'r str,
    place: Place<'r>,
    old: Option<&'r str>,
    new: Option<&'r str>,
    text: Option<&'r str>,
}

/// What else must be equal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Place<'r> {
    /// Nothing: the values say it all.
    Anywhere,
    /// The first words of the API's name.
    Family(&'r str),
    /// The field's name, and the fact of it.
    Field(Option<&'r str>, Option<&'r str>),
    /// The whole path.
    Path(String),
}

impl<'r> Edit<'r> {
    pub(super) fn of(finding: &'r Finding) -> Self {
        let change = &finding.change;
        let platform = match &finding.subject {
            Subject::Package => "",
            Subject::Platform(name) => name.as_str(),
            Subject::Api { platform, .. } => platform.as_str(),
        };
        let values = [&change.old, &change.new].map(Option::as_deref);
        let place = place(finding);
        // An API that was added has a title of its own; each order has names of its own.
        let [old, new] = if is_alike(change.kind) { [None; 2] } else { values };
        let weight = Weight::of(finding);
        Self { kind: change.kind, weight, platform, place, old, new, text: finding.text.as_deref() }
    }

    /// Returns the kind of event that several of these findings make.
    pub(super) fn event(&self) -> EventKind {
        match self.kind {
            Kind::ApiAdded => EventKind::ApisAdded,
            Kind::ApiRemoved => EventKind::ApisGone,
            _ => EventKind::SameEdit,
        }
    }
}

fn place(finding: &Finding) -> Place<'_> {
    let change = &finding.change;
    match &finding.subject {
        Subject::Api { api, .. } if matches!(change.kind, Kind::ApiAdded | Kind::ApiRemoved) => {
            Place::Family(family(api))
        }
        Subject::Api { .. } if is_alike(change.kind) => Place::Anywhere,
        Subject::Api { .. } if finding.change.field().is_some() => {
            let is_told_by_values = change.mark() == Mark::Changed && (is_type(finding) || is_prose(change.kind));
            if is_told_by_values { Place::Anywhere } else { name(finding) }
        }
        _ => Place::Path(keys(change.path.segments())),
    }
}

fn name(finding: &Finding) -> Place<'_> {
    let path = &finding.change.path;
    let fact = path.last_key();
    let field = finding.change.field();
    let is_field = field.as_ref() == Some(path);
    let owner = if is_field { None } else { path.parent().and_then(|parent| parent.last_key()) };
    Place::Field(owner.or(fact), fact.filter(|_| !is_field))
}

fn is_type(finding: &Finding) -> bool {
    matches!(finding.change.path.segments().last(), Some(Segment::Key(key)) if key == "type")
}

/// Returns the keys of a path. The number of a row does not belong to an edit.
fn keys(segments: Vec<&Segment>) -> String {
    let keys = segments.into_iter().map(|segment| match segment {
        Segment::Key(key) => key.as_str(),
        Segment::Index(_) => "[]",
    });
    keys.collect::<Vec<_>>().join(".")
}

/// Returns the first two words of an API's name.
fn family(api: &str) -> &str {
    api.match_indices('.').nth(1).and_then(|(end, _)| api.get(..end)).unwrap_or(api)
}
