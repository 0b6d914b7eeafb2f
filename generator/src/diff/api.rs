//! The APIs of a revision.

use std::collections::BTreeMap;

use crate::spec::{EndpointSpecs, PlatformSpecs, Specs};

/// Identifies an API: its platform and its name.
pub(super) type Key<'a> = (&'a str, &'a str);

/// One API of a revision.
#[derive(Copy, Clone)]
pub(super) struct Api<'a> {
    pub(super) platform: &'a PlatformSpecs,
    pub(super) specs: &'a EndpointSpecs,
}

/// Returns the APIs of a revision, by platform and name.
pub(super) fn all(specs: &Specs) -> BTreeMap<Key<'_>, Api<'_>> {
    let mut apis = BTreeMap::new();
    for platform in &specs.platforms {
        for specs in &platform.endpoints {
            apis.insert((platform.name.as_str(), specs.spec.api.as_str()), Api { platform, specs });
        }
    }
    apis
}
