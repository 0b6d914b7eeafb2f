//! A few APIs of the specs, resolved and named as in the crate, without the rest.

use std::collections::BTreeSet;

use super::locations::Locations;
use crate::diagnostic::Diagnostics;
use crate::lock;
use crate::model::{Endpoint, Family, Model, Platform};
use crate::names::{self, EndpointNames, FamilyNames, Names, PlatformNames};
use crate::resolve;
use crate::selection::Selection;
use crate::source::{FileId, Sources};
use crate::spec::{EndpointSpecs, PlatformSpecs, Specs};

/// The chosen APIs.
#[derive(Debug)]
pub struct Chosen {
    specs: Specs,
    model: Model,
    names: Names,
    selection: Selection,
}

/// One API, with everything around it.
pub(super) struct Generated<'a> {
    pub(super) platform: &'a Platform,
    pub(super) platform_names: &'a PlatformNames,
    pub(super) platform_specs: &'a PlatformSpecs,
    pub(super) family: &'a Family,
    pub(super) family_names: &'a FamilyNames,
    pub(super) endpoint: &'a Endpoint,
    pub(super) names: &'a EndpointNames,
    /// `None` if only the lock has the API.
    pub(super) specs: Option<&'a EndpointSpecs>,
}

impl Chosen {
    /// Resolves the selected APIs of the specs, and of the lock those that no page has any longer. Problems in others are not
    /// found.
    pub fn new(
        mut specs: Specs,
        selection: &Selection,
        lock: Option<FileId>,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let locations = Locations::read(lock.map_or("", |file| sources.text(file)));
        let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
        for platform in &mut specs.platforms {
            platform.endpoints.retain(|api| selection.contains(&api.spec.api));
            wanted.extend(locations.wanted(platform, selection));
        }
        specs
            .platforms
            .retain(|platform| !platform.endpoints.is_empty() || wanted.iter().any(|(name, _)| *name == platform.name));
        let is_wanted = |platform: &str, api: &str| wanted.contains(&(platform.to_owned(), api.to_owned()));
        let lock = lock.map(|file| lock::read_some(file, &is_wanted, sources, diagnostics));
        let model = resolve::resolve(&specs, diagnostics);
        let names = names::assign(&model, diagnostics);
        let (model, names) = lock::apply(model, names, lock.unwrap_or_default());
        Self { specs, model, names, selection: selection.clone() }
    }

    /// Returns the APIs.
    pub(super) fn apis(&self) -> Vec<Generated<'_>> {
        let mut all = Vec::new();
        for (platform, platform_names) in self.model.platforms.iter().zip(&self.names.platforms) {
            let Some(platform_specs) = self.specs.platforms.iter().find(|specs| specs.name == platform.name) else {
                continue;
            };
            for (family, family_names) in platform.families.iter().zip(&platform_names.families) {
                let endpoints = family.endpoints.iter().zip(&family_names.endpoints);
                for (endpoint, names) in endpoints.filter(|(endpoint, _)| self.selection.contains(&endpoint.api)) {
                    let specs = platform_specs.endpoints.iter().find(|specs| specs.spec.api == endpoint.api);
                    all.push(Generated {
                        platform,
                        platform_names,
                        platform_specs,
                        family,
                        family_names,
                        endpoint,
                        names,
                        specs,
                    });
                }
            }
        }
        all
    }
}

impl Generated<'_> {
    /// Returns the API's module in the crate.
    pub(super) fn module(&self) -> String {
        format!("{}::{}::{}", self.platform_names.module, self.family_names.module, self.names.module)
    }
}
