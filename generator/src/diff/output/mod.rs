//! Output formats of a report: for terminals, programs and reviews.

mod budget;
mod github;
mod html;
mod json;
mod markdown;
mod overview;
mod sarif;
mod sentence;
mod spot;
mod summary;
mod terminal;

pub use budget::Amount;
pub use github::github;
pub use html::html;
pub use json::{SCHEMA, json};
pub use markdown::markdown;
pub use sarif::sarif;
pub use summary::{Language, summary};
pub use terminal::{Style, terminal};

use super::Phrase;
use super::report::Report;
use super::verdict::{Bump, Level};
use crate::diagnostic::counted;
use crate::spec::Approval;

/// `2 errors, 1 warning, 3 info and 1 doc`; empty if there are no findings.
pub(super) fn counts(report: &Report) -> String {
    let count = |number: usize, word: &str| (number > 0).then(|| format!("{number} {word}"));
    let of_level = |level: Level| match (report.count(level), level) {
        (number, Level::Error | Level::Warning) => (number > 0).then(|| counted(number, level.word())),
        (number, Level::Info | Level::Doc | Level::Hidden) => count(number, level.word()),
    };
    let levels = [Level::Error, Level::Warning, Level::Info, Level::Doc, Level::Hidden].map(of_level);
    let parts = levels.into_iter().chain([count(report.approved().count(), "approved")]);
    let parts: Vec<String> = parts.flatten().collect();
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// `major version bump needed: 0.3.1 → 0.4.0; users must upgrade`
pub(super) fn demand(report: &Report) -> String {
    let version = match (report.bump(), report.next_version()) {
        (Bump::None, _) => "no new version needed".to_owned(),
        (bump, Some(next)) => format!("{} version bump needed: {} → {next}", bump.word(), report.version),
        (bump, None) => format!("{} version bump needed", bump.word()),
    };
    if report.must_upgrade() { format!("{version}; users must upgrade") } else { version }
}

/// `transcription-fix, by A. Reviewer until 2026-12-31: the page says so`
pub(super) fn grounds(approval: &Approval) -> Phrase {
    let by = Phrase::new(format!("{}, by ", approval.cause.word())).code(&approval.who);
    by.words(format!(" until {}: ", approval.until)).code(&approval.reason)
}
