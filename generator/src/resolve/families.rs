//! Endpoints into families.
//!
//! A family declares the prefixes of its API names; what is left of a name is what module and types are called after.
//! The folder that a transcript lies in and the family that its name belongs to must be the same.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::{Endpoint, Family};
use crate::source::{Place, SpecPath};
use crate::spec::{EndpointSpecs, NameForm, PlatformSpecs, is_api_name, undeclared_prefix};
use crate::terms::feature_name;

/// The families of the platform file, without endpoints yet.
pub(super) fn declared(specs: &PlatformSpecs) -> Vec<Family> {
    let family = |name: &str, title: &str| Family {
        name: name.to_owned(),
        title: title.to_owned(),
        feature: feature_name(&specs.name, name),
        former_features: Vec::new(),
        endpoints: Vec::new(),
        origin: Place::key(specs.file, SpecPath::root().key("families").key(name)),
    };
    let mut families: Vec<Family> = specs.spec.families.iter().map(|(name, spec)| family(name, &spec.title)).collect();
    families.sort_by(|one, other| one.name.cmp(&other.name));
    families
}

/// Returns the API's name without the prefix of its family, which is the folder of its transcript.
///
/// A folder that the platform file does not declare is treated as a family with the prefix that `apograph transcribe` would
/// propose.
pub(super) fn place(
    spec: &EndpointSpecs,
    platform: &PlatformSpecs,
    families: &mut Vec<Family>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let api = spec.spec.api.as_str();
    let at = spec.value(&SpecPath::root().key("api"));
    if !is_api_name(api) {
        let message = format!("{} is not a valid API name: letters, digits, `.`, `-` and `_`", quoted(api));
        diagnostics.push(Diagnostic::new(Code::BadApiName, at, message));
        return None;
    }
    if platform.spec.families.get(&spec.family).is_none() {
        return place_undeclared(spec, platform, families, diagnostics);
    }
    let owner = owner(api, platform);
    match owner {
        Some((family, prefix)) if family == spec.family => Some(rest(api, prefix).to_owned()),
        Some((family, _)) => {
            let message = format!("`{api}` belongs to the family `{family}`, not to `{}`", spec.family);
            let help = format!("move the file to {}/{family}/", platform.name);
            diagnostics.push(Diagnostic::new(Code::WrongFamily, at, message).help(help));
            None
        }
        None => {
            let message = format!("`{api}` has no prefix of the family `{}`", spec.family);
            let declaration = Place::key(platform.file, SpecPath::root().key("families").key(&spec.family));
            diagnostics.push(
                Diagnostic::new(Code::WrongFamily, at, message)
                    .label(declaration, "declared here")
                    .help("move the file, or add a prefix to the family"),
            );
            None
        }
    }
}

/// Returns the family with the longest matching prefix, and the prefix.
fn owner<'a>(api: &str, platform: &'a PlatformSpecs) -> Option<(&'a str, &'a str)> {
    let prefixes = platform
        .spec
        .families
        .iter()
        .flat_map(|(family, spec)| spec.prefixes.iter().map(move |prefix| (family, prefix.as_str())));
    prefixes.filter(|(_, prefix)| !rest(api, prefix).is_empty()).max_by_key(|(_, prefix)| prefix.len())
}

/// Returns the name without the prefix and its dot; empty if the prefix does not match or nothing remains.
fn rest<'a>(api: &'a str, prefix: &str) -> &'a str {
    api.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default()
}

fn place_undeclared(
    spec: &EndpointSpecs,
    platform: &PlatformSpecs,
    families: &mut Vec<Family>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let api = spec.spec.api.as_str();
    let at = spec.value(&SpecPath::root().key("api"));
    let Some((prefix, _)) = undeclared_prefix(api, NameForm::of(&spec.spec)) else {
        let message = format!("`{api}` has too few segments to determine its family");
        diagnostics.push(Diagnostic::new(Code::WrongFamily, at, message));
        return None;
    };
    if !families.iter().any(|family| family.name == spec.family) {
        let message = format!("the family `{}` is not declared", spec.family);
        let help = format!(
            "add `{}: {{title: …, prefixes: [{prefix}]}}` to `families` in {}/platform.yaml, or transcribe a page of the family \
             with `apograph transcribe --assign-families`, which inserts the line",
            spec.family, platform.name
        );
        diagnostics.push(Diagnostic::new(Code::UndeclaredFamily, at.clone(), message).help(help));
        families.push(Family {
            name: spec.family.clone(),
            title: String::new(),
            feature: feature_name(&platform.name, &spec.family),
            former_features: Vec::new(),
            endpoints: Vec::new(),
            origin: at,
        });
        families.sort_by(|one, other| one.name.cmp(&other.name));
    }
    Some(rest(api, prefix).to_owned())
}

/// Adds an endpoint to its family.
pub(super) fn add(family: &str, endpoint: Endpoint, families: &mut [Family]) {
    if let Some(family) = families.iter_mut().find(|candidate| candidate.name == family) {
        family.endpoints.push(endpoint);
    }
}

/// The families, each with its endpoints in order of their names; no API may come twice.
pub(super) fn sorted(mut families: Vec<Family>, diagnostics: &mut Diagnostics) -> Vec<Family> {
    for family in &mut families {
        family.endpoints.sort_by(|one, other| one.api.cmp(&other.api));
        for pair in family.endpoints.windows(2) {
            if let [first, second] = pair
                && first.api == second.api
            {
                diagnostics.push(
                    Diagnostic::new(
                        Code::RepeatedApi,
                        second.origin.place().clone(),
                        format!("duplicate transcript of `{}`", second.api),
                    )
                    .label(first.origin.place().clone(), "first transcript"),
                );
            }
        }
    }
    families
}
