//! Marks joined where one type is used in several places.

use crate::model::Field;

/// Joins the facts of a type's second use into its first.
pub(super) fn join(first: &mut [Field], second: &[Field]) {
    for field in first {
        if let Some(other) = second.iter().find(|other| other.wire == field.wire) {
            field.join(other);
        }
    }
}
