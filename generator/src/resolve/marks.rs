//! Marks joined where one type is used in several places.

use std::collections::BTreeMap;

use crate::model::Field;

/// Joins the facts of a type's second use into its first.
pub(super) fn join(first: &mut [Field], second: &[Field]) {
    let second: BTreeMap<&str, &Field> = second.iter().map(|field| (field.wire.as_str(), field)).collect();
    for field in first {
        if let Some(other) = second.get(field.wire.as_str()) {
            field.join(other);
        }
    }
}
