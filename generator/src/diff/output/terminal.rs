//! Terminal output: errors and warnings with source snippets of both revisions, all other findings as one line each.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostic::{Color, Footer, Shown, Tone, safe, show};
use crate::diff::change::is_prose;
use crate::diff::prose::{Piece, marked};
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::{Level, Verdict};
use crate::diff::{Kind, Phrase};
use crate::source::Sources;

use super::{counts, demand, grounds};

/// How to show changes of order that do not affect callers. Pages that are edited by hand are full of them.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Order {
    /// One line each.
    Listed,
    /// One line for all of them.
    Counted,
}

/// Writes the report as text. An empty report gives an empty text.
pub fn terminal(report: &Report, sources: &Sources, color: Color, order: Order) -> String {
    let mut text = String::new();
    let open: Vec<&Finding> = report.open().collect();
    let is_shown = |finding: &&Finding| order == Order::Listed || !is_order_only(finding);
    for findings in open.chunk_by(|one, other| one.subject == other.subject) {
        let findings: Vec<&Finding> = findings.iter().copied().filter(is_shown).collect();
        subject(&findings, sources, color, &mut text);
    }
    let counted = open.iter().filter(|finding| !is_shown(finding)).count();
    if counted > 0 {
        let changes = if counted == 1 { "change" } else { "changes" };
        text.push_str(&format!("{counted} {changes} of order not shown; list with --all\n"));
    }
    text.push_str(&approved(report, color));
    if !report.is_empty() {
        text.push_str(&format!("{}; {}\n", counts(report), demand(report)));
        report.about_lock().into_iter().for_each(|line| text.push_str(&format!("{}\n", line.unquoted())));
    }
    text
}

/// Approved findings, in a dimmed section of their own.
fn approved(report: &Report, color: Color) -> String {
    let mut lines = String::new();
    for (finding, approval) in report.approved() {
        let (heading, line, grounds) = (heading(&finding.subject), line(finding), grounds(approval).unquoted());
        lines.push_str(&format!("  {heading}\n{line}\n      {grounds}\n"));
    }
    match color {
        _ if lines.is_empty() => lines,
        Color::Never => format!("approved\n{lines}\n"),
        Color::Ansi => format!("\u{1b}[2mapproved\n{lines}\u{1b}[0m\n"),
    }
}

fn is_order_only(finding: &Finding) -> bool {
    let is_order = matches!(finding.change.kind, Kind::OrderFieldsReq | Kind::OrderFieldsResp | Kind::OrderEnum);
    is_order && finding.verdict.level <= Level::Info
}

fn subject(findings: &[&Finding], sources: &Sources, color: Color, to: &mut String) {
    let is_loud = |finding: &&Finding| finding.verdict.level >= Level::Warning;
    for finding in findings.iter().copied().filter(is_loud) {
        to.push_str(&loud(finding, sources, color));
        to.push_str("\n\n");
    }
    let quiet: Vec<&Finding> = findings.iter().copied().filter(|finding| !is_loud(finding)).collect();
    let Some(first) = quiet.first() else { return };
    let lines = quiet.iter().map(|finding| line(finding));
    [heading(&first.subject)].into_iter().chain(lines).for_each(|line| to.push_str(&format!("{line}\n")));
    to.push('\n');
}

fn heading(subject: &Subject) -> String {
    match subject {
        Subject::Package => "crate".to_owned(),
        Subject::Platform(name) => format!("platform {}", safe(name, false)),
        Subject::Api { api, .. } => safe(api, false),
    }
}

/// `  + request.crate.fields.height  optional field added: …  [req-field-added-opt, minor, 0123456789abcdef]`
fn line(finding: &Finding) -> String {
    let change = &finding.change;
    let (mark, path, id) = (change.mark().sign(), &change.path, change.kind.id());
    let bump = finding.verdict.bump.word();
    safe(&format!("  {mark} {path}  {}  [{id}, {bump}, {}]", change.describe(), finding.fingerprint()), false)
}

fn loud(finding: &Finding, sources: &Sources, color: Color) -> String {
    let tone = match finding.verdict.level {
        Level::Error => Tone::Error,
        Level::Warning => Tone::Warning,
        Level::Info => Tone::Info,
        Level::Doc | Level::Hidden => Tone::Note,
    };
    let message = format!("{}: {}", finding.topic(), headline(finding));
    let before = finding.old_place.as_ref();
    let after = finding.new_place.as_ref();
    let (primary, labels) = match (after, before) {
        (Some(after), Some(before)) => (Some((after, Some("after"))), vec![(before, "before")]),
        (Some(after), None) => (Some((after, Some("added"))), Vec::new()),
        (None, Some(before)) => (Some((before, Some("removed"))), Vec::new()),
        (None, None) => (None, Vec::new()),
    };
    let mut notes: Vec<(Footer, String)> = side_by_side(finding).map(|text| (Footer::Note, text)).into_iter().collect();
    let effects = format!("{}; fingerprint {}", effects(&finding.verdict), finding.fingerprint());
    notes.extend([effects, finding.verdict.why.clone()].map(|text| (Footer::Note, text)));
    notes.extend(
        finding.witness.iter().map(|line| (Footer::Note, format!("no longer compiles: {}", safe(line, false)))),
    );
    notes.extend(finding.help.iter().map(|text| (Footer::Help, text.to_string())));
    show(&Shown { tone, id: finding.change.kind.id(), message: &message, primary, labels, notes }, sources, color)
}

/// Sentences are left out here: both follow below.
fn headline(finding: &Finding) -> Phrase {
    let change = &finding.change;
    if is_prose(change.kind) { change.kind_in_words() } else { change.describe() }
}

/// Both sentences, one below the other, with marks under what differs.
fn side_by_side(finding: &Finding) -> Option<String> {
    let (Some(old), Some(new)) = (&finding.change.old, &finding.change.new) else { return None };
    if !is_prose(finding.change.kind) {
        return None;
    }
    let marked = marked(old, new);
    let lines = [under("before: ", &marked.old, '-'), under("after:  ", &marked.new, '^')];
    Some(lines.join("\n"))
}

/// Returns a line of text and a line of marks. A wide character takes two marks.
fn under(label: &str, pieces: &[Piece], mark: char) -> String {
    /// Columns of a sentence that are shown.
    const SHOWN: usize = 160;
    let (mut line, mut marks) = (label.to_owned(), " ".repeat(label.width()));
    // Marks count columns, so hidden characters are escaped before.
    let shown = |piece: &Piece| (safe(&piece.text.replace(char::is_whitespace, " "), false), piece.differs);
    let shown: Vec<(String, bool)> = pieces.iter().map(shown).collect();
    for (c, differs) in shown.iter().flat_map(|(text, differs)| text.chars().map(|c| (c, *differs))) {
        if line.width() > SHOWN {
            line.push('…');
            break;
        }
        line.push(c);
        let sign = if differs { mark } else { ' ' };
        marks.extend(std::iter::repeat_n(sign, c.width().unwrap_or(0)));
    }
    let marks = marks.trim_end();
    if marks.is_empty() { line } else { format!("{line}\n{marks}") }
}

/// `source breaks, old binaries fail, docs change; bump: major; users must upgrade`
fn effects(verdict: &Verdict) -> String {
    let must = if verdict.must_upgrade { "; users must upgrade" } else { "" };
    format!("{}; bump: {}{must}", verdict.effects(), verdict.bump.word())
}
