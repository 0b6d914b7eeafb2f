//! Every Rust identifier of the output, made here and nowhere else.
//!
//! [`assign`] fills one table, [`Names`], keyed by position and id, for the model alone. The lock then replaces the names of
//! endpoints that callers already use. At the end, [`check`] reports problems (a clash, a useless override, a word that
//! contains no identifier), so that emission cannot fail.

mod check;
mod endpoint;
mod features;
mod fields;
mod identifier;
mod kept;
pub mod reserved;
mod rust_type;
mod scheme;
mod scope;
mod types;
pub mod words;

pub use check::check;
pub use endpoint::{EndpointNames, SideNames};
pub(crate) use features::assign as assign_features;
pub use features::check as check_features;
pub use fields::FieldNames;
pub use identifier::Identifier;
pub(crate) use kept::{KeptEnum, KeptName, KeptNames, KeptObject, KeptSide};
pub use rust_type::{RustItem, RustType};
#[cfg(test)]
pub(crate) use scheme::names as scheme_names;
pub use scheme::{CredentialNames, PlanNames, SchemeNames};
pub use types::EnumNames;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Endpoint, Family, Model, Package, Platform};
use crate::parallel;
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
    /// The type that represents it, `Top`.
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

/// Names everything in the model, without regard to a lock.
///
/// Nodes that cannot be named get a placeholder. A finding about a platform is reported here. A finding about an endpoint is
/// stored with the endpoint's names until [`check`] reports it, because the lock may have a name for the node.
pub fn assign(model: &Model, diagnostics: &mut Diagnostics) -> Names {
    let platforms = model.platforms.iter().map(|platform| platform_names(platform, diagnostics)).collect();
    Names { package: package_name(&model.package), platforms }
}

/// The generated crate, as code calls it. Resolving reports a name that is not one of a package.
fn package_name(package: &Package) -> Identifier {
    let name = reserved::escape_keyword(package.name.replace('-', "_"));
    Identifier::new(&name).unwrap_or_else(Identifier::placeholder)
}

fn platform_names(platform: &Platform, diagnostics: &mut Diagnostics) -> PlatformNames {
    let marker = reserved::escape_marker(words::pascal(&platform.name));
    PlatformNames {
        module: module_name(&platform.name, &platform.origin, diagnostics),
        marker: Identifier::or_report(marker, &platform.name, &platform.origin, diagnostics),
        environments: environment_names(platform, diagnostics),
        scheme: scheme::names(&platform.scheme, diagnostics),
        families: families_names(&platform.families, diagnostics),
    }
}

fn environment_names(platform: &Platform, diagnostics: &mut Diagnostics) -> Vec<Identifier> {
    let environments = platform.environments.iter();
    let mut name = |name: &str| Identifier::or_report(words::pascal(name), name, &platform.origin, diagnostics);
    environments.map(|environment| name(&environment.name)).collect()
}

fn families_names(families: &[Family], diagnostics: &mut Diagnostics) -> Vec<FamilyNames> {
    let endpoints = families.iter().flat_map(|family| &family.endpoints);
    let mut named = parallel::map(endpoints, |endpoint| endpoint::names(endpoint, &KeptNames::default())).into_iter();
    let names = families.iter().map(|family| FamilyNames {
        module: module_name(&family.name, &family.origin, diagnostics),
        endpoints: named.by_ref().take(family.endpoints.len()).collect(),
    });
    names.collect()
}

/// The module of a platform or family. Folder names are lower case already, so only reserved words are in the way.
pub(crate) fn module_name(folder: &str, origin: &Place, diagnostics: &mut Diagnostics) -> Identifier {
    if reserved::is_taken_module(folder) {
        diagnostics.push(
            Diagnostic::new(Code::ReservedModule, origin.clone(), format!("a module cannot be named `{folder}`"))
                .help("choose another folder name"),
        );
    }
    Identifier::or_report(family_module(folder), folder, origin, diagnostics)
}

/// The text of the module of a family.
pub(crate) fn family_module(family: &str) -> String {
    reserved::escape_keyword(family.to_owned())
}

/// The text of the module of an API, unless the lock keeps another one. `stem` is the API's name without the prefix of its
/// family.
pub(crate) fn endpoint_module(stem: &str) -> String {
    reserved::escape_keyword(words::snake(stem))
}

/// Names one endpoint again, where some names are kept already.
///
/// Kept names are reserved: no other node gets one, whatever it would be called otherwise.
pub(crate) fn endpoint_names(endpoint: &Endpoint, kept: &KeptNames) -> EndpointNames {
    endpoint::names(endpoint, kept)
}

/// Returns the finding about a fix that asks for the name that its node would have anyway.
///
/// `kept` is the name that the lock keeps for the node: no fix is needed to get rid of it.
fn useless(what: &str, own: &str, place: &Place, key: &str, kept: Option<&KeptName>) -> Diagnostic {
    match kept.filter(|(name, _)| name != own) {
        None => {
            let message = format!("{what} is named `{own}` even without this `{key}`");
            Diagnostic::new(Code::UselessName, place.clone(), message)
        }
        Some((kept, at)) => {
            let message = format!("{what} is named `{own}` by default, and only the lock keeps `{kept}`");
            Diagnostic::new(Code::UselessName, place.clone(), message)
                .label(at.clone(), "kept by the lock")
                .help("remove the fix, and release the old name with `apograph generate --unlock`")
        }
    }
}
