//! How a command ended, and the exit status for it.

use crate::diagnostic::Diagnostics;

/// How a command ended, from best to worst.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The command did its work and found nothing that needs an answer: exit status 0.
    Done,
    /// The command did its work, and there are findings: exit status 1.
    Findings,
    /// The command could not do its work because of how it was called, or because a file could not be read or written:
    /// exit status 2.
    Failed,
}

impl Outcome {
    /// Returns the exit status.
    #[must_use]
    pub fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Failed => 2,
        }
    }

    /// Returns the outcome of a run with these findings.
    pub(super) fn of(diagnostics: &Diagnostics) -> Self {
        let errors = diagnostics.iter().filter(|finding| finding.is_error());
        let outcomes = errors.map(|error| if error.code().is_failure() { Self::Failed } else { Self::Findings });
        outcomes.max().unwrap_or(Self::Done)
    }
}
