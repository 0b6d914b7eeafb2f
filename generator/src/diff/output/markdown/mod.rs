//! Markdown output: a pull request comment, within GitHub's length limit. Names and values of specs are always code.

mod inline;

pub(super) use inline::{code, phrase};

use crate::diagnostic::safe;
use crate::diff::Phrase;
use crate::diff::prose::{Marked, Piece, marked};
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::Level;
use crate::source::Sources;

use super::json::is_prose;
use super::spot::Spot;
use super::{counts, demand, grounds, open_at};
use inline::{fence, words};

/// Maximum length in characters. GitHub rejects comments above 65,536; the rest is for text that a workflow adds.
const MOST: usize = 64_000;

/// Writes the report as GitHub markdown. Findings that do not fit are counted.
pub fn markdown(report: &Report, sources: &Sources) -> String {
    let mut text = format!("### Spec changes: {}\n\n**Result: {}**\n", counts(report), words(&demand(report)));
    if let Some(line) = report.about_lock() {
        text.push_str(&format!("\n{}.\n", phrase(&line)));
    }
    let sections = [
        (Level::Error, "Breaking", true),
        (Level::Warning, "Needs review", true),
        (Level::Info, "For information", false),
        (Level::Doc, "Documentation only", false),
        (Level::Hidden, "Hidden", false),
    ];
    let mut left_out = 0;
    for (level, title, open) in sections {
        let findings = open_at(report, level);
        if !findings.is_empty() {
            left_out += section(title, open, &findings, sources, &mut text);
        }
    }
    let approved: Vec<&Finding> = report.approved().map(|(finding, _)| finding).collect();
    if !approved.is_empty() {
        left_out += section("Approved", false, &approved, sources, &mut text);
    }
    if left_out > 0 {
        text.push_str(&format!(
            "\nFindings that do not fit here: {left_out}. Run `apograph diff` to see all of them.\n"
        ));
    }
    text
}

/// Writes a section. Returns how many of its findings did not fit.
fn section(title: &str, open: bool, findings: &[&Finding], sources: &Sources, to: &mut String) -> usize {
    let open = if open { " open" } else { "" };
    let head = format!("\n<details{open}><summary><b>{title}: {}</b></summary>\n", findings.len());
    let tail = "\n</details>\n";
    let mut length = to.chars().count() + head.len() + tail.len() + 200;
    if length > MOST {
        return findings.len();
    }
    to.push_str(&head);
    let mut subject: Option<&Subject> = None;
    let mut written = 0;
    for finding in findings {
        let heading = if subject == Some(&finding.subject) {
            String::new()
        } else {
            format!("\n**{}**\n\n", code(finding.subject.name()))
        };
        let entry = heading + &entry(finding, sources);
        length += entry.chars().count();
        if length > MOST {
            break;
        }
        subject = Some(&finding.subject);
        to.push_str(&entry);
        written += 1;
    }
    to.push_str(tail);
    findings.len() - written
}

fn entry(finding: &Finding, sources: &Sources) -> String {
    let (change, verdict) = (&finding.change, &finding.verdict);
    let place = Spot::to_annotate(finding, sources).and_then(|spot| Some(format!("{}:{}", spot.path, spot.line?)));
    let place = place.map(|place| format!(", {}", code(&place)));
    let mut entry = format!(
        "- {}: {} (`{}`, `{}`{})\n",
        code(&change.path.to_string()),
        phrase(&what(finding)),
        change.kind.id(),
        finding.fingerprint(),
        place.unwrap_or_default(),
    );
    if let Some(approval) = &finding.approval {
        entry.push_str(&format!("  {}\n", phrase(&grounds(approval))));
        return entry;
    }
    if verdict.level < Level::Warning {
        return entry;
    }
    let must = if verdict.must_upgrade { "; **users must upgrade**" } else { "" };
    let (effects, bump, why) = (verdict.effects(), verdict.bump.word(), phrase(&Phrase::marked(&verdict.why)));
    entry.push_str(&format!("  {effects}; bump: **{bump}**{must}\n  {why}\n"));
    if let Some(witness) = &finding.witness {
        entry.push_str(&format!("  no longer compiles: {}\n", code(witness)));
    }
    if is_prose(change.kind)
        && let (Some(old), Some(new)) = (&change.old, &change.new)
    {
        entry.push_str(&side_by_side(&marked(old, new)));
    }
    entry
}

/// Sentences are left out here: both follow below the entry.
fn what(finding: &Finding) -> Phrase {
    let is_open = finding.approval.is_none();
    let loud_prose = is_open && is_prose(finding.change.kind) && finding.verdict.level >= Level::Warning;
    if loud_prose { finding.change.kind_in_words() } else { finding.change.describe() }
}

/// Both sentences as a block of code.
fn side_by_side(marked: &Marked) -> String {
    let lines = format!("  - {}\n  + {}\n", pieces(&marked.old), pieces(&marked.new));
    let fence = fence(&lines, 3);
    format!("  {fence}diff\n{lines}  {fence}\n")
}

/// One sentence on one line.
fn pieces(pieces: &[Piece]) -> String {
    const SHOWN: usize = 600;
    let shown = |piece: &Piece| if piece.differs { format!("[{}]", piece.text) } else { piece.text.clone() };
    let text: String = pieces.iter().map(shown).collect();
    let line = safe(&text.split_whitespace().collect::<Vec<_>>().join(" "), false);
    let cut: String = line.chars().take(SHOWN).collect();
    if cut.len() < line.len() { cut + "…" } else { cut }
}
