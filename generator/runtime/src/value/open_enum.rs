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
    let position = |is_wanted: Condition<'_>| E::VALUES.iter().position(|(wire, _)| is_wanted(wire));
    let listed = |index: usize| E::VALUES.get(index).map(|(_, variant)| variant.clone());
    match find_value(E::WIRE, &position, value.as_ref()) {
        Ok(index) => listed(index).unwrap_or_else(|| E::unknown(UnknownValue(value.into()))),
        Err(Some(number)) => E::unknown(UnknownValue(number)),
        Err(None) => E::unknown(UnknownValue(value.into())),
    }
}

/// A condition on a listed value.
type Condition<'a> = &'a dyn Fn(&str) -> bool;

/// Finds `text` in a set of values, by the rule of [`open_enum`]. `position` returns the index of the first listed value that
/// fulfils a condition.
///
/// # Errors
///
/// If the value is not listed: its text, where that is not `text` itself.
pub fn find_value(
    wire: Wire,
    position: &dyn Fn(Condition<'_>) -> Option<usize>,
    text: &str,
) -> Result<usize, Option<String>> {
    if let Some(index) = position(&|listed| listed == text) {
        return Ok(index);
    }
    let Some(number) = whole_number(wire, text) else { return Err(None) };
    position(&|listed| integer(listed) == Some(number)).ok_or_else(|| Some(number.to_string()))
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
