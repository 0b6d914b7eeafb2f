//! Terminal output: an overview, then the events by urgency. Errors and warnings have source snippets of both revisions,
//! all others take one line each. Lines fit the terminal's width.

mod entry;

use crate::diagnostic::{Color, safe, wrapped};
use crate::diff::event::{Event, SectionName, is_order};
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::Level;
use crate::source::Sources;

use super::budget::{Amount, more};
use super::overview::{is_small, lines, size};
use super::{counts, demand, grounds};
use entry::Entries;

/// Events of each section that are shown with [`Amount::Worst`].
const BUDGET: usize = 20;

/// How text is written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Style {
    /// Whether it has colors.
    pub color: Color,
    /// Columns of the terminal. Names and paths may be longer.
    pub width: usize,
    /// How much of the report is written.
    pub amount: Amount,
}

/// Writes the report as text. An empty report gives an empty text.
pub fn terminal(report: &Report, sources: &Sources, style: Style) -> String {
    let overview = report.overview();
    let is_large = !is_small(report);
    let entries = Entries { report, sources, style };
    let mut text = if is_large { head(&lines(&overview), style.width) } else { String::new() };
    for section in &overview.sections {
        let is_shown = |event: &&Event| style.amount == Amount::All || !is_order_only(event, report);
        let events: Vec<&Event> = section.events.iter().filter(is_shown).collect();
        if events.is_empty() {
            continue;
        }
        if is_large {
            text.push_str(&format!("{}: {}\n\n", section.name.id(), size(section)));
        }
        let (shown, left) = style.amount.split(&events, BUDGET);
        match section.name {
            SectionName::Decide | SectionName::Look => {
                shown.iter().for_each(|event| text.push_str(&format!("{}\n\n", entries.loud(event))));
            }
            SectionName::Know => quiet(shown, &entries, &mut text),
        }
        text.push_str(&more(left).map(|line| line + "\n\n").unwrap_or_default());
    }
    let is_hidden = |finding: &&Finding| style.amount == Amount::Worst && is_of_order(finding);
    let hidden = report.open().filter(is_hidden).count();
    if hidden > 0 {
        let changes = if hidden == 1 { "change" } else { "changes" };
        text.push_str(&format!("{hidden} {changes} of order not shown; list with --all\n"));
    }
    text.push_str(&approved(&entries));
    if !report.is_empty() {
        let lines = [format!("{}; {}", counts(report), demand(report))].into_iter();
        let lines = lines.chain(report.about_lock().map(|line| line.unquoted()));
        lines.for_each(|line| text.push_str(&format!("{}\n", wrapped(&line, style.width, 2))));
    }
    text
}

/// The overview, with its titles in a column of their own.
fn head(lines: &[(&str, String)], width: usize) -> String {
    let column = lines.iter().map(|(title, _)| title.len()).max().unwrap_or(0) + 2;
    let line = |(title, text): &(&str, String)| wrapped(&format!("{title:column$}{text}"), width, column) + "\n";
    lines.iter().map(line).collect::<String>() + "\n"
}

/// One line for each event, below the name of its API and in the page's order.
fn quiet(events: &[&Event], entries: &Entries<'_>, to: &mut String) {
    let mut events: Vec<(Option<&Subject>, &Event)> =
        events.iter().map(|event| (event.only_subject(entries.report), *event)).collect();
    events.sort_by_key(|(subject, event)| (subject.is_some(), event.findings.iter().min().copied()));
    for events in events.chunk_by(|(one, _), (other, _)| one == other) {
        let heading = events.first().and_then(|(subject, _)| subject.map(heading));
        to.push_str(&format!("{}\n", heading.unwrap_or_else(|| "several APIs".to_owned())));
        events.iter().for_each(|(_, event)| to.push_str(&format!("{}\n", entries.quiet(event))));
        to.push('\n');
    }
}

/// Approved findings, in a dimmed section of their own.
fn approved(entries: &Entries<'_>) -> String {
    let mut lines = String::new();
    for (finding, approval) in entries.report.approved() {
        let grounds = wrapped(&format!("      {}", grounds(approval).unquoted()), entries.style.width, 6);
        lines.push_str(&format!("  {}\n{}\n{grounds}\n", heading(&finding.subject), entries.line(finding)));
    }
    match entries.style.color {
        _ if lines.is_empty() => lines,
        Color::Never => format!("approved\n{lines}\n"),
        Color::Ansi => format!("\u{1b}[2mapproved\n{lines}\u{1b}[0m\n"),
    }
}

fn is_order_only(event: &Event, report: &Report) -> bool {
    event.findings(report).all(is_of_order)
}

/// Returns whether a finding is about order and does not affect callers.
fn is_of_order(finding: &Finding) -> bool {
    is_order(finding.change.kind) && finding.verdict.level <= Level::Info && finding.verdict.level > Level::Hidden
}

fn heading(subject: &Subject) -> String {
    match subject {
        Subject::Package => "crate".to_owned(),
        Subject::Platform(name) => format!("platform {}", safe(name, false)),
        Subject::Api { api, .. } => safe(api, false),
    }
}
