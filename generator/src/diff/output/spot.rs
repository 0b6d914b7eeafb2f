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

    /// Returns the finding's position in the new revision, with the path relative to the root of the repository. A removed
    /// node is shown at its old file, without a line.
    pub(super) fn to_annotate(finding: &Finding, sources: &Sources) -> Option<Self> {
        if let Some(place) = &finding.new_place {
            return Some(Self { path: sources.path_in_repository(place.file), ..Self::new(place, sources) });
        }
        let path = sources.path_in_repository(finding.old_place.as_ref()?.file);
        Some(Self { path, line: None, column: None })
    }
}
