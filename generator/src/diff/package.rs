//! Compares two revisions of the crate file.

use std::collections::BTreeSet;

use crate::source::SpecPath;
use crate::spec::{CrateSpec, PlatformSpecs, Specs};
use crate::terms::feature_name;

use super::chosen::chosen;
use super::listed::At;
use super::{Change, Kind};

/// Returns every difference between two revisions of the crate file.
pub fn package(old: &CrateSpec, new: &CrateSpec) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut at = At { path: SpecPath::root(), to: &mut changes };
    at.text("name", Kind::CrateRenamed, &old.name, &new.name);
    at.text("version", Kind::CrateVersion, &old.version, &new.version);
    at.text("description", Kind::DocCrate, &old.description, &new.description);
    at.text("license", Kind::CrateLicense, &old.license, &new.license);
    at.list("keywords", Kind::DocCrate, &old.keywords, &new.keywords);
    at.list("categories", Kind::DocCrate, &old.categories, &new.categories);
    at.text("rust-version", Kind::Msrv, &old.rust_version, &new.rust_version);
    let families = SpecPath::root().key("default_families");
    for (index, family) in new.default_families.iter().enumerate().filter(|(_, f)| !old.default_families.contains(f)) {
        let path = families.index(index);
        changes.push(Change::new(Kind::FeatureDefaultAdded, path, None, Some(family.clone())));
    }
    for (index, family) in old.default_families.iter().enumerate().filter(|(_, f)| !new.default_families.contains(f)) {
        let path = families.index(index);
        changes.push(Change::new(Kind::FeatureDefaultRemoved, path, Some(family.clone()), None));
    }
    chosen(&old.only, &new.only, &mut changes);
    changes
}

/// Tells default features that are gone from those whose families another default feature enables.
pub(super) fn regrouped(mut changes: Vec<Change>, old: &Specs, new: &Specs) -> Vec<Change> {
    let defaults = new.crate_spec.iter().flat_map(|package| &package.spec.default_families);
    let enabled: BTreeSet<_> = defaults.flat_map(|feature| families(feature, new)).collect();
    for change in changes.iter_mut().filter(|change| change.kind == Kind::FeatureDefaultRemoved) {
        let before = change.old.as_deref().map(|feature| families(feature, old)).unwrap_or_default();
        if !before.is_empty() && before.is_subset(&enabled) {
            change.kind = Kind::FeatureDefaultMoved;
        }
    }
    changes
}

/// Returns the families that a feature enables by its declaration, each with its platform.
fn families<'a>(feature: &str, specs: &'a Specs) -> BTreeSet<(&'a str, &'a str)> {
    let of_platform = |platform: &'a PlatformSpecs| {
        let is_called = |name: &str| feature_name(&platform.name, name) == feature;
        let declared = platform.spec.features.iter().find(|(name, _)| is_called(name));
        let own = platform.spec.families.names().find(|name| is_called(name));
        let families: Vec<&str> = match declared {
            Some((_, declared)) => declared.families.iter().map(String::as_str).collect(),
            None => own.into_iter().collect(),
        };
        families.into_iter().map(|family| (platform.name.as_str(), family))
    };
    specs.platforms.iter().flat_map(of_platform).collect()
}
