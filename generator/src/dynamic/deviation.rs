//! Deviations of a value from its documentation, in words.

use apograph_runtime::CoercionKind;

/// Returns the end of a sentence about a value that deviates.
#[must_use]
pub fn deviation(kind: CoercionKind) -> &'static str {
    match kind {
        CoercionKind::InvalidText => "contains an escape that is not a character",
        CoercionKind::TooDeep => "is nested too deeply",
        CoercionKind::UnknownField => "is not known here",
        CoercionKind::Duplicate => "occurs twice",
        CoercionKind::ScalarAsText => "is a number or boolean, but text is documented",
        CoercionKind::JsonAsText => "is JSON, but text is documented",
        CoercionKind::TextAsNumber => "is text, but a number is documented",
        CoercionKind::DecimalAsInteger => "has a fraction or exponent, but an integer is documented",
        CoercionKind::TextAsBoolean => "is text, but a boolean is documented",
        CoercionKind::NumberAsBoolean => "is a number, but a boolean is documented",
        CoercionKind::NumberAsDate => "is a number, but a date is documented",
        CoercionKind::TextAsJson => "is text that contains JSON, but an object, map or list is documented",
        CoercionKind::ListAsObject | CoercionKind::EmptyListAsObject => "is a list, but an object is documented",
        CoercionKind::SingleAsList => "is a single value, but a list is documented",
        CoercionKind::EmptyText => "is empty text, which is not documented",
        CoercionKind::UnlistedValue => "has a value that its page does not list",
        CoercionKind::DroppedItem => "contains `null`",
        CoercionKind::ControlCharacter => "contains a control character that is not escaped",
        _ => "does not fit its type",
    }
}
