//! How a transcript differs from the existing file, in lines for people.

use crate::diff::{self, Kind, Rules};
use crate::spec::{EndpointSpec, PlatformSpec};

/// Lists what changes in a transcript, one line for each change.
pub(super) fn changes(old: &EndpointSpec, new: &EndpointSpec, platform: &PlatformSpec) -> Vec<String> {
    let mut changes = diff::endpoint(old, new, &Rules::of(platform));
    // The transcript is compared because the page's bytes changed, so this is not news.
    changes.retain(|change| change.kind != Kind::DocRetrieved);
    let lines: Vec<String> = diff::listing(&changes).lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        return lines;
    }
    let why = if old.source.sha256 == new.source.sha256 {
        "the page is the same: the transcript was edited, or comes from another version of apograph"
    } else {
        "the page changed only outside of tables and samples"
    };
    vec![why.to_owned()]
}
