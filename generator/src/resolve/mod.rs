//! Specs to model: named passes, one file each, in the order in which [`resolve`] calls them.
//!
//! Every pass continues after a finding and reports the next one too. An API or platform that cannot be resolved is left
//! out of the model; everything else is in it.

mod conserve;
mod context;
mod endpoint;
mod envelope;
mod envelope_form;
mod error_table;
mod families;
mod features;
mod marks;
mod objects;
mod package;
mod paths;
mod placement;
mod platform;
mod request_form;
mod shapes;
mod signing;
mod system_fields;
pub(crate) mod types;
mod values;

pub use conserve::{check as check_conserved, not_conserved};
pub(crate) use endpoint::sides;
pub(crate) use envelope::Opened;
pub(crate) use objects::TypeRules;
pub use package::check as check_package;

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Platform};
use crate::parallel;
use crate::source::Place;
use crate::spec::{EndpointSpecs, PlatformSpecs, Specs};

/// Turns the specs into what they mean, and reports everything that is wrong with them; the crate file has a check of its
/// own, [`check_package`], and so has what must not get lost, [`check_conserved`].
///
/// The model holds whatever could be resolved. It is complete if no error was reported.
pub fn resolve(specs: &Specs, diagnostics: &mut Diagnostics) -> Model {
    let platforms = specs.platforms.iter();
    let platforms = platforms.filter_map(|platform| resolve_platform(platform, diagnostics)).collect();
    Model { package: package::resolve(specs), platforms }
}

/// Returns the API's name without the prefix of its family, after which its module is called. `None` if the API does not
/// belong in the folder of its transcript.
pub(crate) fn stem(spec: &EndpointSpecs, platform: &PlatformSpecs) -> Option<String> {
    families::place(spec, platform, &mut Vec::new(), &mut Diagnostics::new())
}

fn resolve_platform(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<Platform> {
    let mut protocol = platform::protocol(specs, diagnostics)?;
    let scheme = signing::check(specs, diagnostics)?;
    protocol.signed_path = scheme.path_names().map(str::to_owned).collect();
    platform::check_unique(&protocol.parameters, &scheme, specs, diagnostics);
    system_fields::check(specs, &scheme, diagnostics);
    error_table::check_occasions(&protocol.parameters, &scheme, specs, diagnostics);
    let mut families = families::declared(specs);
    let mut placed = Vec::new();
    for spec in &specs.endpoints {
        placed.extend(families::place(spec, specs, &mut families, diagnostics).map(|stem| (spec, stem)));
    }
    let context = context::Context { specs, protocol: &protocol, scheme: &scheme };
    let resolved = parallel::map(placed, |(spec, stem)| {
        let mut found = Diagnostics::new();
        (&spec.family, endpoint::resolve(spec, stem, &context, &mut found), found)
    });
    for (family, endpoint, found) in resolved {
        families::add(family, endpoint, &mut families);
        diagnostics.extend(found);
    }
    Some(Platform {
        name: specs.name.clone(),
        title: specs.spec.title.clone(),
        environments: platform::environments(specs, diagnostics),
        protocol,
        scheme,
        features: features::declared(specs, diagnostics),
        families: families::sorted(families, diagnostics),
        protocol_document: specs.protocol_document.clone(),
        origin: Place::file(specs.file),
    })
}
