//! One event as text.

use crate::diagnostic::{Footer, Shown, Tone, counted, safe, show, wrapped};
use crate::diff::change::is_prose;
use crate::diff::event::{Event, EventKind};
use crate::diff::output::budget::more;
use crate::diff::output::sentence::merged;
use crate::diff::report::{Finding, Report};
use crate::diff::verdict::{Level, Verdict};
use crate::source::Sources;
use unicode_width::UnicodeWidthStr;

use super::Style;

/// Findings of an event that are listed after the first one with `Amount::Worst`.
const LISTED: usize = 3;

/// Writes the events of a report.
pub(super) struct Entries<'r> {
    pub(super) report: &'r Report,
    pub(super) sources: &'r Sources,
    pub(super) style: Style,
}

impl<'r> Entries<'r> {
    /// An error or warning, with source snippets of its worst finding.
    pub(super) fn loud(&self, event: &Event) -> String {
        let Some(finding) = event.worst(self.report) else { return String::new() };
        let tone = match finding.verdict.level {
            Level::Error => Tone::Error,
            Level::Warning => Tone::Warning,
            Level::Info => Tone::Info,
            Level::Doc | Level::Hidden => Tone::Note,
        };
        let is_folded = event.kind != EventKind::Single;
        let topic = match event.only_subject(self.report) {
            Some(subject) if is_folded => format!("{}: ", subject.name()),
            Some(_) => format!("{}: ", finding.topic()),
            None => String::new(),
        };
        let sentence = if is_folded { event.sentence(self.report).to_string() } else { headline(finding) };
        let before = finding.old_place.as_ref();
        let after = finding.new_place.as_ref();
        let (primary, labels) = match (after, before) {
            (Some(after), Some(before)) => (Some((after, Some("after"))), vec![(before, "before")]),
            (Some(after), None) => (Some((after, Some("added"))), Vec::new()),
            (None, Some(before)) => (Some((before, Some("removed"))), Vec::new()),
            (None, None) => (None, Vec::new()),
        };
        let shown = Shown {
            tone,
            id: finding.change.kind.id(),
            message: &format!("{topic}{sentence}"),
            primary,
            labels,
            notes: self.notes(event, finding),
            // Both sentences are in the message.
            with_source: !has_sentences(finding),
            width: Some(self.style.width),
        };
        show(&shown, self.sources, self.style.color)
    }

    fn notes(&self, event: &Event, finding: &Finding) -> Vec<(Footer, String)> {
        let effects = format!("{}; fingerprint {}", effects(&finding.verdict), finding.fingerprint());
        let mut notes = vec![(Footer::Note, effects), (Footer::Note, finding.verdict.why.clone())];
        notes.extend(
            finding.witness.iter().map(|line| (Footer::Note, format!("no longer compiles: {}", safe(line, false)))),
        );
        notes.extend(finding.help.iter().map(|text| (Footer::Help, text.to_string())));
        let others = self.others(event, 1);
        if !others.is_empty() {
            let what =
                format!("{} in all; the others:\n{}", counted(event.findings.len(), "finding"), others.join("\n"));
            notes.push((Footer::Note, what));
        }
        notes
    }

    /// The findings of a folded event from position `first` on, one line each.
    fn others(&self, event: &Event, first: usize) -> Vec<String> {
        let findings: Vec<&Finding> = event.findings(self.report).skip(first).collect();
        if event.kind == EventKind::Single {
            return Vec::new();
        }
        let (shown, left) = self.style.amount.split(&findings, LISTED);
        let is_one = event.only_subject(self.report).is_some();
        let line = |finding: &&Finding| {
            let place = if is_one { finding.change.path.to_string() } else { finding.topic() };
            format!("{} [{}, {}]", safe(&place, false), finding.change.kind.id(), finding.fingerprint())
        };
        shown.iter().map(line).chain(more(left)).collect()
    }

    /// An event that needs no review.
    pub(super) fn quiet(&self, event: &Event) -> String {
        let Some(finding) = event.worst(self.report) else { return String::new() };
        if event.kind == EventKind::Single {
            return self.line(finding);
        }
        let (mark, id, bump) = (finding.change.mark().sign(), finding.change.kind.id(), finding.verdict.bump.word());
        let findings = counted(event.findings.len(), "finding");
        let others =
            self.others(event, 0).into_iter().map(|line| wrapped(&format!("      {line}"), self.style.width, 8));
        let line =
            self.tailed(&format!("  {mark} {}", event.sentence(self.report)), &format!("[{id}, {bump}, {findings}]"));
        std::iter::once(line).chain(others).collect::<Vec<_>>().join("\n")
    }

    /// `  + request.crate.fields.height  optional field added: …  [req-field-added-opt, minor, 0123456789abcdef]`
    pub(super) fn line(&self, finding: &Finding) -> String {
        let change = &finding.change;
        let (mark, path, id) = (change.mark().sign(), &change.path, change.kind.id());
        let bump = finding.verdict.bump.word();
        let tail = format!("[{id}, {bump}, {}]", finding.fingerprint());
        self.tailed(&format!("  {mark} {path}  {}", headline(finding)), &tail)
    }

    /// Writes a line and what identifies it, which is never broken: people search for it.
    fn tailed(&self, line: &str, tail: &str) -> String {
        let line = wrapped(&safe(line, false), self.style.width, 6);
        let column = line.lines().last().unwrap_or_default().width();
        let gap = if column + 2 + tail.len() <= self.style.width { "  " } else { "\n      " };
        format!("{line}{gap}{tail}")
    }
}

/// A changed sentence is shown once, with its differences marked.
fn headline(finding: &Finding) -> String {
    let change = &finding.change;
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if has_sentences(finding) => {
            format!("{}: {}", change.kind_in_words(), merged(old, new))
        }
        _ => finding.describe().to_string(),
    }
}

fn has_sentences(finding: &Finding) -> bool {
    is_prose(finding.change.kind) && finding.change.old.is_some() && finding.change.new.is_some()
}

/// `source breaks, old binaries fail, docs change; bump: major; users must upgrade`
fn effects(verdict: &Verdict) -> String {
    let must = if verdict.must_upgrade { "; users must upgrade" } else { "" };
    format!("{}; bump: {}{must}", verdict.effects(), verdict.bump.word())
}
