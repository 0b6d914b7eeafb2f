//! What a reader needs first: counts, and the events by urgency.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Event;
use super::kinds::is_order;
use crate::diff::Kind;
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::{Level, Source, Verdict, Wire};

/// Counts, and the events by urgency. Approved findings are counted only where a field says so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overview {
    /// APIs by what happened to them.
    pub apis: ApiCounts,
    /// Open findings with each effect.
    pub effects: EffectCounts,
    /// Open findings of each kind, most frequent first.
    pub kinds: Vec<KindCount>,
    /// Open events by urgency, each with its worst events first.
    pub sections: [Section; 3],
    /// Events of approved findings.
    pub approved: Vec<Event>,
}

/// The number of APIs by what happened to them. Each API counts once.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct ApiCounts {
    /// Only the new revision has them.
    pub added: usize,
    /// Only the old revision has them.
    pub removed: usize,
    /// The vendor renamed them.
    pub renamed: usize,
    /// Changed, with an error.
    pub breaking: usize,
    /// Changed, with a warning and no error.
    pub to_look_at: usize,
    /// Changed compatibly.
    pub compatible: usize,
    /// Only texts or orders changed.
    pub docs_only: usize,
    /// All their changes are approved.
    pub approved: usize,
    /// In both revisions, without a finding. `None` if it is not known how many there are.
    pub unchanged: Option<usize>,
}

/// The number of open findings with an effect.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct EffectCounts {
    /// Callers' source breaks or may break.
    pub source: usize,
    /// Old binaries fail or may fail.
    pub wire: usize,
    /// Programs behave differently.
    pub behaviour: usize,
    /// The crate's documentation changes.
    pub docs: usize,
}

/// The number of open findings of one kind.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// The number.
    pub findings: usize,
}

/// Events of one urgency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// The urgency.
    pub name: SectionName,
    /// The events, worst first.
    pub events: Vec<Event>,
    /// The number of their findings.
    pub findings: usize,
}

/// What a reader has to do with events.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SectionName {
    /// Decide: they break somebody's program.
    Decide,
    /// Look: they may break somebody's program.
    Look,
    /// Know: the rest.
    Know,
}

impl SectionName {
    /// All sections, most urgent first.
    pub const ALL: [Self; 3] = [Self::Decide, Self::Look, Self::Know];

    /// Returns the section of a level.
    pub const fn of(level: Level) -> Self {
        match level {
            Level::Error => Self::Decide,
            Level::Warning => Self::Look,
            Level::Info | Level::Doc | Level::Hidden => Self::Know,
        }
    }

    /// Returns the stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::Look => "look",
            Self::Know => "know",
        }
    }
}

impl Overview {
    /// Counts and sorts what the report contains.
    pub(super) fn of(report: &Report) -> Self {
        let (approved, mut open): (Vec<Event>, Vec<Event>) =
            report.events().into_iter().partition(|event| event.is_approved(report));
        // Stable: events that are equally bad keep the report's order.
        open.sort_by_cached_key(|event| Reverse(event.worst(report).map(|finding| weight(&finding.verdict))));
        let section = |name| {
            let is_in = |event: &&Event| SectionName::of(event.level(report)) == name;
            let events: Vec<Event> = open.iter().filter(is_in).cloned().collect();
            Section { name, findings: events.iter().map(|event| event.findings.len()).sum(), events }
        };
        Self {
            apis: ApiCounts::of(report),
            effects: EffectCounts::of(report),
            kinds: kinds(report),
            sections: SectionName::ALL.map(section),
            approved,
        }
    }
}

/// Orders verdicts by how bad they are.
pub(super) fn weight(verdict: &Verdict) -> (Level, bool, Wire, Source, bool) {
    (verdict.level, verdict.must_upgrade, verdict.wire, verdict.source, verdict.behaviour)
}

fn kinds(report: &Report) -> Vec<KindCount> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    report.open().for_each(|finding| *counts.entry(finding.change.kind).or_default() += 1);
    let mut counts: Vec<KindCount> = counts.into_iter().map(|(kind, findings)| KindCount { kind, findings }).collect();
    counts.sort_by_key(|count| Reverse(count.findings));
    counts
}

impl EffectCounts {
    fn of(report: &Report) -> Self {
        let mut counts = Self::default();
        for verdict in report.open().map(|finding| &finding.verdict) {
            counts.source += usize::from(matches!(verdict.source, Source::Breaks | Source::Depends));
            counts.wire += usize::from(verdict.wire != Wire::Works);
            counts.behaviour += usize::from(verdict.behaviour);
            counts.docs += usize::from(verdict.docs);
        }
        counts
    }
}

impl ApiCounts {
    fn of(report: &Report) -> Self {
        let mut counts = Self::default();
        let mut by_api: BTreeMap<&Subject, Vec<&Finding>> = BTreeMap::new();
        let of_apis = report.findings.iter().filter(|finding| matches!(finding.subject, Subject::Api { .. }));
        of_apis.for_each(|finding| by_api.entry(&finding.subject).or_default().push(finding));
        let mut in_both = 0;
        for findings in by_api.values() {
            let fate = counts.fate(findings);
            *fate += 1;
            let is_in_one =
                [Kind::ApiAdded, Kind::ApiRemoved, Kind::ApiWireRenamed].iter().any(|kind| has(findings, *kind));
            in_both += usize::from(!is_in_one);
        }
        counts.unchanged = report.common_apis.map(|common| common.saturating_sub(in_both));
        counts
    }

    /// Returns the count that an API with these findings belongs to.
    fn fate(&mut self, findings: &[&Finding]) -> &mut usize {
        if has(findings, Kind::ApiAdded) {
            return &mut self.added;
        } else if has(findings, Kind::ApiRemoved) {
            return &mut self.removed;
        } else if has(findings, Kind::ApiWireRenamed) {
            return &mut self.renamed;
        }
        let open = findings.iter().filter(|finding| finding.approval.is_none());
        let level = |finding: &&Finding| match finding.verdict.level {
            Level::Info if is_order(finding.change.kind) => Level::Doc,
            level => level,
        };
        match open.map(level).max() {
            None => &mut self.approved,
            Some(Level::Error) => &mut self.breaking,
            Some(Level::Warning) => &mut self.to_look_at,
            Some(Level::Info) => &mut self.compatible,
            Some(Level::Doc | Level::Hidden) => &mut self.docs_only,
        }
    }
}

fn has(findings: &[&Finding], kind: Kind) -> bool {
    findings.iter().any(|finding| finding.change.kind == kind)
}
