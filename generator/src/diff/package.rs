//! Compares two revisions of the crate file.

use crate::source::SpecPath;
use crate::spec::CrateSpec;

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
    changes
}
