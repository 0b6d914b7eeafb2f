//! The lines at the head of a report: what happened to how many APIs, and how urgent it is.

use std::collections::BTreeSet;

use crate::diagnostic::counted;
use crate::diff::event::{ApiCounts, KindCount, Overview, Section, SectionName};
use crate::diff::report::{Report, Subject};

/// Kinds that are named; the others are counted.
const KINDS: usize = 6;

/// Returns whether a report is so small that its findings are overview enough: all of them are about one file or API.
pub(super) fn is_small(report: &Report) -> bool {
    let subjects: BTreeSet<&Subject> = report.findings.iter().map(|finding| &finding.subject).collect();
    subjects.len() < 2
}

/// Returns the lines, each with its title.
pub(super) fn lines(overview: &Overview) -> Vec<(&'static str, String)> {
    let mut lines =
        vec![("APIs", apis(&overview.apis)), ("effects", effects(overview)), ("kinds", kinds(&overview.kinds))];
    lines.retain(|(_, text)| !text.is_empty());
    let sections = overview.sections.iter().filter(|section| !section.events.is_empty());
    lines.extend(sections.map(|section| (section.name.id(), format!("{}: {}", size(section), meaning(section.name)))));
    lines
}

/// `12 events, 40 findings`
pub(super) fn size(section: &Section) -> String {
    let (events, findings) = (section.events.len(), section.findings);
    if events == findings {
        counted(events, "event")
    } else {
        format!("{}, {}", counted(events, "event"), counted(findings, "finding"))
    }
}

/// Returns why the events of a section are in it.
pub(super) const fn meaning(section: SectionName) -> &'static str {
    match section {
        SectionName::Decide => "some caller's code or some running program breaks",
        SectionName::Look => "may break somebody; a person has to look",
        SectionName::Know => "breaks nobody",
    }
}

fn apis(counts: &ApiCounts) -> String {
    let counts = [
        (counts.added, "added"),
        (counts.removed, "removed"),
        (counts.renamed, "renamed"),
        (counts.breaking, "with breaks"),
        (counts.to_look_at, "to look at"),
        (counts.compatible, "changed compatibly"),
        (counts.docs_only, "with other texts or order only"),
        (counts.approved, "approved"),
        (counts.unchanged.unwrap_or(0), "unchanged"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

fn effects(overview: &Overview) -> String {
    let effects = overview.effects;
    let counts = [
        (effects.source, "source breaks or may break"),
        (effects.wire, "old binaries fail or may fail"),
        (effects.behaviour, "behaviour changes"),
        (effects.docs, "docs change"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| format!("{what}: {count}")).collect::<Vec<_>>().join("; ")
}

fn kinds(kinds: &[KindCount]) -> String {
    let (shown, rest) = kinds.split_at_checked(KINDS).unwrap_or((kinds, &[]));
    let mut parts: Vec<String> = shown.iter().map(|count| format!("{} {}", count.findings, count.kind.id())).collect();
    if !rest.is_empty() {
        let findings: usize = rest.iter().map(|count| count.findings).sum();
        parts.push(format!("{findings} of {}", counted(rest.len(), "other kind")));
    }
    parts.join(", ")
}
