//! One event in markdown.

use crate::diagnostic::{counted, safe};
use crate::diff::Phrase;
use crate::diff::change::is_prose;
use crate::diff::event::{Event, EventKind};
use crate::diff::output::budget::{Amount, more};
use crate::diff::output::grounds;
use crate::diff::output::spot::Spot;
use crate::diff::prose::{Marked, Piece, marked};
use crate::diff::report::{Finding, Report};
use crate::diff::verdict::Level;
use crate::source::Sources;

use super::inline::{code, fence, phrase};

/// Findings of an event that are listed with [`Amount::Worst`].
const LISTED: usize = 3;

/// Maximum number of findings of an event that are listed: an event must not fill the comment.
const MOST_LISTED: usize = 50;

/// Writes the events of a report.
pub(super) struct Entries<'r> {
    pub(super) report: &'r Report,
    pub(super) sources: &'r Sources,
    pub(super) amount: Amount,
}

impl<'r> Entries<'r> {
    pub(super) fn event(&self, event: &Event) -> String {
        let Some(finding) = event.worst(self.report) else { return String::new() };
        if event.kind == EventKind::Single {
            let path = code(&finding.change.path.to_string());
            return format!(
                "- {path}: {} ({})\n{}",
                phrase(&what(finding)),
                id(finding, self.sources),
                self.why(finding)
            );
        }
        let findings: Vec<&Finding> = event.findings(self.report).collect();
        let mut text = format!("- {} ({})\n", phrase(&event.sentence(self.report)), counted(findings.len(), "finding"));
        text.push_str(&self.why(finding));
        let (shown, left) = self.amount.split(&findings, LISTED);
        let (shown, cut) = Amount::Worst.split(shown, MOST_LISTED);
        for finding in shown {
            let path = code(&finding.change.path.to_string());
            let place = match event.only_subject(self.report) {
                Some(_) => path,
                None => format!("{}, {path}", code(finding.subject.name())),
            };
            text.push_str(&format!("  - {place} ({})\n", id(finding, self.sources)));
        }
        text.push_str(&more(left + cut).map(|line| format!("  - {line}\n")).unwrap_or_default());
        text
    }

    /// The effects of a finding that needs attention.
    fn why(&self, finding: &Finding) -> String {
        let (change, verdict) = (&finding.change, &finding.verdict);
        if verdict.level < Level::Warning {
            return String::new();
        }
        let must = if verdict.must_upgrade { "; **users must upgrade**" } else { "" };
        let (effects, bump, why) = (verdict.effects(), verdict.bump.word(), phrase(&Phrase::marked(&verdict.why)));
        let mut text = format!("  {effects}; bump: **{bump}**{must}\n  {why}\n");
        if let Some(witness) = &finding.witness {
            text.push_str(&format!("  no longer compiles: {}\n", code(witness)));
        }
        if is_prose(change.kind)
            && let (Some(old), Some(new)) = (&change.old, &change.new)
        {
            text.push_str(&side_by_side(&marked(old, new)));
        }
        text
    }
}

/// An approved finding with the grounds of its approval.
pub(super) fn approved(finding: &Finding, sources: &Sources) -> String {
    let path = code(&finding.change.path.to_string());
    let entry = format!("- {path}: {} ({})\n", phrase(&finding.describe()), id(finding, sources));
    let grounds = finding.approval.as_ref().map(|approval| format!("  {}\n", phrase(&grounds(approval))));
    entry + &grounds.unwrap_or_default()
}

/// Kind, fingerprint and place.
fn id(finding: &Finding, sources: &Sources) -> String {
    let place = Spot::to_annotate(finding, sources).and_then(|spot| Some(format!("{}:{}", spot.path, spot.line?)));
    let place = place.map(|place| format!(", {}", code(&place)));
    format!("`{}`, `{}`{}", finding.change.kind.id(), finding.fingerprint(), place.unwrap_or_default())
}

/// Sentences are left out here: both follow below the entry.
fn what(finding: &Finding) -> Phrase {
    let loud_prose = is_prose(finding.change.kind) && finding.verdict.level >= Level::Warning;
    if loud_prose { finding.change.kind_in_words() } else { finding.describe() }
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
