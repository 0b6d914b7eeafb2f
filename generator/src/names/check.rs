//! Reports the problems with the names of a model: findings about single endpoints, and clashes between nodes that share a
//! Rust scope.

use super::scope::{RENAME, RENAME_FOLDER, SPLIT_FAMILY, Scope};
use super::{FamilyNames, Names, PlatformNames};
use crate::diagnostic::Diagnostics;
use crate::model::{Family, Model, Platform};

/// Reports every finding about the names, after the lock has put in what it keeps.
pub fn check(model: &Model, names: &Names, diagnostics: &mut Diagnostics) {
    let mut modules = Scope::new(RENAME_FOLDER);
    for (platform, names) in model.platforms.iter().zip(&names.platforms) {
        check_platform(platform, names, diagnostics);
        modules.claim(&names.module, &platform.name, &platform.origin, diagnostics);
    }
}

fn check_platform(platform: &Platform, names: &PlatformNames, diagnostics: &mut Diagnostics) {
    let mut environments = Scope::new(RENAME);
    for (environment, name) in platform.environments.iter().zip(&names.environments) {
        environments.claim(name, &environment.name, &platform.origin, diagnostics);
    }
    let mut modules = Scope::new(RENAME_FOLDER);
    for (family, names) in platform.families.iter().zip(&names.families) {
        check_family(family, names, diagnostics);
        modules.claim(&names.module, &family.name, &family.origin, diagnostics);
    }
}

fn check_family(family: &Family, names: &FamilyNames, diagnostics: &mut Diagnostics) {
    let mut types = Scope::new(SPLIT_FAMILY);
    let mut modules = Scope::new(SPLIT_FAMILY);
    for (endpoint, names) in family.endpoints.iter().zip(&names.endpoints) {
        diagnostics.extend(names.findings.clone());
        let origin = endpoint.origin.place();
        // One finding per pair is enough.
        let _ = modules.claim(&names.module, &endpoint.api, origin, diagnostics)
            && types.claim(&names.request, &endpoint.api, origin, diagnostics)
            && types.claim(&names.response, &endpoint.api, origin, diagnostics);
    }
}
