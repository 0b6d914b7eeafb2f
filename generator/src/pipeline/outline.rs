//! What the files of the crate, the lock and the checks need of an API that has not changed since an earlier run.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostics;
use crate::emit;
use crate::lock::{self, Placed};
use crate::model::{Counts, Endpoint, Family, Model, Origin, Platform};
use crate::names::{EndpointNames, FieldNames, Identifier, Names, SideNames};
use crate::source::Place;
use crate::terms::SessionNeed;

/// An API without its types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The family that it is in.
    pub family: String,
    /// Path of its transcript below the specs folder, or that of the lock for a removed API.
    pub spec: String,
    title: String,
    session: SessionNeed,
    deprecated: Option<String>,
    /// Whether only the lock has it.
    pub removed: bool,
    /// Every Cargo feature of its family.
    features: BTreeSet<String>,
    counts: Option<Counts>,
    /// Number of tombstones in it. A removed API is one itself.
    tombstones: usize,
    /// Path of its file in the crate.
    pub file: String,
    module: String,
    request: String,
    response: String,
}

/// The outlines of APIs, by platform and API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlines(BTreeMap<String, BTreeMap<String, Outline>>);

impl Outlines {
    /// Returns the outlines of all APIs of a model, in which those of `known` are outlines already.
    pub(super) fn of(model: &Model, names: &Names, counts: &BTreeMap<(String, String), Counts>, known: &Self) -> Self {
        let mut outlines = BTreeMap::new();
        for (platform, names) in model.platforms.iter().zip(&names.platforms) {
            let families = platform.families.iter().zip(&names.families);
            let endpoints = families.flat_map(|(family, names)| {
                let endpoints = family.endpoints.iter().zip(&names.endpoints);
                endpoints.map(move |endpoint| ((family, names), endpoint))
            });
            let of_platform = endpoints.map(|((family, family_names), (endpoint, endpoint_names))| {
                let known = known.get(&platform.name, &endpoint.api).cloned();
                let file = || emit::endpoint_path(names, family_names, endpoint_names).to_string();
                let counts = counts.get(&(platform.name.clone(), endpoint.api.clone())).copied();
                let outline = known.unwrap_or_else(|| Outline::of(family, endpoint, endpoint_names, file(), counts));
                (endpoint.api.clone(), outline)
            });
            outlines.insert(platform.name.clone(), of_platform.collect());
        }
        Self(outlines)
    }

    /// Returns the outline of an API.
    #[must_use]
    pub fn get(&self, platform: &str, api: &str) -> Option<&Outline> {
        self.0.get(platform)?.get(api)
    }

    /// Whether there is an outline of an API.
    #[must_use]
    pub fn has(&self, platform: &str, api: &str) -> bool {
        self.get(platform, api).is_some()
    }

    /// Iterates over platforms, APIs and outlines.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &Outline)> {
        self.0.iter().flat_map(|(platform, apis)| {
            apis.iter().map(move |(api, outline)| (platform.as_str(), api.as_str(), outline))
        })
    }

    /// Removes the outlines that `keep` refuses.
    pub fn retain(&mut self, keep: impl Fn(&str, &str, &Outline) -> bool) {
        for (platform, apis) in &mut self.0 {
            apis.retain(|api, outline| keep(platform, api, outline));
        }
    }

    /// Returns what the pages have and the crate keeps, by platform and API.
    pub(super) fn counts(&self) -> impl Iterator<Item = ((String, String), Counts)> {
        self.iter()
            .filter_map(|(platform, api, outline)| Some(((platform.to_owned(), api.to_owned()), outline.counts?)))
    }

    /// Sums what the pages have and the crate keeps.
    #[must_use]
    pub fn counted(&self) -> Counts {
        self.counts().map(|(_, counts)| counts).sum()
    }

    /// Whether the families in a model have the Cargo features that they had: the lock has them at each API.
    pub(super) fn are_reached_as_before(&self, model: &Model) -> bool {
        let mut families =
            model.platforms.iter().flat_map(|platform| platform.families.iter().map(move |of| (platform, of)));
        families.all(|(platform, family)| {
            let mut outlines = family.endpoints.iter().filter_map(|endpoint| self.get(&platform.name, &endpoint.api));
            let features = features(family);
            outlines.all(|outline| outline.features == features)
        })
    }

    /// Counts the tombstones.
    #[must_use]
    pub fn tombstones(&self) -> usize {
        self.iter().map(|(_, _, outline)| outline.tombstones).sum()
    }

    /// Counts the tombstones in APIs that are none themselves.
    pub(super) fn tombstones_within(&self) -> usize {
        self.iter().filter(|(_, _, outline)| !outline.removed).map(|(_, _, outline)| outline.tombstones).sum()
    }

    /// Returns the APIs as endpoints without types, by platform. `None` if an API has no platform, is in the model as well, or
    /// is called by what is no name.
    pub(super) fn placed(&self, model: &Model) -> Option<BTreeMap<String, Vec<Placed>>> {
        let mut placed = BTreeMap::new();
        for (name, apis) in self.0.iter().filter(|(_, apis)| !apis.is_empty()) {
            let platform = model.platforms.iter().find(|platform| platform.name == *name)?;
            let mut endpoints = platform.families.iter().flat_map(|family| &family.endpoints);
            if endpoints.any(|endpoint| apis.contains_key(&endpoint.api)) {
                return None;
            }
            let of_platform = apis.iter().map(|(api, outline)| outline.placed(api, platform));
            placed.insert(name.clone(), of_platform.collect::<Option<_>>()?);
        }
        Some(placed)
    }
}

/// Returns every Cargo feature that enables a family.
fn features(family: &Family) -> BTreeSet<String> {
    family.features().map(str::to_owned).collect()
}

impl Outline {
    fn of(family: &Family, endpoint: &Endpoint, names: &EndpointNames, file: String, counts: Option<Counts>) -> Self {
        Self {
            family: family.name.clone(),
            spec: endpoint.spec_path.clone(),
            title: endpoint.title.clone(),
            session: endpoint.session,
            deprecated: endpoint.deprecated.clone(),
            removed: endpoint.origin.is_lock(),
            features: features(family),
            counts,
            tombstones: lock::tombstones_of(endpoint),
            file,
            module: names.module.to_string(),
            request: names.request.to_string(),
            response: names.response.to_string(),
        }
    }

    fn placed(&self, api: &str, platform: &Platform) -> Option<Placed> {
        // Its place is shown in no finding: after an error, everything is checked again.
        let place = platform.origin.clone();
        let names = EndpointNames {
            module: Identifier::new(&self.module)?,
            request: Identifier::new(&self.request)?,
            response: Identifier::new(&self.response)?,
            request_side: SideNames { root: FieldNames(Vec::new()), objects: Vec::new(), enums: Vec::new() },
            response_side: SideNames { root: FieldNames(Vec::new()), objects: Vec::new(), enums: Vec::new() },
            findings: Diagnostics::new(),
        };
        let (family, features) = (self.family.clone(), self.features.clone());
        Some(Placed { family, features, endpoint: self.endpoint(api, place), names })
    }

    fn endpoint(&self, api: &str, place: Place) -> Endpoint {
        let origin = if self.removed { Origin::Lock(place) } else { Origin::Spec(place) };
        Endpoint {
            spec_path: self.spec.clone(),
            title: self.title.clone(),
            session: self.session,
            deprecated: self.deprecated.clone(),
            ..Endpoint::bare(api.to_owned(), origin)
        }
    }
}
