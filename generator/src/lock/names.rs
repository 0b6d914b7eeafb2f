//! What callers' code names of an API, and what of it another lock lets go.

use std::collections::BTreeSet;

use super::{Lock, LockedApi, LockedSide};
use crate::source::Place;

/// What a lock kept of an API and the next one no longer does.
#[derive(Clone, Debug)]
pub(crate) struct LetGo {
    pub(crate) platform: String,
    pub(crate) api: String,
    /// Paths below the platform's module; only the API's own if all of it goes.
    pub(crate) names: Vec<String>,
    /// The API's line in the lock that kept it.
    pub(crate) origin: Place,
}

impl Lock {
    /// The names that the next lock no longer keeps.
    pub(crate) fn let_go_by(&self, next: &Lock) -> Vec<LetGo> {
        let mut gone = Vec::new();
        for (platform, apis) in &self.platforms {
            let others = next.platforms.get(platform);
            for (api, locked) in apis {
                // A new spelling of the API's own name keeps the module.
                let other = others.and_then(|others| {
                    let heir = || others.values().find(|other| other.path() == locked.path());
                    others.get(api).or_else(heir)
                });
                let kept = other.map(LockedApi::names).unwrap_or_default();
                let mut names: Vec<String> = locked.names().difference(&kept).cloned().collect();
                if names.contains(&locked.path()) {
                    names = vec![locked.path()];
                }
                if !names.is_empty() {
                    let (platform, api, origin) = (platform.clone(), api.clone(), locked.origin.clone());
                    gone.push(LetGo { platform, api, names, origin });
                }
            }
        }
        gone
    }
}

impl LockedApi {
    /// `depot::crate_send`, by the family's name.
    fn path(&self) -> String {
        format!("{}::{}", self.family, self.module.0)
    }

    fn names(&self) -> BTreeSet<String> {
        let path = self.path();
        let sides = [&self.request, &self.response];
        let inside = sides.into_iter().flat_map(LockedSide::names).map(|name| format!("{path}::{name}"));
        inside.chain([path.clone()]).collect()
    }
}

impl LockedSide {
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for object in &self.objects {
            names.push(object.name.0.clone());
            names.extend(object.fields.iter().map(|field| format!("{}::{}", object.name.0, field.name.0)));
        }
        for set in &self.enums {
            names.push(set.name.0.clone());
            names.extend(set.values.iter().map(|value| format!("{}::{}", set.name.0, value.variant)));
        }
        names
    }
}
