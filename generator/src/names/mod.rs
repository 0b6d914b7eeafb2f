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
use crate::model::{Family, Model, Platform};
use crate::source::Place;

/// All identifiers, in the order of the model.
#[derive(Debug)]
pub struct Names {
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

/// Names everything in the model, or says what cannot be named.
pub fn assign(model: &Model, diagnostics: &mut Diagnostics) -> Names {
    let platforms = model.platforms.iter().map(|platform| platform_names(platform, diagnostics)).collect();
    Names { platforms }
}

fn platform_names(platform: &Platform, diagnostics: &mut Diagnostics) -> PlatformNames {
    let environments = environment_names(platform, diagnostics);
    PlatformNames {
        module: module_name(&platform.name, &platform.origin, diagnostics),
        marker: Identifier::or_report(words::pascal(&platform.name), &platform.name, &platform.origin, diagnostics),
        environments,
        scheme: scheme::names(&platform.name, &platform.scheme, diagnostics),
        families: platform.families.iter().map(|family| family_names(family, diagnostics)).collect(),
    }
}

fn environment_names(platform: &Platform, diagnostics: &mut Diagnostics) -> Vec<Identifier> {
    let mut seen = Scope::default();
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
    Identifier::or_report(reserved::escape_keyword(folder.to_owned()), folder, origin, diagnostics)
}

fn family_names(family: &Family, diagnostics: &mut Diagnostics) -> FamilyNames {
    let module = module_name(&family.name, &family.origin, diagnostics);
    let mut endpoints = Vec::new();
    let mut types = Scope::default();
    let mut modules = Scope::default();
    for endpoint in &family.endpoints {
        let names = endpoint::names(endpoint, diagnostics);
        modules.claim(&names.module, &endpoint.api, &endpoint.origin, diagnostics);
        types.claim(&names.request, &endpoint.api, &endpoint.origin, diagnostics);
        types.claim(&names.response, &endpoint.api, &endpoint.origin, diagnostics);
        endpoints.push(names);
    }
    FamilyNames { module, endpoints }
}

/// The names given out in one Rust scope, with what each was given to.
#[derive(Clone, Default)]
struct Scope {
    given: BTreeMap<String, (String, Place)>,
}

impl Scope {
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
            .help("give one of them another name: a field or type by `rust_name` or `rust_type` in the fix file"),
        );
        false
    }
}
