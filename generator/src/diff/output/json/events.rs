//! The overview and the events in JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diff::event::{ApiCounts, EffectCounts, Event, Overview, Section};
use crate::diff::report::Report;
use crate::diff::verdict::Level;

/// The overview.
#[derive(Serialize)]
pub(super) struct Summed {
    apis: Apis,
    #[serde(rename = "planes")]
    effects: Effects,
    kinds: BTreeMap<&'static str, usize>,
    sections: Sections,
}

#[derive(Serialize)]
struct Apis {
    added: usize,
    removed: usize,
    renamed: usize,
    breaking: usize,
    to_look_at: usize,
    compatible: usize,
    docs_only: usize,
    approved: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<usize>,
}

#[derive(Serialize)]
struct Effects {
    source: usize,
    wire: usize,
    behaviour: usize,
    docs: usize,
}

/// Positions of events, worst first.
#[derive(Serialize)]
struct Sections {
    decide: Vec<usize>,
    look: Vec<usize>,
    know: Vec<usize>,
}

impl Summed {
    pub(super) fn of(overview: &Overview, events: &[Event]) -> Self {
        let ApiCounts { added, removed, renamed, breaking, to_look_at, compatible, docs_only, approved, unchanged } =
            overview.apis;
        let EffectCounts { source, wire, behaviour, docs } = overview.effects;
        // Each finding is in one event, so the first finding identifies it.
        let at: BTreeMap<usize, usize> =
            events.iter().enumerate().filter_map(|(at, event)| Some((*event.findings.first()?, at))).collect();
        let positions = |section: &Section| {
            let firsts = section.events.iter().filter_map(|event| event.findings.first());
            firsts.filter_map(|first| at.get(first).copied()).collect()
        };
        let [decide, look, know] = &overview.sections;
        Self {
            apis: Apis { added, removed, renamed, breaking, to_look_at, compatible, docs_only, approved, unchanged },
            effects: Effects { source, wire, behaviour, docs },
            kinds: overview.kinds.iter().map(|count| (count.kind.id(), count.findings)).collect(),
            sections: Sections { decide: positions(decide), look: positions(look), know: positions(know) },
        }
    }
}

/// An event.
#[derive(Serialize)]
pub(super) struct Folded {
    id: &'static str,
    level: Level,
    message: String,
    /// Positions in the document's findings.
    findings: Vec<usize>,
}

impl Folded {
    pub(super) fn of(event: &Event, report: &Report) -> Self {
        Self {
            id: event.kind.id(),
            level: event.level(report),
            message: event.sentence(report).to_string(),
            findings: event.findings.clone(),
        }
    }
}
