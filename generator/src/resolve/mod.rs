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

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Platform};
use crate::spec::{PlatformSpecs, Specs};

/// Turns what the specs say into what they mean.
///
/// `None` if anything among them is wrong; the findings say what.
pub fn resolve(specs: &Specs, diagnostics: &mut Diagnostics) -> Option<Model> {
    let platforms: Vec<Platform> =
        specs.platforms.iter().filter_map(|platform| resolve_platform(platform, diagnostics)).collect();
    families::check_features(&platforms, specs, diagnostics);
    let package = package::resolve(specs, &platforms, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let model = Model { package: package?, platforms };
    conserve::check(specs, &model, diagnostics);
    (!diagnostics.has_errors()).then_some(model)
}

fn resolve_platform(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<Platform> {
    let protocol = platform::protocol(specs, diagnostics)?;
    let scheme = signing::check(specs, diagnostics)?;
    let mut families = families::declared(specs);
    for spec in &specs.endpoints {
        let Some(stem) = families::place(spec, specs, &mut families, diagnostics) else { continue };
        let context = endpoint::Context { specs, protocol: &protocol, scheme: &scheme };
        let endpoint = endpoint::resolve(spec, stem, &context, diagnostics);
        families::add(&spec.family, endpoint, &mut families);
    }
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
