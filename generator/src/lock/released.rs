//! Names and types that callers use, and that another lock no longer keeps.

use std::collections::BTreeMap;

use super::{Lock, LockedApi, LockedField, LockedItem, LockedSide};
use crate::model::{EnumId, Item, ObjectId};
use crate::names::{RustItem, RustType};
use crate::source::Place;

/// In front of the name of a Cargo feature among released names.
pub(crate) const FEATURE: &str = "feature ";

/// What a lock kept of an API and the next lock does not.
#[derive(Clone, Debug)]
pub(crate) struct Released {
    pub(crate) platform: String,
    pub(crate) api: String,
    /// Paths below the platform's module; only the API's own path if the whole API is released.
    pub(crate) names: Vec<String>,
    /// The API's line in the lock that kept it.
    pub(crate) origin: Place,
}

impl Lock {
    /// The names that the next lock no longer keeps, or keeps for another type.
    pub(crate) fn released_by(&self, next: &Lock) -> Vec<Released> {
        let mut found = Vec::new();
        for (platform, apis) in &self.platforms {
            let others = next.platforms.get(platform);
            for (api, locked) in apis {
                // A new spelling of the API's own name keeps the module.
                let other = others.and_then(|others| {
                    let heir = || others.values().find(|other| other.path() == locked.path());
                    others.get(api).or_else(heir)
                });
                let names = locked.released_by(other);
                if !names.is_empty() {
                    let (platform, api, origin) = (platform.clone(), api.clone(), locked.origin.clone());
                    found.push(Released { platform, api, names, origin });
                }
            }
        }
        found
    }
}

impl LockedApi {
    /// `depot::crate_send`, by the family's name.
    fn path(&self) -> String {
        format!("{}::{}", self.family, self.module.0)
    }

    fn released_by(&self, next: Option<&Self>) -> Vec<String> {
        let kept = next.map(Self::names).unwrap_or_default();
        if !kept.contains_key(&self.path()) {
            return vec![self.path()];
        }
        let names = self.names();
        let still = |feature: &String| next.is_some_and(|next| next.features.contains(feature));
        let features = self.features.iter().filter(|feature| !still(feature));
        let gone = names.keys().filter(|name| !kept.contains_key(*name)).cloned();
        let gone: Vec<String> = gone.chain(features.map(|feature| format!("{FEATURE}{feature}"))).collect();
        if !gone.is_empty() {
            return gone;
        }
        names.into_iter().filter(|(name, ty)| kept.get(name) != Some(ty)).map(|(name, _)| name).collect()
    }

    /// Path of each name → its type, if it is the name of a field.
    fn names(&self) -> BTreeMap<String, Option<RustType<&str>>> {
        let path = self.path();
        let sides = [&self.request, &self.response];
        let inside = sides.into_iter().flat_map(LockedSide::names).map(|(name, ty)| (format!("{path}::{name}"), ty));
        inside.chain([(path.clone(), None)]).collect()
    }
}

impl LockedSide {
    fn names(&self) -> Vec<(String, Option<RustType<&str>>)> {
        let mut names = Vec::new();
        for object in &self.objects {
            let owner = &object.name.0;
            names.push((owner.clone(), None));
            let fields = object.fields.iter();
            names.extend(fields.map(|field| (format!("{owner}::{}", field.name.0), Some(self.rust_type(field)))));
        }
        for set in &self.enums {
            let owner = &set.name.0;
            names.push((owner.clone(), None));
            names.extend(set.values.iter().map(|value| (format!("{owner}::{}", value.variant), None)));
        }
        names
    }

    fn rust_type(&self, field: &LockedField) -> RustType<&str> {
        let item = match field.item {
            LockedItem::Value(item) => item,
            LockedItem::Object(at) => Item::Object(ObjectId(at)),
            LockedItem::Enum(at) => Item::Enum(EnumId(at)),
        };
        let enumeration = |EnumId(at)| self.enums.get(at).map_or("", |set| set.name.0.as_str());
        let object = |ObjectId(at)| self.objects.get(at).map_or("", |object| object.name.0.as_str());
        RustType { arity: field.arity, item: RustItem::of(item, enumeration, object) }
    }
}
