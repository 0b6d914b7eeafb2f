//! Selects findings by criteria, so that many can be approved at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::terms::glob;

use super::report::{Finding, Report, Subject};
use super::verdict::Level;

/// A property of a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Criterion {
    /// The id of its kind matches the pattern.
    Kind(String),
    /// It belongs to an API whose name matches the pattern.
    Api(String),
    /// It has the level.
    Level(Level),
    /// It has the fingerprint.
    Fingerprint(String),
}

/// The result of a selection.
#[derive(Debug)]
pub struct Selection<'r, 'c> {
    /// The selected findings in the order of the report, each with its fingerprint. No fingerprint occurs twice.
    pub findings: Vec<(String, &'r Finding)>,
    /// The criteria that no selected finding meets.
    pub unmatched: Vec<&'c Criterion>,
}

/// The property that a criterion is about.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Kind,
    Api,
    Level,
    Fingerprint,
}

impl Criterion {
    fn sort(&self) -> Sort {
        match self {
            Self::Kind(_) => Sort::Kind,
            Self::Api(_) => Sort::Api,
            Self::Level(_) => Sort::Level,
            Self::Fingerprint(_) => Sort::Fingerprint,
        }
    }

    fn is_met(&self, finding: &Finding, fingerprint: &str) -> bool {
        match self {
            Self::Kind(pattern) => glob(pattern, finding.change.kind.id()),
            Self::Api(pattern) => {
                matches!(&finding.subject, Subject::Api { api, .. } if glob(pattern, api))
            }
            Self::Level(level) => finding.verdict.level == *level,
            Self::Fingerprint(wanted) => wanted == fingerprint,
        }
    }
}

/// Selects the findings that meet at least one criterion of each sort that is given.
pub fn select<'r, 'c>(report: &'r Report, criteria: &'c [Criterion]) -> Selection<'r, 'c> {
    let mut known = BTreeSet::new();
    let mut findings = Vec::new();
    let mut is_matched = vec![false; criteria.len()];
    for finding in &report.findings {
        let fingerprint = finding.fingerprint();
        let met: Vec<bool> = criteria.iter().map(|criterion| criterion.is_met(finding, &fingerprint)).collect();
        // Whether a criterion of each sort is met.
        let mut sorts: BTreeMap<Sort, bool> = BTreeMap::new();
        for (criterion, met) in criteria.iter().zip(&met) {
            *sorts.entry(criterion.sort()).or_default() |= met;
        }
        if !sorts.values().all(|met| *met) {
            continue;
        }
        is_matched.iter_mut().zip(met).for_each(|(is_matched, met)| *is_matched |= met);
        if known.insert(fingerprint.clone()) {
            findings.push((fingerprint, finding));
        }
    }
    let unmatched = criteria.iter().zip(is_matched).filter(|(_, is_matched)| !is_matched);
    Selection { findings, unmatched: unmatched.map(|(criterion, _)| criterion).collect() }
}
