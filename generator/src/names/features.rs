//! Families as Cargo features: some names are taken, registries limit their number, and the defaults must exist.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::{Family, Model};
use crate::source::{Place, SpecPath};
use crate::terms::FIXED_FEATURES;

/// Maximum number of families. crates.io takes 300 features of a package; some stay free for other features.
const MOST_FAMILIES: usize = 280;

/// Cargo's own name for the features that are on by default.
const DEFAULT: &str = "default";

/// Reports features that a generated crate cannot have, and default features that it lacks.
pub fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let families: Vec<&Family> = model.platforms.iter().flat_map(|platform| &platform.families).collect();
    let is_taken = |name: &str| name == DEFAULT || FIXED_FEATURES.iter().any(|feature| feature.name == name);
    for family in families.iter().filter(|family| is_taken(&family.feature)) {
        let message = format!(
            "the Cargo feature of this family would be `{}`, which every generated crate already has",
            family.feature
        );
        diagnostics.push(
            Diagnostic::new(Code::TakenFeature, family.origin.clone(), message).help("choose another folder name"),
        );
    }
    if let Some(first) = model.platforms.first().filter(|_| families.len() > MOST_FAMILIES) {
        let place = Place::key(first.origin.file, SpecPath::root().key("families"));
        let count = families.len();
        let message =
            format!("{count} families need as many Cargo features, but a registry accepts about {MOST_FAMILIES}");
        diagnostics.push(Diagnostic::new(Code::TooManyFamilies, place, message).help("merge small families"));
    }
    check_defaults(model, &families, diagnostics);
}

/// Each default feature must be that of a family.
fn check_defaults(model: &Model, families: &[&Family], diagnostics: &mut Diagnostics) {
    let Some(origin) = &model.package.origin else { return };
    let known = || families.iter().map(|family| family.feature.as_str());
    for (index, feature) in model.package.default_features.iter().enumerate() {
        if known().any(|known| known == feature) {
            continue;
        }
        let place = Place::value(origin.file, SpecPath::root().key("default_families").index(index));
        let mut finding = Diagnostic::new(Code::UnknownFamily, place, format!("there is no family `{feature}`"));
        if has_transcripts(feature, model) {
            finding = finding.help("the lock keeps its APIs in their previous families");
        } else if let Some(near) = nearest(feature, known()) {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        diagnostics.push(finding);
    }
}

/// Whether there are transcripts in the family's folder, wherever the lock keeps their APIs.
fn has_transcripts(feature: &str, model: &Model) -> bool {
    model.platforms.iter().any(|platform| {
        let name = feature.strip_prefix(&platform.name).and_then(|rest| rest.strip_prefix('-'));
        let folder = name.map(|name| format!("{}/{name}/", platform.name));
        let mut endpoints = platform.families.iter().flat_map(|family| &family.endpoints);
        folder.is_some_and(|folder| endpoints.any(|endpoint| endpoint.spec_path.starts_with(&folder)))
    })
}
