//! `specs/api.lock`: the Rust names that callers use, kept from one run to the next.
//!
//! [`read`](fn@read) reads the file, [`apply`] matches a model and its names with what the lock keeps (names and types that
//! stay, and tombstones of what the pages no longer have), and [`text`] writes the next lock from the result.

mod merge;
mod read;
mod released;
mod types;
mod write;

use std::collections::BTreeMap;

pub use merge::apply;
pub(crate) use merge::{Placed, apply_beside};
pub(crate) use read::read_some;
pub use read::{LockedModule, entries_of, is_lock, modules, read};
pub(crate) use released::{FEATURE, Released};
pub use types::LockedApi;
pub(crate) use types::{LockedEnum, LockedField, LockedItem, LockedObject, LockedSide};
pub use write::text;
pub(crate) use write::{blocks, text_around};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::files::Limit;
use crate::model::{Endpoint, Model, Side};

/// The lock's name in the specs folder.
pub const FILE: &str = "api.lock";

/// Maximum size of a lock. The lock of 937 APIs with 20,467 names has 0.8 MB, so that of the largest platform, with 5,312 APIs,
/// would have about 4 MB. Reading one takes about thirty times its size in memory.
pub const LARGEST: Limit = Limit::mib(8);

/// The content of a lock file.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    platforms: BTreeMap<String, LockedApis>,
}

/// The APIs of one platform by their names.
pub type LockedApis = BTreeMap<String, LockedApi>;

impl Lock {
    /// Takes the APIs of a platform out of the lock.
    pub(crate) fn take(&mut self, platform: &str) -> LockedApis {
        self.platforms.remove(platform).unwrap_or_default()
    }

    /// Keeps only these APIs, each with its platform.
    pub(crate) fn retain(&mut self, wanted: impl Fn(&str, &str) -> bool) {
        for (platform, locked) in &mut self.platforms {
            locked.retain(|api, _| wanted(platform, api));
        }
    }

    /// Forgets the given APIs, or all APIs if none is given.
    ///
    /// # Errors
    ///
    /// A message about the first name that is not an API of the lock.
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

/// Reports APIs of platforms that the specs no longer have: their tombstones would belong to no module.
pub fn check_platforms(lock: &Lock, model: &Model, diagnostics: &mut Diagnostics) {
    let is_known = |name: &str| model.platforms.iter().any(|platform| platform.name == name);
    for (platform, apis) in lock.platforms.iter().filter(|(platform, _)| !is_known(platform)) {
        let Some(first) = apis.values().next() else { continue };
        let message = format!("the lock has APIs of the platform `{platform}`, which is no longer in the specs");
        let help =
            "if the platform is meant to go, `apograph generate --unlock` releases everything that the lock keeps";
        diagnostics.push(Diagnostic::new(Code::LostPlatform, first.origin.clone(), message).help(help));
    }
}

/// Counts the tombstones of a model. What belongs to a tombstone is part of it.
#[must_use]
pub fn tombstones(model: &Model) -> usize {
    let families = model.platforms.iter().flat_map(|platform| &platform.families);
    families.flat_map(|family| &family.endpoints).map(tombstones_of).sum()
}

/// Counts the tombstones of an API.
pub(crate) fn tombstones_of(endpoint: &Endpoint) -> usize {
    let owner = &endpoint.origin;
    if owner.is_lock() {
        return 1;
    }
    let within = |side: &Side| {
        let root = side.root.iter().map(|field| (&field.origin, owner));
        let objects = side.objects.iter().map(|object| (&object.origin, owner));
        let enums = side.enums.iter().map(|set| (&set.origin, owner));
        let members =
            side.objects.iter().flat_map(|object| object.fields.iter().map(|field| (&field.origin, &object.origin)));
        let values = side.enums.iter().flat_map(|set| set.values.iter().map(|value| (&value.origin, &set.origin)));
        let nodes = root.chain(objects).chain(enums).chain(members).chain(values);
        nodes.filter(|(node, owner)| node.is_tombstone_in(owner)).count()
    };
    within(&endpoint.request) + within(&endpoint.response)
}
