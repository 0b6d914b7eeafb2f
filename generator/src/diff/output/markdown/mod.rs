//! Markdown output: a pull request comment, within GitHub's length limit. Names and values of specs are always code.

mod entry;
mod inline;

pub(super) use inline::{code, phrase};

use crate::diff::event::{Event, Section, SectionName};
use crate::diff::report::{Finding, Report, Subject};
use crate::source::Sources;

use super::budget::{Amount, more};
use super::overview::{is_small, lines, size};
use super::{counts, demand};
use entry::{Entries, approved};
use inline::words;

/// Maximum length in characters. GitHub rejects comments above 65,536; the rest is for text that a workflow adds.
const MOST: usize = 64_000;

/// Characters that are kept for the tags of each section and for the last line.
const FRAME: usize = 400;

/// Events of each section that are shown with [`Amount::Worst`].
const BUDGET: usize = 40;

/// Writes the report as GitHub markdown. Each section has a share of the length, so that no section takes all of it.
pub fn markdown(report: &Report, sources: &Sources, amount: Amount) -> String {
    let overview = report.overview();
    let mut text = format!("### Spec changes: {}\n\n**Result: {}**\n", counts(report), words(&demand(report)));
    if let Some(line) = report.about_lock() {
        text.push_str(&format!("\n{}.\n", phrase(&line)));
    }
    if !is_small(report) {
        text.push('\n');
        lines(&overview).iter().for_each(|(title, line)| text.push_str(&format!("- **{title}**: {}\n", words(line))));
    }
    let entries = Entries { report, sources, amount };
    let mut writer = Writer { text, left_out: 0 };
    let has_approved = !overview.approved.is_empty();
    let sections: Vec<&Section> = overview.sections.iter().filter(|section| !section.events.is_empty()).collect();
    let mut waiting = sections.len() + usize::from(has_approved);
    for section in sections {
        let share = writer.share(waiting);
        waiting -= 1;
        let (shown, left) = amount.split(&section.events, BUDGET);
        let title = format!("{}: {}", name(section.name), size(section));
        let written =
            shown.iter().map(|event| (event.only_subject(report), entries.event(event), event.findings.len()));
        let is_open = section.name != SectionName::Know;
        writer.section(&title, is_open, share, &in_order(section, shown, written.collect()), more(left));
    }
    if has_approved {
        let share = writer.share(waiting);
        let findings: Vec<&Finding> = report.approved().map(|(finding, _)| finding).collect();
        let written: Vec<Written<'_>> =
            findings.iter().map(|finding| (Some(&finding.subject), approved(finding, sources), 1)).collect();
        writer.section(&format!("Approved: {}", findings.len()), false, share, &written, None);
    }
    writer.finish()
}

/// The only subject of an event, its text and the number of its findings.
type Written<'r> = (Option<&'r Subject>, String, usize);

/// Puts the events that only inform in the page's order, below their APIs. Urgent ones stay worst first.
fn in_order<'r>(section: &Section, events: &[Event], written: Vec<Written<'r>>) -> Vec<Written<'r>> {
    if section.name != SectionName::Know {
        return written;
    }
    let mut both: Vec<(&Event, Written<'r>)> = events.iter().zip(written).collect();
    both.sort_by_key(|(event, (subject, ..))| (subject.is_some(), event.findings.iter().min().copied()));
    both.into_iter().map(|(_, written)| written).collect()
}

const fn name(section: SectionName) -> &'static str {
    match section {
        SectionName::Decide => "Decide",
        SectionName::Look => "Look",
        SectionName::Know => "Know",
    }
}

struct Writer {
    text: String,
    /// Findings that do not fit.
    left_out: usize,
}

impl Writer {
    /// Returns the length that the next of `waiting` sections may take. What it leaves goes to the others.
    fn share(&self, waiting: usize) -> usize {
        let left = MOST.saturating_sub(self.text.chars().count() + FRAME);
        left / waiting.max(1)
    }

    fn section(&mut self, title: &str, open: bool, share: usize, entries: &[Written<'_>], more: Option<String>) {
        let open = if open { " open" } else { "" };
        self.text.push_str(&format!("\n<details{open}><summary><b>{title}</b></summary>\n"));
        let mut left = share.saturating_sub(FRAME);
        let mut before: Option<&Option<&Subject>> = None;
        let mut entries = entries.iter();
        for (subject, entry, findings) in entries.by_ref() {
            let heading = match subject {
                _ if before == Some(subject) => String::new(),
                Some(subject) => format!("\n**{}**\n\n", code(subject.name())),
                None => "\n**several APIs**\n\n".to_owned(),
            };
            let entry = heading + entry;
            let length = entry.chars().count();
            if length > left {
                self.left_out += findings;
                break;
            }
            left -= length;
            before = Some(subject);
            self.text.push_str(&entry);
        }
        self.left_out += entries.map(|(.., findings)| findings).sum::<usize>();
        self.text.push_str(&more.map(|line| format!("\n{line}\n")).unwrap_or_default());
        self.text.push_str("\n</details>\n");
    }

    fn finish(mut self) -> String {
        if self.left_out > 0 {
            self.text.push_str(&format!(
                "\nFindings that do not fit here: {}. Run `apograph diff --all` to see all of them.\n",
                self.left_out
            ));
        }
        self.text
    }
}
