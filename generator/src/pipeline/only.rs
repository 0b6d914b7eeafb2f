//! A crate of some APIs only: a part of the whole crate, in which everything has the same names.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Family, Model, Platform};
use crate::names::{FamilyNames, Names, PlatformNames};
use crate::selection::Selection;
use crate::source::{Place, SpecPath};
use crate::spec::Specs;

/// Returns the names of all APIs, tombstones included.
pub(super) fn apis(model: &Model) -> Vec<&str> {
    let families = model.platforms.iter().flat_map(|platform| &platform.families);
    families.flat_map(|family| &family.endpoints).map(|endpoint| endpoint.api.as_str()).collect()
}

/// Reports an entry of `only` in the crate file that matches no API.
pub(super) fn check(specs: &Specs, model: &Model, diagnostics: &mut Diagnostics) {
    let Some(package) = &specs.crate_spec else { return };
    if let Err(unmatched) = Selection::new(&package.spec.only).check(&apis(model)) {
        let place = Place::value(package.file, SpecPath::root().key("only").index(unmatched.index));
        diagnostics.push(Diagnostic::new(Code::UnmatchedOnly, place, unmatched.message()).help(unmatched.help()));
    }
}

/// Keeps the selected APIs, and the families, platforms and default features that they need.
pub(super) fn narrow(model: Model, names: Names, selection: &Selection) -> (Model, Names) {
    let platforms = model.platforms.into_iter().zip(names.platforms);
    let platforms = platforms.map(|(platform, names)| narrow_platform(platform, names, selection));
    let (platforms, platform_names): (Vec<Platform>, Vec<PlatformNames>) =
        platforms.filter(|(platform, _)| !platform.families.is_empty()).unzip();
    let mut package = model.package;
    let families = || platforms.iter().flat_map(|platform| &platform.families);
    package.default_features.retain(|feature| families().any(|family| family.features().any(|known| known == feature)));
    (Model { package, platforms }, Names { platforms: platform_names, ..names })
}

fn narrow_platform(platform: Platform, names: PlatformNames, selection: &Selection) -> (Platform, PlatformNames) {
    let families = platform.families.into_iter().zip(names.families);
    let families = families.map(|(family, names)| narrow_family(family, names, selection));
    let (families, family_names) = families.filter(|(family, _)| !family.endpoints.is_empty()).unzip();
    (Platform { families, ..platform }, PlatformNames { families: family_names, ..names })
}

fn narrow_family(family: Family, names: FamilyNames, selection: &Selection) -> (Family, FamilyNames) {
    let endpoints = family.endpoints.into_iter().zip(names.endpoints);
    let (endpoints, endpoint_names) = endpoints.filter(|(endpoint, _)| selection.contains(&endpoint.api)).unzip();
    (Family { endpoints, ..family }, FamilyNames { endpoints: endpoint_names, ..names })
}
