//! Conservation: every field of the specs is in the model, in the place where it was written.
//!
//! A field that got lost between spec and model would be missing in production without a word. The count is taken
//! independently of the passes, so a defect in them stops the run.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Endpoint, Field, Item, Model, Side};
use crate::source::{Place, SpecPath};
use crate::spec::{EndpointSpecs, Entries, FieldSpec, Specs};

use super::envelope::Opened;

/// Compares the fields of the specs with those of the model.
pub(super) fn check(specs: &Specs, model: &Model, diagnostics: &mut Diagnostics) {
    for (platform_specs, platform) in specs.platforms.iter().zip(&model.platforms) {
        let endpoints = platform.families.iter().flat_map(|family| &family.endpoints);
        let words = &platform_specs.spec.values.types;
        let by_api: BTreeMap<&str, &Endpoint> = endpoints.map(|endpoint| (endpoint.api.as_str(), endpoint)).collect();
        for spec in &platform_specs.endpoints {
            let lost = match by_api.get(spec.spec.api.as_str()) {
                Some(endpoint) => lost_field(spec, endpoint, &Opened::of(&spec.spec, &platform.protocol, words)),
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

fn lost_field(spec: &EndpointSpecs, endpoint: &Endpoint, opened: &Opened<'_>) -> Option<String> {
    let (sent, received) = (&endpoint.request, &endpoint.response);
    let lost = first_lost(&spec.spec.request, &SpecPath::root().key("request"), &sent.root, sent, &[]).or_else(|| {
        let above = opened.above.iter().find_map(|level| {
            let all: Vec<&str> = level.rows.names().collect();
            first_lost(level.rows, &level.path, &[], received, &all)
        });
        above.or_else(|| {
            let level = &opened.level;
            first_lost(level.rows, &level.path, &received.root, received, &opened.members)
        })
    });
    lost.map(|wire| format!("the field `{wire}`"))
}

/// The first field of the spec that the model lacks. Those that are `left_out`, and members of values that have none in Rust,
/// are outside of the types.
fn first_lost(
    specs: &Entries<FieldSpec>,
    path: &SpecPath,
    fields: &[Field],
    side: &Side,
    left_out: &[&str],
) -> Option<String> {
    let by_wire: BTreeMap<&str, &Field> = fields.iter().map(|field| (field.wire.as_str(), field)).collect();
    let outside = side.outside.get(path).map(|outside| outside.root.as_slice()).unwrap_or_default();
    specs.iter().find_map(|(wire, spec)| {
        if left_out.contains(&wire) {
            return (!outside.iter().any(|field| field.wire == wire)).then(|| wire.to_owned());
        }
        let Some(field) = by_wire.get(wire) else { return Some(wire.to_owned()) };
        if spec.fields.is_empty() {
            return None;
        }
        let below = path.key(wire).key("fields");
        match (field.item, side.outside.get(&below)) {
            (Item::Object(id), _) => first_lost(&spec.fields, &below, &side.object(id).fields, side, &[]),
            (_, Some(outside)) => first_lost(&spec.fields, &below, &outside.root, outside, &[]),
            (_, None) => Some(wire.to_owned()),
        }
    })
}
