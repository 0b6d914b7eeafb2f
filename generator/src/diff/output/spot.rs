//! File, line and column of a finding, for formats that programs read.

use serde::Serialize;

use crate::diagnostic::position;
use crate::diff::report::Finding;
use crate::source::{Place, Sources};

/// A position in a file. Lines and columns count from 1.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Spot {
    pub(super) path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<usize>,
}

impl Spot {
    pub(super) fn new(place: &Place, sources: &Sources) -> Self {
        let (line, column) = position(place, sources).unzip();
        Self { path: sources.path(place.file).to_owned(), line, column }
    }

    /// Returns the finding's position in the new revision. A removed node is shown at its old file, without a line.
    pub(super) fn to_annotate(finding: &Finding, sources: &Sources) -> Option<Self> {
        if let Some(place) = &finding.new_place {
            return Some(Self::new(place, sources));
        }
        let gone = Self::new(finding.old_place.as_ref()?, sources);
        // `HEAD:specs/…` is not a file; `C:/specs/…` is.
        let revision = gone.path.split_once(':').filter(|(revision, _)| revision.len() > 1);
        let path = revision.map_or(gone.path.as_str(), |(_, path)| path).to_owned();
        Some(Self { path, line: None, column: None })
    }
}
