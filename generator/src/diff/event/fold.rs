//! Folds findings into events: first what moved together, then what left or joined one object, then equal edits.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::overview::weight;
use super::same::Edit;
use super::together::{self, Move};
use super::{Event, EventKind};
use crate::diff::Mark;
use crate::diff::report::{Finding, Report, Subject};
use crate::source::SpecPath;

/// Folds the findings into events, in the order of their first findings.
pub(super) fn events(report: &Report) -> Vec<Event> {
    let mut folding = Folding { report, is_free: vec![true; report.findings.len()], events: Vec::new() };
    for Move { kind, findings } in together::families(report).into_iter().chain(together::objects(report)) {
        folding.take(kind, findings);
    }
    folding.members_and_edits();
    for index in 0..report.findings.len() {
        if folding.is_free.get(index) == Some(&true) {
            folding.events.push(Event { kind: EventKind::Single, findings: vec![index] });
        }
    }
    let mut events = folding.events;
    events.sort_by_cached_key(|event| event.findings.iter().min().copied());
    events
}

struct Folding<'r> {
    report: &'r Report,
    /// Whether a finding is in no event yet.
    is_free: Vec<bool>,
    events: Vec<Event>,
}

impl<'r> Folding<'r> {
    /// Makes one event of those findings that are in none yet, if they are several.
    fn take(&mut self, kind: EventKind, mut findings: Vec<usize>) {
        findings.retain(|index| self.is_free.get(*index) == Some(&true));
        if findings.len() < 2 {
            return;
        }
        findings.sort_by_cached_key(|index| (Reverse(self.finding(*index).map(|it| weight(&it.verdict))), *index));
        for index in &findings {
            if let Some(is_free) = self.is_free.get_mut(*index) {
                *is_free = false;
            }
        }
        self.events.push(Event { kind, findings });
    }

    fn finding(&self, index: usize) -> Option<&'r Finding> {
        self.report.findings.get(index)
    }

    /// A field that was added or removed is told with its siblings or with its namesakes in other APIs, whichever are more.
    fn members_and_edits(&mut self) {
        let mut edits: BTreeMap<Edit<'_>, Vec<usize>> = BTreeMap::new();
        let mut siblings: BTreeMap<Siblings<'_>, Vec<usize>> = BTreeMap::new();
        for (index, finding) in self.report.findings.iter().enumerate() {
            if self.is_free.get(index) == Some(&true) {
                edits.entry(Edit::of(finding)).or_default().push(index);
                Siblings::of(finding).into_iter().for_each(|key| siblings.entry(key).or_default().push(index));
            }
        }
        let is_with_siblings = |index: &usize| {
            let Some(finding) = self.report.findings.get(*index) else { return false };
            let among = Siblings::of(finding).and_then(|key| siblings.get(&key)).map_or(0, Vec::len);
            among > 1 && among >= edits.get(&Edit::of(finding)).map_or(0, Vec::len)
        };
        let whole = |key: &Siblings<'_>, findings: &[usize]| {
            let kind = if key.mark == Mark::Removed { EventKind::FieldsGone } else { EventKind::FieldsAdded };
            (kind, findings.iter().copied().filter(|index| is_with_siblings(index)).collect::<Vec<_>>())
        };
        let mut groups: Vec<(EventKind, Vec<usize>)> = Vec::new();
        let mut twins: BTreeMap<(EventKind, Vec<Edit<'_>>), Vec<usize>> = BTreeMap::new();
        for (kind, findings) in siblings.iter().map(|(key, findings)| whole(key, findings)) {
            // The same fields of several objects are one event.
            let members = findings.iter().filter_map(|index| self.report.findings.get(*index)).map(Edit::of).collect();
            twins.entry((kind, members)).or_default().extend(findings);
        }
        groups.extend(twins.into_iter().map(|((kind, _), findings)| (kind, findings)));
        groups.extend(edits.into_iter().map(|(edit, findings)| (edit.event(), findings)));
        groups.into_iter().for_each(|(kind, findings)| self.take(kind, findings));
    }
}

/// What fields that left or joined one object have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Siblings<'r> {
    subject: &'r Subject,
    object: SpecPath,
    mark: Mark,
    weight: super::same::Weight,
}

impl<'r> Siblings<'r> {
    /// Returns `None` unless a whole field was added or removed.
    fn of(finding: &'r Finding) -> Option<Self> {
        let change = &finding.change;
        let is_whole = change.mark() != Mark::Changed && change.field().as_ref() == Some(&change.path);
        let object = change.path.parent().filter(|_| is_whole)?.clone();
        Some(Self { subject: &finding.subject, object, mark: change.mark(), weight: super::same::Weight::of(finding) })
    }
}
