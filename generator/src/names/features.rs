//! Families as Cargo features: which feature enables which family, and whether a crate can have these features.
//!
//! A declared feature has the families that the platform file lists. Every other family is a feature of its own, as long as
//! there are not too many; then the smallest families of a platform share `<platform>-more`. A family that callers already
//! reach by a feature stays there, and a feature that has enabled a family always does.

use std::collections::BTreeSet;

use apograph_runtime::sources::DEPENDENCIES;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::{Family, Model, Platform};
use crate::source::{Place, SpecPath};
use crate::terms::{FIXED_FEATURES, FULL, MORE, feature_name};

/// Number of features above which families share one. crates.io takes 300 features of a package; the features that every
/// crate has and those that callers knew before a reorganisation are among them.
const MOST_FEATURES: usize = 250;

/// Cargo's own name for the features that are on by default.
const DEFAULT: &str = "default";

/// The package that a generated crate depends on, unless it contains its sources.
const RUNTIME: &str = "apograph-runtime";

/// Decides the feature of every family. On entry, `former_features` has every feature that the lock keeps for the family.
pub(crate) fn assign(platforms: &mut [Platform], default_features: &[String]) {
    let mut names = BTreeSet::new();
    let mut free: Vec<(usize, String, usize, usize)> = Vec::new();
    for (at, platform) in platforms.iter_mut().enumerate() {
        for index in 0..platform.families.len() {
            let declared = declared(platform, index).map(str::to_owned);
            let Some(family) = platform.families.get_mut(index) else { continue };
            names.extend(family.former_features.iter().cloned());
            let own = feature_name(&platform.name, &family.name);
            let kept = [&own, &feature_name(&platform.name, MORE)];
            let kept = kept.into_iter().find(|name| family.former_features.contains(name)).cloned();
            let is_free = declared.is_none() && kept.is_none();
            family.feature = declared.or(kept).unwrap_or(own);
            if is_free && !default_features.contains(&family.feature) {
                free.push((family.endpoints.len(), family.feature.clone(), at, index));
            } else {
                names.insert(family.feature.clone());
            }
        }
    }
    share(free, names, platforms);
    let families = platforms.iter_mut().flat_map(|platform| &mut platform.families);
    families.for_each(|family| family.former_features.retain(|former| *former != family.feature));
}

/// Returns the declared feature of a family.
fn declared(platform: &Platform, index: usize) -> Option<&str> {
    let family = platform.families.get(index)?;
    let has_family = |names: &Vec<String>| names.contains(&family.name);
    platform.features.iter().find(|feature| has_family(&feature.families)).map(|feature| feature.name.as_str())
}

/// Moves the smallest families into the shared features of their platforms, until the crate has few enough features. `free`
/// has the number of APIs of each family that could move, its feature, and its position.
fn share(mut free: Vec<(usize, String, usize, usize)>, fixed: BTreeSet<String>, platforms: &mut [Platform]) {
    let mut names = fixed.clone();
    names.extend(free.iter().map(|(_, own, ..)| own.clone()));
    free.sort();
    for (_, own, at, index) in free {
        if names.len() <= MOST_FEATURES {
            return;
        }
        let Some(platform) = platforms.get_mut(at) else { continue };
        let more = feature_name(&platform.name, MORE);
        let Some(family) = platform.families.get_mut(index) else { continue };
        if !fixed.contains(&own) {
            names.remove(&own);
        }
        names.insert(more.clone());
        family.feature = more;
    }
}

/// Reports features that a generated crate cannot have, and default features that it lacks.
pub fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for platform in &model.platforms {
        check_taken(platform, diagnostics);
        check_declared(platform, diagnostics);
        check_shared(platform, diagnostics);
    }
    check_defaults(model, diagnostics);
}

/// Returns what already has the name of a feature.
fn taken_by(feature: &str) -> Option<&'static str> {
    let is_fixed = [DEFAULT, FULL].contains(&feature) || FIXED_FEATURES.iter().any(|fixed| fixed.name == feature);
    let is_package = || feature == RUNTIME || DEPENDENCIES.iter().any(|dependency| dependency.name == feature);
    if is_fixed {
        Some("which every generated crate already has")
    } else {
        // Cargo can take the feature for the package.
        is_package().then_some("which is the name of a package that generated crates depend on")
    }
}

/// What has a feature, and what to do if its name is taken.
const FAMILY: [&str; 2] =
    ["family", "declare a feature of another name under `features`, or choose another folder name"];
const GROUP: [&str; 2] = ["group of families", "choose another name"];

fn check_taken(platform: &Platform, diagnostics: &mut Diagnostics) {
    let own = platform.families.iter().filter(|family| declared_name(platform, &family.feature).is_none());
    let own = own.map(|family| (&family.feature, &family.origin, FAMILY));
    let declared = platform.features.iter().map(|feature| (&feature.name, &feature.origin, GROUP));
    for (feature, origin, [what, help]) in own.chain(declared) {
        let Some(why) = taken_by(feature) else { continue };
        let message = format!("the Cargo feature of this {what} would be `{feature}`, {why}");
        diagnostics.push(Diagnostic::new(Code::TakenFeature, origin.clone(), message).help(help));
    }
}

/// Returns the declaration of a feature.
fn declared_name<'a>(platform: &'a Platform, feature: &str) -> Option<&'a crate::model::Feature> {
    platform.features.iter().find(|declared| declared.name == feature)
}

/// A feature that is called like a family has that family.
fn check_declared(platform: &Platform, diagnostics: &mut Diagnostics) {
    for family in &platform.families {
        let own = feature_name(&platform.name, &family.name);
        let Some(feature) = declared_name(platform, &own).filter(|other| !other.families.contains(&family.name)) else {
            continue;
        };
        let message = format!("`{own}` is the Cargo feature of the family `{}`, which is not in this one", family.name);
        let help = format!("add `{}` to its families, or choose another name", family.name);
        diagnostics.push(
            Diagnostic::new(Code::BadFeature, feature.origin.clone(), message)
                .label(family.origin.clone(), "the family")
                .help(help),
        );
    }
}

/// A family called like the shared feature of its platform cannot be a feature of its own beside it.
fn check_shared(platform: &Platform, diagnostics: &mut Diagnostics) {
    let more = feature_name(&platform.name, MORE);
    let is_shared = platform.families.iter().any(|family| family.feature == more && family.name != MORE);
    let own = platform.families.iter().find(|family| family.feature == more && family.name == MORE);
    let Some(family) = own.filter(|_| is_shared) else { return };
    let message = format!("the smallest families share the Cargo feature `{more}`, which this family has already");
    let help = format!("declare a feature of another name for `{MORE}`, under `features`");
    diagnostics.push(Diagnostic::new(Code::TakenFeature, family.origin.clone(), message).help(help));
}

/// Each default feature must be that of a family.
fn check_defaults(model: &Model, diagnostics: &mut Diagnostics) {
    let Some(origin) = &model.package.origin else { return };
    let families: Vec<&Family> = model.platforms.iter().flat_map(|platform| &platform.families).collect();
    let known = || families.iter().flat_map(|family| family.features());
    for (index, feature) in model.package.default_features.iter().enumerate() {
        if known().any(|known| known == feature) {
            continue;
        }
        let place = Place::value(origin.file, SpecPath::root().key("default_families").index(index));
        let message = format!("there is no family and no feature `{feature}`");
        let mut finding = Diagnostic::new(Code::UnknownFamily, place, message);
        if let Some(current) = current(feature, model) {
            finding = finding.help(format!("the family is part of the feature `{current}`"));
        } else if has_transcripts(feature, model) {
            finding = finding.help("the lock keeps its APIs in their previous families");
        } else if let Some(near) = nearest(feature, known()) {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        diagnostics.push(finding);
    }
}

/// Returns the feature of the family that a feature would be called after.
fn current<'a>(feature: &str, model: &'a Model) -> Option<&'a str> {
    model.platforms.iter().find_map(|platform| {
        let is_it = |family: &&Family| feature_name(&platform.name, &family.name) == feature;
        platform.families.iter().find(is_it).map(|family| family.feature.as_str())
    })
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
