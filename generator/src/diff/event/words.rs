//! Sentences about events.

use super::Event;
use crate::diff::Phrase;
use crate::diff::report::Report;

impl Event {
    /// Describes the event in one line, without the name of its API.
    pub fn sentence(&self, report: &Report) -> Phrase {
        self.worst(report).map(|finding| finding.change.describe()).unwrap_or_default()
    }
}
