//! The limits of a field, and marks joined where one type is used in several places.

use crate::model::{Field, Limits};
use crate::spec::FieldSpec;

/// The limits that the page gives.
pub(super) fn limits(field: &FieldSpec) -> Limits {
    Limits { max_length: field.max_length, max_items: field.max_items, min: field.min.clone(), max: field.max.clone() }
}

/// Joins the facts of a type's second use into its first.
pub(super) fn join(first: &mut [Field], second: &[Field]) {
    for field in first {
        if let Some(other) = second.iter().find(|other| other.wire == field.wire) {
            field.join(other);
        }
    }
}
