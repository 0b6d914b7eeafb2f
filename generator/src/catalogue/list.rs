//! The list of all APIs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::locations::Locations;
use crate::diagnostic::{Code, Diagnostics};
use crate::selection::Selection;
use crate::source::{FileId, Sources};
use crate::spec::Specs;

/// An API of the list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ListedApi {
    /// Name of its platform.
    pub platform: String,
    /// The vendor's name of the API.
    pub api: String,
    /// Title of its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The family in which callers find it.
    pub family: String,
    /// Its module in the crate. `None` if its transcript is in the folder of another family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust: Option<String>,
    /// Number of its doubts that no fix settles.
    pub doubts: usize,
    /// Path of its transcript.
    pub spec: String,
}

/// Lists the selected APIs, sorted by platform and name. `found` are the findings of loading the specs, doubts included.
#[must_use]
pub fn list(
    specs: &Specs,
    selection: &Selection,
    locations: &Locations,
    sources: &Sources,
    found: &Diagnostics,
) -> Vec<ListedApi> {
    let doubts = doubts(found);
    let all = specs.platforms.iter().flat_map(|platform| platform.endpoints.iter().map(move |api| (platform, api)));
    let selected = all.filter(|(_, api)| selection.contains(&api.spec.api));
    let listed = selected.map(|(platform, api)| {
        let location = locations.of(api, platform);
        let (family, rust) = location.map_or((None, None), |location| (Some(location.family), Some(location.path)));
        ListedApi {
            platform: platform.name.clone(),
            api: api.spec.api.clone(),
            title: api.spec.title.clone(),
            family: family.unwrap_or_else(|| api.family.clone()),
            rust,
            doubts: doubts.get(&api.file).copied().unwrap_or_default(),
            spec: sources.path(api.file).to_owned(),
        }
    });
    let mut listed: Vec<ListedApi> = listed.collect();
    listed.sort_by(|one, other| (&one.platform, &one.api).cmp(&(&other.platform, &other.api)));
    listed
}

/// Counts the doubts of each transcript that no fix settles.
fn doubts(found: &Diagnostics) -> BTreeMap<FileId, usize> {
    let mut doubts = BTreeMap::new();
    for finding in found.iter().filter(|finding| finding.code() == Code::UnsettledDoubt) {
        if let Some(place) = finding.place() {
            *doubts.entry(place.file).or_default() += 1;
        }
    }
    doubts
}
