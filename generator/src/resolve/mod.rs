//! Specs to model: named passes, one file each, in the order in which [`resolve`] calls them.
//!
//! Every pass goes on after a finding and reports the next one too. A model comes out only if there was no error.

mod conserve;
mod endpoint;
mod envelope;
mod families;
mod marks;
mod objects;
mod package;
mod paths;
mod platform;
mod signing;
pub(crate) mod types;
mod values;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lock::{self, Lock, LockedApis};
use crate::model::{Model, Platform};
use crate::spec::{PlatformSpecs, Specs};

/// Turns what the specs say into what they mean.
///
/// `None` if anything among them is wrong; the findings say what.
pub fn resolve(specs: &Specs, diagnostics: &mut Diagnostics) -> Option<Model> {
    resolve_locked(specs, Lock::default(), diagnostics)
}

/// The same, where a lock keeps what has been named before.
///
/// `None` if anything among the specs, or between them and the lock, is wrong.
pub fn resolve_locked(specs: &Specs, mut lock: Lock, diagnostics: &mut Diagnostics) -> Option<Model> {
    let mut platforms: Vec<Platform> = Vec::new();
    for platform in &specs.platforms {
        let locked = lock.take(&platform.name);
        platforms.extend(resolve_platform(platform, &|_, _| true, locked, diagnostics));
    }
    check_lock(&lock, diagnostics);
    families::check_features(&platforms, specs, diagnostics);
    let package = package::resolve(specs, &platforms, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let model = Model { package: package?, platforms };
    conserve::check(specs, &model, diagnostics);
    (!diagnostics.has_errors()).then_some(model)
}

/// Resolves what can be resolved of specs that are only a part of their folder: `diff` leaves out what did not change.
///
/// Only the APIs that `wanted` names by platform and name are looked at; the lock must hold no others.
pub(crate) fn resolve_part(
    specs: &Specs,
    wanted: &dyn Fn(&str, &str) -> bool,
    mut lock: Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<Platform> {
    specs
        .platforms
        .iter()
        .filter_map(|platform| resolve_platform(platform, wanted, lock.take(&platform.name), diagnostics))
        .collect()
}

/// Tombstones of a platform that is gone have nothing to stand on.
fn check_lock(left: &Lock, diagnostics: &mut Diagnostics) {
    // It may be missing only because its file has errors.
    if diagnostics.has_errors() {
        return;
    }
    for (platform, apis) in left.left() {
        let Some(first) = apis.values().next() else { continue };
        let message = format!("the lock has APIs of the platform `{platform}`, which the specs no longer have");
        let help = "if it is meant to go, `apograph generate --unlock` lets go of everything the lock keeps";
        diagnostics.push(Diagnostic::new(Code::LostPlatform, first.origin.clone(), message).help(help));
    }
}

fn resolve_platform(
    specs: &PlatformSpecs,
    wanted: &dyn Fn(&str, &str) -> bool,
    locked: LockedApis,
    diagnostics: &mut Diagnostics,
) -> Option<Platform> {
    let protocol = platform::protocol(specs, diagnostics)?;
    let scheme = signing::check(specs, diagnostics)?;
    let mut families = families::declared(specs);
    for spec in specs.endpoints.iter().filter(|spec| wanted(&specs.name, &spec.spec.api)) {
        let Some(stem) = families::place(spec, specs, &mut families, diagnostics) else { continue };
        let context = endpoint::Context { specs, protocol: &protocol, scheme: &scheme };
        let endpoint = endpoint::resolve(spec, stem, &context, diagnostics);
        families::add(&spec.family, endpoint, &mut families);
    }
    lock::apply(&specs.name, &mut families, locked);
    let families = families::in_use(families, diagnostics);
    Some(Platform {
        name: specs.name.clone(),
        title: specs.spec.title.clone(),
        environments: platform::environments(specs, diagnostics),
        protocol,
        scheme,
        families,
        origin: crate::source::Place::file(specs.file),
    })
}
