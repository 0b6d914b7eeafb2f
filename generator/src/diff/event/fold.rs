//! Folds findings into events.

use super::{Event, EventKind};
use crate::diff::report::Report;

/// Folds the findings into events.
pub(super) fn events(report: &Report) -> Vec<Event> {
    let single = |index| Event { kind: EventKind::Single, findings: vec![index] };
    (0..report.findings.len()).map(single).collect()
}
