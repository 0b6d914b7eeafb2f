//! The findings by urgency, those of an API below its name.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diff::event::{Event, Overview, SectionName};
use crate::diff::report::{Finding, Report, Subject};

use super::row::{Nesting, name, row};
use super::text::{escape, phrase};
use super::{Shape, family};

/// Writes all findings: open ones by urgency, then approved ones.
pub(super) fn list(report: &Report, overview: &Overview, shape: Shape<'_>, to: &mut String) {
    for section in &overview.sections {
        let (title, about) = match section.name {
            SectionName::Decide => ("Decide", "source or running programs break"),
            SectionName::Look => ("Look", "programs may break"),
            SectionName::Know => ("Know", "nothing breaks"),
        };
        part(title, about, &section.events, report, shape, to);
    }
    part("Approved", "accepted in approvals.yaml", &overview.approved, report, shape, to);
}

fn part(title: &str, about: &str, events: &[Event], report: &Report, shape: Shape<'_>, to: &mut String) {
    if events.is_empty() {
        return;
    }
    // Writing to a `String` cannot fail.
    let _ = writeln!(to, "<section class=\"part\" aria-label=\"{title}\">\n<h2>{title} <small>{about}</small></h2>");
    for (subject, events) in groups(events, report) {
        let first = events.first().and_then(|event| event.worst(report));
        let family = subject.and(first).and_then(|finding| family(finding, shape.sources)).unwrap_or_default();
        let title = subject.map_or_else(|| "Several APIs".to_owned(), name);
        let _ = writeln!(to, "<section class=\"group\" data-family=\"{}\">\n<h3>{title}</h3>", escape(&family));
        events.iter().for_each(|event| entry(event, subject.is_none(), report, shape, to));
        to.push_str("</section>\n");
    }
    to.push_str("</section>\n");
}

/// Groups events by what they are about, in the order of each group's first event. Events of several APIs come first,
/// without a subject.
fn groups<'r>(events: &'r [Event], report: &'r Report) -> Vec<(Option<&'r Subject>, Vec<&'r Event>)> {
    let mut groups: Vec<(Option<&Subject>, Vec<&Event>)> = Vec::new();
    let mut places: BTreeMap<Option<&Subject>, usize> = BTreeMap::new();
    let (of_several, of_one): (Vec<_>, Vec<_>) =
        events.iter().map(|event| (subject(event, report), event)).partition(|(subject, _)| subject.is_none());
    for (subject, event) in of_several.into_iter().chain(of_one) {
        let place = *places.entry(subject).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, events)) => events.push(event),
            None => groups.push((subject, vec![event])),
        }
    }
    groups
}

/// Returns the subject of all findings of an event. `None` if there are several.
fn subject<'r>(event: &Event, report: &'r Report) -> Option<&'r Subject> {
    let mut subjects = event.findings(report).map(|finding| &finding.subject);
    let first = subjects.next()?;
    subjects.all(|subject| subject == first).then_some(first)
}

/// Writes an event: the row of its only finding, or a line that opens to the rows of all findings.
fn entry(event: &Event, names_api: bool, report: &Report, shape: Shape<'_>, to: &mut String) {
    let findings: Vec<&Finding> = event.findings(report).collect();
    if let [finding] = findings.as_slice() {
        return row(finding, Nesting::Group, shape, to);
    }
    let level = event.level(report).word();
    let _ = writeln!(
        to,
        "<details class=\"event\" data-level=\"{level}\"{}>\n\
         <summary><b>{level}</b> {} <small>{} changes</small></summary>",
        shape.open(),
        phrase(&event.sentence(report)),
        findings.len(),
    );
    findings.iter().for_each(|finding| row(finding, Nesting::Event { names_api }, shape, to));
    to.push_str("</details>\n");
}
