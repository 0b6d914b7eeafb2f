//! Open enums: documented value sets that keep values nobody documented.

/// A generated enum over the values that a page lists.
pub trait OpenEnum: Clone + PartialEq + Sized + 'static {
    /// How a value travels inside JSON.
    const WIRE: Wire;

    /// The listed values, as they are on the wire, with their variants.
    const VALUES: &'static [(&'static str, Self)];

    /// The variant for a value that is not listed.
    fn unknown(value: UnknownValue) -> Self;

    /// The value of that variant.
    fn as_unknown(&self) -> Option<&UnknownValue>;
}

/// How the values of an open enum travel inside JSON.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Wire {
    /// As text.
    Text,
    /// As a number.
    Number,
}

/// A value that the spec does not list. Opaque, so that listing it later breaks nobody: read it by the enum's `value()`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(String);

impl core::fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        crate::show::text(f, "UnknownValue", &self.0)
    }
}

/// The variant whose wire value is `value`, or the unknown one that keeps it.
pub fn open_enum<E: OpenEnum>(value: impl Into<String> + AsRef<str>) -> E {
    let listed = E::VALUES.iter().find(|(wire, _)| *wire == value.as_ref());
    match listed {
        Some((_, variant)) => variant.clone(),
        None => E::unknown(UnknownValue(value.into())),
    }
}

/// The wire value of `variant`.
pub fn wire_value<E: OpenEnum>(variant: &E) -> &str {
    match variant.as_unknown() {
        Some(UnknownValue(value)) => value,
        None => E::VALUES.iter().find(|(_, known)| known == variant).map_or("", |(wire, _)| wire),
    }
}
