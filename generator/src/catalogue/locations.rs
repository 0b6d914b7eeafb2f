//! Where callers find an API in the generated crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::lock::{self, LockedModule};
use crate::names;
use crate::resolve;
use crate::selection::Selection;
use crate::spec::{EndpointSpecs, PlatformSpecs};

/// Where callers find an API.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// Name of its family.
    pub family: String,
    /// Its module in the crate, `top::alsc::crm_open_customer_save`.
    pub path: String,
}

/// The locations that a lock keeps.
#[derive(Debug, Default)]
pub struct Locations {
    locked: BTreeMap<(String, String), LockedModule>,
}

impl Locations {
    /// Reads the locations from the text of a lock.
    #[must_use]
    pub fn read(lock: &str) -> Self {
        Self { locked: lock::modules(lock) }
    }

    /// Returns the names of all APIs.
    pub fn apis(&self) -> impl Iterator<Item = &str> {
        self.locked.keys().map(|(_, api)| api.as_str())
    }

    /// Returns the entries of the lock that the selected APIs of a platform get their names from: their own, and those of APIs in
    /// whose place they come. `platform` has the selected APIs only.
    pub(super) fn wanted(&self, platform: &PlatformSpecs, selection: &Selection) -> Vec<(String, String)> {
        let key = |api: &EndpointSpecs| (platform.name.clone(), api.spec.api.clone());
        let new = platform.endpoints.iter().filter(|api| !self.locked.contains_key(&key(api)));
        let modules: BTreeSet<String> = new.filter_map(|api| fresh(api, platform)).collect();
        let locked = self.locked.iter().filter(|((name, _), _)| *name == platform.name);
        let wanted = locked.filter(|((_, api), module)| selection.contains(api) || modules.contains(&module.path));
        wanted.map(|(key, _)| key.clone()).collect()
    }

    /// Returns where callers find an API, or will find it once the crate is generated. `None` if its transcript is in the
    /// folder of another family.
    #[must_use]
    pub fn of(&self, api: &EndpointSpecs, platform: &PlatformSpecs) -> Option<Location> {
        let path = match self.locked.get(&(platform.name.clone(), api.spec.api.clone())) {
            Some(module) => module.path.clone(),
            None => fresh(api, platform)?,
        };
        let family = path.split("::").next().filter(|module| *module != names::family_module(&api.family));
        let family = family.unwrap_or(&api.family).to_owned();
        Some(Location { family, path: format!("{}::{path}", names::family_module(&platform.name)) })
    }
}

/// Returns the modules of an API that the lock does not contain.
fn fresh(api: &EndpointSpecs, platform: &PlatformSpecs) -> Option<String> {
    let stem = resolve::stem(api, platform)?;
    Some(format!("{}::{}", names::family_module(&api.family), names::endpoint_module(&stem)))
}
