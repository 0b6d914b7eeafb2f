//! Conservation: every field of the specs is in the model, in the place where it was written.
//!
//! A field that got lost between spec and model would be missing in production without a word. The count is taken
//! independently of the passes, so a defect in them stops the run.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Endpoint, Field, Item, Model, Protocol, Side};
use crate::source::Place;
use crate::spec::{EndpointSpecs, Entries, FieldSpec, Specs};

use super::envelope;

/// Compares the fields of the specs with those of the model.
pub(super) fn check(specs: &Specs, model: &Model, diagnostics: &mut Diagnostics) {
    for (platform_specs, platform) in specs.platforms.iter().zip(&model.platforms) {
        let endpoints = platform.families.iter().flat_map(|family| &family.endpoints);
        let by_api: BTreeMap<&str, &Endpoint> = endpoints.map(|endpoint| (endpoint.api.as_str(), endpoint)).collect();
        for spec in &platform_specs.endpoints {
            let lost = match by_api.get(spec.spec.api.as_str()) {
                Some(endpoint) => lost_field(spec, endpoint, &platform.protocol),
                None => Some(format!("the API `{}`", spec.spec.api)),
            };
            if let Some(lost) = lost {
                let message = format!("{lost} is missing from the model: this is a bug in apograph");
                let place = Place::file(spec.file);
                diagnostics
                    .push(Diagnostic::new(Code::NotConserved, place, message).help("please report it with this spec"));
            }
        }
    }
}

fn lost_field(spec: &EndpointSpecs, endpoint: &Endpoint, protocol: &Protocol) -> Option<String> {
    let in_envelope = envelope::members(&spec.spec, protocol);
    let request = first_lost(&spec.spec.request, &endpoint.request.root, &endpoint.request, &[]);
    let lost =
        request.or_else(|| first_lost(&spec.spec.response, &endpoint.response.root, &endpoint.response, &in_envelope));
    lost.map(|wire| format!("the field `{wire}`"))
}

/// The first field of the spec that the model lacks, those that are meant to be left out aside.
fn first_lost(specs: &Entries<FieldSpec>, fields: &[Field], side: &Side, left_out: &[&str]) -> Option<String> {
    let by_wire: BTreeMap<&str, &Field> = fields.iter().map(|field| (field.wire.as_str(), field)).collect();
    specs.iter().filter(|(wire, _)| !left_out.contains(wire)).find_map(|(wire, spec)| {
        let Some(field) = by_wire.get(wire) else { return Some(wire.to_owned()) };
        match field.item {
            Item::Object(id) => first_lost(&spec.fields, &side.object(id).fields, side, &[]),
            _ => None,
        }
    })
}
