//! Marks and limits of a field, and how they are joined where one type stands in several places.

use crate::model::{Field, Limits};
use crate::spec::FieldSpec;

/// The limits that the page gives.
pub(super) fn limits(field: &FieldSpec) -> Limits {
    Limits { max_length: field.max_length, max_items: field.max_items, min: field.min.clone(), max: field.max.clone() }
}

/// Joins the facts of a type's second occurrence into its first.
///
/// Marks are not part of a type's identity, because vendors move them often. Where two occurrences differ, the weaker
/// mark holds: a check that is too strict would refuse what the vendor accepts.
pub(super) fn join(first: &mut [Field], second: &[Field]) {
    for field in first {
        let Some(other) = second.iter().find(|other| other.wire == field.wire) else { continue };
        field.required &= other.required;
        field.limits = weaker(&field.limits, &other.limits);
        if field.description.is_empty() {
            field.description.clone_from(&other.description);
        }
        if field.example.is_none() {
            field.example.clone_from(&other.example);
        }
        if field.renamed_from.is_none() {
            field.renamed_from.clone_from(&other.renamed_from);
        }
        if field.default != other.default {
            field.default = None;
        }
        if other.deprecated.is_none() {
            field.deprecated = None;
        }
    }
}

fn weaker(one: &Limits, other: &Limits) -> Limits {
    let larger = |one: Option<u64>, other: Option<u64>| Some(one?.max(other?));
    let same = |one: &Option<String>, other: &Option<String>| one.clone().filter(|_| one == other);
    Limits {
        max_length: larger(one.max_length, other.max_length),
        max_items: larger(one.max_items, other.max_items),
        min: same(&one.min, &other.min),
        max: same(&one.max, &other.max),
    }
}
