//! The fields of a vector that generated code must reproduce.

use super::scheme::{Location, Plan};
use super::vector::{Target, Vector};

/// Returns the fields that a vector expects, without those of sets, which are never sent. If it only knows steps, these are all
/// fields that are set after signing, as this implementation made them.
#[must_use]
pub fn known_fields(plan: &Plan, vector: &Vector) -> Vec<(Location, String, String)> {
    let expected = vector.expect.iter().filter_map(|expected| match &expected.target {
        Target::Field(Location::Set(_), _) | Target::Let(_) | Target::Clock(_) => None,
        Target::Field(location, name) => Some((*location, name.clone(), expected.text.clone())),
    });
    let expected: Vec<_> = expected.collect();
    if !expected.is_empty() {
        return expected;
    }
    let made = plan.places.iter().filter_map(|field| {
        let text = vector.signed.as_ref()?.field(field.location, &field.name)?.into_owned();
        Some((field.location, field.name.clone(), text))
    });
    made.collect()
}
