//! The order in which findings are shown, and which of them.

use std::collections::{BTreeMap, BTreeSet};

use super::code::Code;
use super::finding::{Diagnostic, Diagnostics};
use super::view::{line_column, locate};
use crate::source::{FileId, Sources};

/// Number of findings with the same code that are shown when the rest is only counted.
const SHOWN_OF_A_CODE: usize = 3;

/// Which findings are shown.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Extent {
    /// All of them.
    All,
    /// The first of each code; the others are counted.
    FirstOfEachCode,
}

/// Findings with the same code that are not shown.
pub(super) struct Rest {
    pub(super) code: Code,
    pub(super) count: usize,
    /// The number of files that they are in.
    pub(super) files: usize,
}

/// Sorts findings by file, line, column and code, general findings first. Findings that say the same are merged.
pub(super) fn sorted<'a>(diagnostics: &'a Diagnostics, sources: &'a Sources) -> Vec<&'a Diagnostic> {
    let mut sorted: Vec<_> = diagnostics.iter().map(|diagnostic| (order(diagnostic, sources), diagnostic)).collect();
    sorted.sort_by_key(|(order, _)| *order);
    sorted.dedup_by(|(_, left), (_, right)| left == right);
    sorted.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

type Order<'a> = (&'a str, usize, usize, &'static str, &'a str);

fn order<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Order<'a> {
    let (code, message) = (diagnostic.code.id(), diagnostic.message.as_str());
    let Some(place) = &diagnostic.place else { return ("", 0, 0, code, message) };
    let at = locate(place, sources).map(|span| line_column(place.file, span.start, sources));
    let (line, column) = at.unwrap_or_default();
    (sources.path(place.file), line, column, code, message)
}

/// Keeps the first findings of each code, and returns what is left out. A single finding is never left out: the line
/// that counts it would take as much room.
pub(super) fn first_of_each_code(findings: &mut Vec<&Diagnostic>) -> Vec<Rest> {
    let mut totals: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in findings.iter() {
        *totals.entry(finding.code).or_default() += 1;
    }
    totals.retain(|_, total| *total > SHOWN_OF_A_CODE + 1);
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    let mut files: BTreeMap<Code, BTreeSet<FileId>> = BTreeMap::new();
    findings.retain(|finding| {
        if !totals.contains_key(&finding.code) {
            return true;
        }
        let count = seen.entry(finding.code).or_default();
        *count += 1;
        if *count > SHOWN_OF_A_CODE {
            files.entry(finding.code).or_default().extend(finding.place.as_ref().map(|place| place.file));
        }
        *count <= SHOWN_OF_A_CODE
    });
    let rest =
        |(code, total)| Rest { code, count: total - SHOWN_OF_A_CODE, files: files.get(&code).map_or(0, BTreeSet::len) };
    totals.into_iter().map(rest).collect()
}
