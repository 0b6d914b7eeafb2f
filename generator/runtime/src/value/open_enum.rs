//! Open enums: documented value sets that also keep undocumented values.

use super::{integer, is_number};

/// A generated enum over the values that a page lists.
pub trait OpenEnum: Clone + core::fmt::Debug + PartialEq + Sized + 'static {
    /// How a value is sent in JSON.
    const WIRE: Wire;

    /// The listed values on the wire, with their variants.
    const VALUES: &'static [(&'static str, Self)];

    /// Returns the variant for a value that is not listed.
    fn unknown(value: UnknownValue) -> Self;

    /// Returns the unlisted value, or `None` if this is a listed variant.
    fn as_unknown(&self) -> Option<&UnknownValue>;
}

/// How the values of an open enum are sent in JSON.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Wire {
    /// As text.
    Text,
    /// As a number.
    Number,
}

/// A value that the spec does not list. Opaque, so that listing the value later breaks no caller; the enum's `value()`
/// returns it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(String);

impl core::fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        crate::show::text(f, "UnknownValue", &self.0)
    }
}

/// Returns the variant with the wire value `value`, or the unknown variant that keeps it.
///
/// Numbers are compared by value if the enum is sent as a number: `1.0` is the listed value `1`, and an unlisted `7.0`
/// becomes `7`, so that writing and reading a value returns the same variant.
pub fn open_enum<E: OpenEnum>(value: impl Into<String> + AsRef<str>) -> E {
    let text = value.as_ref();
    if let Some(variant) = listed(|wire| wire == text) {
        return variant;
    }
    match whole_number(E::WIRE, text) {
        Some(number) => {
            listed(|wire| integer(wire) == Some(number)).unwrap_or_else(|| E::unknown(UnknownValue(number.to_string())))
        }
        None => E::unknown(UnknownValue(value.into())),
    }
}

/// Returns the listed variant whose wire value fulfils the condition.
fn listed<E: OpenEnum>(is_wanted: impl Fn(&str) -> bool) -> Option<E> {
    E::VALUES.iter().find(|(wire, _)| is_wanted(wire)).map(|(_, variant)| variant.clone())
}

fn whole_number(wire: Wire, text: &str) -> Option<i64> {
    (wire == Wire::Number && is_number(text)).then(|| integer(text)).flatten()
}

/// Returns the wire value of `variant`.
pub fn wire_value<E: OpenEnum>(variant: &E) -> &str {
    match variant.as_unknown() {
        Some(UnknownValue(value)) => value,
        None => E::VALUES.iter().find(|(_, known)| known == variant).map_or("", |(wire, _)| wire),
    }
}
