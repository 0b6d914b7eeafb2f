//! Documented value sets: the fields that a fix gives `values` become open enums.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Enum, EnumId, EnumValue, Item, Origin};
use crate::source::Place;
use crate::spec::{EndpointSpecs, FieldSpec};
use crate::terms::EnumWire;

use super::paths::{Step, fact_place};

/// The enum of a field with documented values; two fields of one name and one set share it.
pub(super) fn resolve(
    item: Item,
    field: &FieldSpec,
    spec: &EndpointSpecs,
    step: &Step,
    enums: &mut Vec<Enum>,
    diagnostics: &mut Diagnostics,
) -> Item {
    let origin = fact_place(spec, step, "values");
    let wire = match item {
        Item::Text => EnumWire::Text,
        Item::Integer => EnumWire::Number,
        _ => {
            diagnostics.push(Diagnostic::new(
                Code::ValuesOfNoText,
                origin,
                format!(
                    "`{}` is of type `{}`, but only text and integers can have documented values",
                    step.wire(),
                    field.type_word
                ),
            ));
            return item;
        }
    };
    let set = Enum {
        path: step.wires(),
        wire,
        values: values(field, &origin),
        description: field.description.clone().unwrap_or_default(),
        rust_type: field.rust_type.clone().map(|name| (name, fact_place(spec, step, "rust_type"))),
        origin: Origin::Spec(origin),
    };
    check_numbers(&set, step, diagnostics);
    Item::Enum(file(set, enums))
}

fn values(field: &FieldSpec, origin: &Place) -> Vec<EnumValue> {
    let value = |wire: &str, name: &str, doc: Option<&str>| EnumValue {
        wire: wire.to_owned(),
        name: name.to_owned(),
        doc: doc.unwrap_or_default().to_owned(),
        origin: Origin::Spec(origin.clone()),
    };
    field.values.iter().map(|(wire, spec)| value(wire, &spec.name, spec.doc.as_deref())).collect()
}

/// A value that travels as a number must be one.
fn check_numbers(set: &Enum, step: &Step, diagnostics: &mut Diagnostics) {
    let bad = set.values.iter().filter(|value| set.wire == EnumWire::Number && value.wire.parse::<i64>().is_err());
    for value in bad {
        diagnostics.push(Diagnostic::new(
            Code::ValuesOfNoText,
            set.origin.place().clone(),
            format!("`{}` is a number on the wire, but the value `{}` is not a number", step.wire(), value.wire),
        ));
    }
}

fn file(set: Enum, enums: &mut Vec<Enum>) -> EnumId {
    let same = |other: &Enum| {
        let name = |set: &Enum| set.rust_type.as_ref().map(|(name, _)| name.clone());
        other.path.last() == set.path.last()
            && other.wire == set.wire
            && same_values(&other.values, &set.values)
            && name(other) == name(&set)
    };
    if let Some(index) = enums.iter().position(same) {
        return EnumId(index);
    }
    enums.push(set);
    EnumId(enums.len() - 1)
}

fn same_values(one: &[EnumValue], other: &[EnumValue]) -> bool {
    let fact = |value: &EnumValue| (value.wire.clone(), value.name.clone(), value.doc.clone());
    one.iter().map(fact).eq(other.iter().map(fact))
}
