//! `specs/api.lock`: the Rust names that callers use, kept from one run to the next.
//!
//! [`read`](fn@read) reads the file, [`apply`] brings what it says into the families of one platform before anything
//! is named (names that stay, and tombstones of what the pages no longer have), and [`text`] writes the next lock
//! from what was named.

mod merge;
mod names;
mod read;
mod types;
mod write;

use std::collections::BTreeMap;

pub use merge::apply;
pub(crate) use names::LetGo;
pub use read::{is_lock, read};
pub use types::LockedApi;
pub(crate) use types::{LockedEnum, LockedField, LockedItem, LockedObject, LockedSide};
pub use write::text;

use crate::diagnostic::nearest;
use crate::model::{Model, Side};

/// The lock's name in the specs folder.
pub const FILE: &str = "api.lock";

/// Everything that a lock file keeps.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    platforms: BTreeMap<String, LockedApis>,
}

/// The APIs of one platform by their names.
pub type LockedApis = BTreeMap<String, LockedApi>;

impl Lock {
    /// Takes the APIs of a platform out.
    pub fn take(&mut self, platform: &str) -> LockedApis {
        self.platforms.remove(platform).unwrap_or_default()
    }

    /// The APIs that are left, with their platforms.
    pub fn left(&self) -> impl Iterator<Item = (&str, &LockedApis)> {
        self.platforms.iter().map(|(platform, apis)| (platform.as_str(), apis))
    }

    /// Keeps only these APIs, each with its platform.
    pub(crate) fn retain(&mut self, wanted: impl Fn(&str, &str) -> bool) {
        for (platform, locked) in &mut self.platforms {
            locked.retain(|api, _| wanted(platform, api));
        }
    }

    /// Forgets these APIs, or all of them where none is named.
    ///
    /// # Errors
    ///
    /// What to say of the first name that is no API of the lock.
    pub fn forget(&mut self, apis: &[String]) -> Result<(), String> {
        if apis.is_empty() {
            self.platforms.clear();
            return Ok(());
        }
        let known = || self.platforms.values().flat_map(|apis| apis.keys().map(String::as_str));
        if let Some(unknown) = apis.iter().find(|name| !known().any(|api| api == **name)) {
            let near = nearest(unknown, known()).map(|near| format!("; did you mean `{near}`?"));
            return Err(format!("the lock has no API `{unknown}`{}", near.unwrap_or_default()));
        }
        for locked in self.platforms.values_mut() {
            locked.retain(|api, _| !apis.contains(api));
        }
        self.platforms.retain(|_, locked| !locked.is_empty());
        Ok(())
    }
}

/// How many things of a model only the lock still knows.
#[must_use]
pub fn tombstones(model: &Model) -> usize {
    let families = model.platforms.iter().flat_map(|platform| &platform.families);
    let endpoints = families.flat_map(|family| &family.endpoints);
    let within = |side: &Side| {
        let fields = side.objects.iter().flat_map(|object| &object.fields).chain(&side.root);
        let values = side.enums.iter().flat_map(|set| &set.values);
        fields.filter(|field| field.removed).count()
            + side.objects.iter().filter(|object| object.removed).count()
            + side.enums.iter().filter(|set| set.removed).count()
            + values.filter(|value| value.removed).count()
    };
    let count = |endpoint: &crate::model::Endpoint| {
        if endpoint.removed { 1 } else { within(&endpoint.request) + within(&endpoint.response) }
    };
    endpoints.map(count).sum()
}
