//! Every Rust identifier of the output, made here and nowhere else.
//!
//! One pass over the model fills one table, [`Names`], keyed by position and id. What is wrong (a clash, a useless
//! override, a word that holds no identifier) is reported here, so that emission cannot fail.

mod endpoint;
mod fields;
mod identifier;
pub mod reserved;
mod scheme;
mod types;
pub mod words;

use std::collections::BTreeMap;

pub use endpoint::{EndpointNames, SideNames};
pub use fields::FieldNames;
pub use identifier::Identifier;
#[cfg(test)]
pub(crate) use scheme::names as scheme_names;
pub use scheme::{CredentialNames, PlanNames, SchemeNames};
pub use types::EnumNames;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Endpoint, Enum, EnumValue, Family, Field, Model, Object, Platform};
use crate::source::Place;

/// All identifiers, in the order of the model.
#[derive(Debug)]
pub struct Names {
    /// The generated crate, as code calls it.
    pub package: Identifier,
    /// One entry per platform.
    pub platforms: Vec<PlatformNames>,
}

/// Identifiers of one platform.
#[derive(Debug)]
pub struct PlatformNames {
    /// Its module, `top`.
    pub module: Identifier,
    /// The type that stands for it, `Top`.
    pub marker: Identifier,
    /// Variants of its `Environment`.
    pub environments: Vec<Identifier>,
    /// What its signature names.
    pub scheme: SchemeNames,
    /// One entry per family.
    pub families: Vec<FamilyNames>,
}

/// Identifiers of one family.
#[derive(Debug)]
pub struct FamilyNames {
    /// Its module, `alsc`.
    pub module: Identifier,
    /// One entry per endpoint.
    pub endpoints: Vec<EndpointNames>,
}

/// The module of an endpoint that no lock knows.
pub(crate) fn endpoint_module(endpoint: &Endpoint) -> String {
    endpoint::module(endpoint)
}

/// The module of a family of that name.
pub(crate) fn family_module(family: &str) -> String {
    reserved::escape_keyword(family.to_owned())
}

/// The name that a field gets where nothing is locked.
pub(crate) fn fresh_field(field: &Field) -> String {
    fields::fresh(field)
}

/// The names that an object gets where nothing is locked: the second if the request has a type of the first.
pub(crate) fn fresh_object(object: &Object, endpoint: &str) -> [String; 2] {
    types::fresh_object(object, endpoint)
}

/// The names that an enum gets where nothing is locked: the second if the request has a type of the first.
pub(crate) fn fresh_enum(set: &Enum, endpoint: &str) -> [String; 2] {
    types::fresh_enum(set, endpoint)
}

/// The variant that a value gets.
pub(crate) fn fresh_variant(value: &EnumValue) -> String {
    types::fresh_variant(value)
}

/// Names everything in the model, or says what cannot be named.
pub fn assign(model: &Model, diagnostics: &mut Diagnostics) -> Names {
    let mut modules = Scope::new(RENAME_FOLDER);
    // The tests of all platforms' vectors stand in one file.
    let mut vectors = Scope::new(RENAME);
    let mut platforms = Vec::new();
    for platform in &model.platforms {
        let names = platform_names(platform, diagnostics);
        modules.claim(&names.module, &platform.name, &platform.origin, diagnostics);
        for (vector, name) in platform.scheme.vectors.iter().zip(&names.scheme.vectors) {
            vectors.claim(name, &vector.name, &vector.origin, diagnostics);
        }
        platforms.push(names);
    }
    let package = &model.package;
    let crate_name = reserved::escape_keyword(package.name.replace('-', "_"));
    Names { package: Identifier::or_report(crate_name, &package.name, &package.origin, diagnostics), platforms }
}

fn platform_names(platform: &Platform, diagnostics: &mut Diagnostics) -> PlatformNames {
    let environments = environment_names(platform, diagnostics);
    let marker = reserved::escape_marker(words::pascal(&platform.name));
    let mut modules = Scope::new(RENAME_FOLDER);
    let mut families = Vec::new();
    for family in &platform.families {
        let names = family_names(family, diagnostics);
        modules.claim(&names.module, &family.name, &family.origin, diagnostics);
        families.push(names);
    }
    PlatformNames {
        module: module_name(&platform.name, &platform.origin, diagnostics),
        marker: Identifier::or_report(marker, &platform.name, &platform.origin, diagnostics),
        environments,
        scheme: scheme::names(&platform.name, &platform.scheme, diagnostics),
        families,
    }
}

fn environment_names(platform: &Platform, diagnostics: &mut Diagnostics) -> Vec<Identifier> {
    let mut seen = Scope::new(RENAME);
    let mut names = Vec::new();
    for environment in &platform.environments {
        let name =
            Identifier::or_report(words::pascal(&environment.name), &environment.name, &platform.origin, diagnostics);
        seen.claim(&name, &environment.name, &platform.origin, diagnostics);
        names.push(name);
    }
    names
}

/// A platform's or family's module: folder names are lower case already, so only reserved words are in the way.
fn module_name(folder: &str, origin: &Place, diagnostics: &mut Diagnostics) -> Identifier {
    if reserved::is_taken_module(folder) {
        diagnostics.push(
            Diagnostic::new(Code::ReservedModule, origin.clone(), format!("a module cannot be called `{folder}`"))
                .help("choose another folder name"),
        );
    }
    Identifier::or_report(family_module(folder), folder, origin, diagnostics)
}

fn family_names(family: &Family, diagnostics: &mut Diagnostics) -> FamilyNames {
    let module = module_name(&family.name, &family.origin, diagnostics);
    let mut endpoints = Vec::new();
    let mut types = Scope::new(SPLIT_FAMILY);
    let mut modules = Scope::new(SPLIT_FAMILY);
    for endpoint in &family.endpoints {
        let names = endpoint::names(endpoint, diagnostics);
        // One finding per pair is enough.
        let _ = modules.claim(&names.module, &endpoint.api, &endpoint.origin, diagnostics)
            && types.claim(&names.request, &endpoint.api, &endpoint.origin, diagnostics)
            && types.claim(&names.response, &endpoint.api, &endpoint.origin, diagnostics);
        endpoints.push(names);
    }
    FamilyNames { module, endpoints }
}

/// A fix that asks for the name that is made anyway. Where the lock keeps another one, no fix is needed to leave it.
fn useless(what: &str, own: &str, place: &Place, key: &str, locked: Option<&(String, Place)>) -> Diagnostic {
    match locked.filter(|(name, _)| name != own) {
        None => {
            let message = format!("{what} is called `{own}` anyway: this `{key}` changes nothing");
            Diagnostic::new(Code::UselessName, place.clone(), message)
        }
        Some((kept, at)) => {
            let message = format!("{what} would be called `{own}` anyway, if the lock did not keep `{kept}`");
            Diagnostic::new(Code::UselessName, place.clone(), message)
                .label(at.clone(), "kept here")
                .help("leave the fix out, and let go of the old name with `apograph generate --unlock`")
        }
    }
}

/// What to do about a clash of things that the platform file names.
const RENAME: &str = "rename one of them";

/// What to do about a clash of folders.
const RENAME_FOLDER: &str = "rename one of the folders";

/// What to do about a clash of fields.
const FIX_FIELD: &str = "give one of them a `rust_name` in the fix file";

/// What to do about a clash of APIs: module and file are called after what is left of the name.
const SPLIT_FAMILY: &str =
    "put them into families with other prefixes, or give one a `rust_name` if only its types clash";

/// The names given out in one Rust scope, with what each was given to.
#[derive(Clone)]
struct Scope {
    given: BTreeMap<String, (String, Place)>,
    /// What to do about a clash.
    help: &'static str,
}

impl Scope {
    /// A scope in which nothing is taken.
    fn new(help: &'static str) -> Self {
        Self { given: BTreeMap::new(), help }
    }

    /// Gives the name out, or reports that something else has it already.
    fn claim(&mut self, name: &Identifier, what: &str, origin: &Place, diagnostics: &mut Diagnostics) -> bool {
        let taken = self.given.insert(name.as_str().to_owned(), (what.to_owned(), origin.clone()));
        let Some((other, place)) = taken else { return true };
        diagnostics.push(
            Diagnostic::new(
                Code::NameClash,
                origin.clone(),
                format!("`{what}` and `{other}` would both be called `{name}`"),
            )
            .label(place, format!("`{other}` is here"))
            .help(self.help),
        );
        false
    }
}
