//! Matches a model and its names with a lock: endpoints stay in their modules with their names and types, and nodes that no
//! page has any longer come back as tombstones, which are ordinary nodes whose origin is the lock.

mod boxes;
mod fields;
mod groups;
mod pairs;
mod rebuild;

use std::collections::{BTreeMap, BTreeSet};

use super::{Lock, LockedApi, LockedApis, LockedSide};
use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Family, Model, Origin, Platform, SideName};
use crate::names::{self, EndpointNames, FamilyNames, KeptName, KeptNames, Names, PlatformNames};
use crate::parallel;
use crate::terms::{REMOVED, feature_name};

/// An endpoint with its names, and where callers find it.
pub(crate) struct Placed {
    /// Its family.
    pub(crate) family: String,
    /// The features by which callers reach the family.
    pub(crate) features: BTreeSet<String>,
    pub(crate) endpoint: Endpoint,
    pub(crate) names: EndpointNames,
}

/// Returns the model and its names as callers know them.
#[must_use]
pub fn apply(model: Model, names: Names, lock: Lock) -> (Model, Names) {
    apply_beside(model, names, lock, BTreeMap::new())
}

/// Like [`apply`] for the part of a model that is not in `others`, by platform, which are as callers know them already. The lock
/// has nothing about them.
#[must_use]
pub(crate) fn apply_beside(
    model: Model,
    names: Names,
    mut lock: Lock,
    mut others: BTreeMap<String, Vec<Placed>>,
) -> (Model, Names) {
    let platforms = model.platforms.into_iter().zip(names.platforms);
    let platforms = platforms.map(|(platform, names)| {
        let locked = lock.take(&platform.name);
        let others = others.remove(&platform.name).unwrap_or_default();
        apply_to(platform, names, locked, others)
    });
    let (mut platforms, platform_names): (Vec<Platform>, Vec<PlatformNames>) = platforms.unzip();
    names::assign_features(&mut platforms, &model.package.default_features);
    (Model { platforms, ..model }, Names { platforms: platform_names, ..names })
}

/// An endpoint moves into the family that the lock has for it: callers find it where it was. Families without endpoints
/// go.
fn apply_to(
    mut platform: Platform,
    mut names: PlatformNames,
    mut locked: LockedApis,
    others: Vec<Placed>,
) -> (Platform, PlatformNames) {
    let mut homes = Homes::new(&platform.name, platform.families, names.families);
    let endpoints = homes.take_endpoints();
    let found: Vec<Option<LockedApi>> = endpoints.iter().map(|(_, endpoint, _)| locked.remove(&endpoint.api)).collect();
    let mut successors = Successors::new(locked);
    let pairs: Vec<_> = endpoints
        .into_iter()
        .zip(found)
        .map(|((family, endpoint, names), found)| {
            let locked = found.or_else(|| successors.take(&family, &names));
            (family, endpoint, names, locked)
        })
        .collect();
    let kept = parallel::map(pairs, |(family, endpoint, names, locked)| match locked {
        Some(locked) => {
            let (endpoint, names) = keep(endpoint, &names, &locked);
            Placed { family: locked.family, features: locked.features, endpoint, names }
        }
        None => Placed { family, features: BTreeSet::new(), endpoint, names },
    });
    for placed in kept.into_iter().chain(others) {
        homes.place(placed);
    }
    for (api, locked) in successors.rest {
        let (endpoint, names) = tombstone(api, &locked);
        homes.place(Placed { family: locked.family, features: locked.features, endpoint, names });
    }
    (platform.families, names.families) = homes.in_use();
    (platform, names)
}

/// The families of a platform, with the names that belong to them.
struct Homes<'a> {
    platform: &'a str,
    homes: BTreeMap<String, (Family, FamilyNames)>,
}

impl<'a> Homes<'a> {
    fn new(platform: &'a str, families: Vec<Family>, names: Vec<FamilyNames>) -> Self {
        let homes = families.into_iter().zip(names).map(|(family, names)| (family.name.clone(), (family, names)));
        Self { platform, homes: homes.collect() }
    }

    /// Takes all endpoints out of their families.
    fn take_endpoints(&mut self) -> Vec<(String, Endpoint, EndpointNames)> {
        let homes = self.homes.iter_mut();
        let endpoints = homes.flat_map(|(name, (family, names))| {
            let endpoints = family.endpoints.drain(..).zip(names.endpoints.drain(..));
            endpoints.map(|(endpoint, names)| (name.clone(), endpoint, names))
        });
        endpoints.collect()
    }

    /// Puts an endpoint into its family, which keeps its features and may be one that only the lock knows.
    fn place(&mut self, Placed { family: name, features, endpoint, names }: Placed) {
        let module = names::family_module(&name);
        // A folder can be called like the module of a keyword: `type_`.
        let called_so = || self.homes.contains_key(&module).then(|| module.clone());
        let is_known = self.homes.contains_key(&name);
        let name = if is_known { None } else { called_so() }.unwrap_or(name);
        let (family, family_names) = self.home(name, &endpoint);
        let at = family.endpoints.partition_point(|other| other.api <= endpoint.api);
        family.endpoints.insert(at, endpoint);
        family_names.endpoints.insert(at, names);
        let known = &family.former_features;
        let new: Vec<String> = features.into_iter().filter(|feature| !known.contains(feature)).collect();
        family.former_features.extend(new);
        family.former_features.sort();
    }

    /// Returns a family. One that only the lock knows is made for the endpoint.
    fn home(&mut self, name: String, endpoint: &Endpoint) -> &mut (Family, FamilyNames) {
        let platform = self.platform;
        self.homes.entry(name.clone()).or_insert_with(|| {
            let origin = endpoint.origin.place().clone();
            // The reader of the lock has checked the name.
            let module = names::module_name(&name, &origin, &mut Diagnostics::new());
            let feature = feature_name(platform, &name);
            let (former_features, endpoints) = (Vec::new(), Vec::new());
            let family = Family { name, title: String::new(), feature, former_features, endpoints, origin };
            (family, FamilyNames { module, endpoints: Vec::new() })
        })
    }

    /// The families that have endpoints, sorted by name.
    fn in_use(self) -> (Vec<Family>, Vec<FamilyNames>) {
        self.homes.into_values().filter(|(family, _)| !family.endpoints.is_empty()).unzip()
    }
}

/// The locked APIs without a page. A new API that would get the module of one of them is its successor: only the
/// spelling of its name on the wire is new.
struct Successors {
    rest: BTreeMap<String, LockedApi>,
    /// Family and module → API.
    modules: BTreeMap<(String, String), String>,
}

impl Successors {
    fn new(rest: LockedApis) -> Self {
        let modules =
            rest.iter().map(|(api, locked)| ((locked.family.clone(), locked.module.0.clone()), api.clone())).collect();
        Self { rest, modules }
    }

    fn take(&mut self, family: &str, names: &EndpointNames) -> Option<LockedApi> {
        let api = self.modules.remove(&(family.to_owned(), names.module.to_string()))?;
        self.rest.remove(&api)
    }
}

/// Matches an endpoint with its lock, and names the rest of it around the kept names.
fn keep(endpoint: Endpoint, fresh: &EndpointNames, locked: &LockedApi) -> (Endpoint, EndpointNames) {
    let (request, request_side) = rebuild::side(endpoint.request, &fresh.request_side, &locked.request);
    let (response, response_side) = rebuild::side(endpoint.response, &fresh.response_side, &locked.response);
    let endpoint = Endpoint { request, response, ..endpoint };
    let names = names::endpoint_names(&endpoint, &KeptNames { request_side, response_side, ..own_names(locked) });
    (endpoint, names)
}

/// Where callers find the API.
fn own_names(locked: &LockedApi) -> KeptNames {
    let root = |side: &LockedSide| -> Option<KeptName> { side.objects.first().map(|object| object.name.clone()) };
    KeptNames {
        module: Some(locked.module.clone()),
        request: root(&locked.request),
        response: root(&locked.response),
        ..KeptNames::default()
    }
}

/// An API that only the lock has: its types stay, its calls fail.
fn tombstone(api: String, locked: &LockedApi) -> (Endpoint, EndpointNames) {
    let (request, request_side) = rebuild::tombstone(SideName::Request, &locked.request);
    let (response, response_side) = rebuild::tombstone(SideName::Response, &locked.response);
    let endpoint = Endpoint {
        spec_path: super::FILE.to_owned(),
        deprecated: Some(REMOVED.to_owned()),
        request,
        response,
        ..Endpoint::bare(api, Origin::Lock(locked.origin.clone()))
    };
    let names = names::endpoint_names(&endpoint, &KeptNames { request_side, response_side, ..own_names(locked) });
    (endpoint, names)
}
