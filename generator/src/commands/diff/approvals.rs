//! Applies `approvals.yaml` of the new revision to a report.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};

use crate::diagnostic::Diagnostics;
use crate::diff::{self, Report, Scope, Texts};
use crate::source::Sources;
use crate::spec::{self, APPROVALS, Approvals};

/// The approvals of a revision.
pub(super) struct Approved {
    approvals: Approvals,
    /// Fingerprints that the old revision also approves.
    known: BTreeSet<String>,
}

/// The approvals cannot be read; the findings contain the reasons.
pub(super) struct Unreadable;

/// Reads the approvals of the new revision, if it has any.
pub(super) fn read(
    old: &Texts,
    new: &Texts,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Approved>, Unreadable> {
    let path = |texts: &Texts| {
        if texts.root.is_empty() { APPROVALS.to_owned() } else { format!("{}/{APPROVALS}", texts.root) }
    };
    let Some(text) = new.files.get(APPROVALS) else { return Ok(None) };
    let approvals = spec::load_approvals(&path(new), text.clone(), sources, diagnostics).ok_or(Unreadable)?;
    // Errors in the old file do not matter for this comparison.
    let before = old
        .files
        .get(APPROVALS)
        .and_then(|text| spec::load_approvals(&path(old), text.clone(), &mut Sources::new(), &mut Diagnostics::new()));
    let known = before.map(|before| before.fingerprints().map(str::to_owned).collect()).unwrap_or_default();
    Ok(Some(Approved { approvals, known }))
}

impl Approved {
    /// Marks the approved findings.
    pub(super) fn apply(&self, report: &mut Report, today: Date, scope: Scope, diagnostics: &mut Diagnostics) {
        diff::approve(report, &self.approvals, &self.known, today, scope, diagnostics);
    }
}

/// Returns today's date in UTC.
pub(super) fn today() -> Date {
    Offset::UTC.to_datetime(Timestamp::now()).date()
}
