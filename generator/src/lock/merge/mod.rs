//! What a lock keeps of one platform, brought into its families: endpoints stay in their modules with their names, and
//! APIs that have no page any more come back as tombstones.

mod boxes;
mod pairs;
mod rebuild;

use std::collections::BTreeMap;

use super::{LockedApi, LockedApis, LockedSide};
use crate::model::{Endpoint, Family, LockedPath, SideName};
use crate::names;
use crate::terms::{HttpMethod, REMOVED, SessionNeed};

/// Brings the lock of a platform into its families.
///
/// An endpoint moves into the family that the lock has for it: callers find it where it was.
pub fn apply(platform: &str, families: &mut Vec<Family>, mut locked: LockedApis) {
    if locked.is_empty() {
        return;
    }
    let mut endpoints: Vec<(String, Endpoint)> = Vec::new();
    for family in families.iter_mut() {
        endpoints.extend(family.endpoints.drain(..).map(|endpoint| (family.name.clone(), endpoint)));
    }
    let found: Vec<Option<LockedApi>> = endpoints.iter().map(|(_, endpoint)| locked.remove(&endpoint.api)).collect();
    let mut successors = Successors::new(locked);
    for ((family, endpoint), found) in endpoints.into_iter().zip(found) {
        match found.or_else(|| successors.take(&family, &endpoint)) {
            Some(locked) => place(platform, locked.family.clone(), keep(endpoint, &locked), families),
            None => place(platform, family, endpoint, families),
        }
    }
    for (api, locked) in successors.rest {
        place(platform, locked.family.clone(), tombstone(api, &locked), families);
    }
    families.sort_by(|one, other| one.name.cmp(&other.name));
}

/// The locked APIs without a page. A new API that would stand in one's module takes its place: it has other spelling
/// on the wire only.
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

    fn take(&mut self, family: &str, endpoint: &Endpoint) -> Option<LockedApi> {
        let api = self.modules.remove(&(family.to_owned(), names::endpoint_module(endpoint)))?;
        self.rest.remove(&api)
    }
}

fn place(platform: &str, name: String, endpoint: Endpoint, families: &mut Vec<Family>) {
    if let Some(family) = families.iter_mut().find(|family| family.name == name) {
        family.endpoints.push(endpoint);
        return;
    }
    families.push(Family {
        feature: format!("{platform}-{name}"),
        name,
        title: String::new(),
        origin: endpoint.origin.clone(),
        endpoints: vec![endpoint],
    });
}

fn keep(endpoint: Endpoint, locked: &LockedApi) -> Endpoint {
    let path = path(locked);
    let request = endpoint.rust_name.as_ref().map_or(path.request.0.as_str(), |(name, _)| name);
    Endpoint {
        request: rebuild::side(endpoint.request, &locked.request, request),
        response: rebuild::side(endpoint.response, &locked.response, request),
        locked: Some(path),
        ..endpoint
    }
}

fn path(locked: &LockedApi) -> LockedPath {
    let root = |side: &LockedSide| side.objects.first().map(|object| object.name.clone());
    // The reader lets no side without a root through.
    let root = |side| root(side).unwrap_or_else(|| (String::new(), locked.origin.clone()));
    LockedPath { module: locked.module.clone(), request: root(&locked.request), response: root(&locked.response) }
}

/// An API that only the lock still knows: its types stay, its calls fail.
fn tombstone(api: String, locked: &LockedApi) -> Endpoint {
    Endpoint {
        api,
        stem: String::new(),
        file_stem: String::new(),
        spec_path: "api.lock".to_owned(),
        title: String::new(),
        description: String::new(),
        page: String::new(),
        method: HttpMethod::Post,
        path: String::new(),
        session: SessionNeed::None,
        root: String::new(),
        errors: Vec::new(),
        statuses: Vec::new(),
        idempotent: false,
        facts: Vec::new(),
        status_names: Vec::new(),
        message_names: Vec::new(),
        deprecated: Some(REMOVED.to_owned()),
        rust_name: None,
        locked: Some(path(locked)),
        removed: true,
        request: rebuild::tombstone(SideName::Request, &locked.request),
        response: rebuild::tombstone(SideName::Response, &locked.response),
        origin: locked.origin.clone(),
    }
}
