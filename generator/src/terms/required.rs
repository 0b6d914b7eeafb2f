//! The `required` mark of a field. It is a YAML boolean in two of its three states, so it is not made by the macro.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

/// Whether a request must have a field: `required: true`, `required: unknown`, or no mark.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Required {
    /// Optional; written by leaving the key out.
    #[default]
    No,
    /// `true`
    Yes,
    /// `unknown`: the page does not tell. Always a doubt.
    Unknown,
}

impl Required {
    /// Whether the mark is left out when written.
    #[must_use]
    pub fn is_no(&self) -> bool {
        *self == Self::No
    }

    /// Returns the mark's word in a fix. `None` if the mark is left out.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::No => None,
            Self::Yes => Some("true"),
            Self::Unknown => Some("unknown"),
        }
    }

    /// Returns the mark with this word in a fix.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "true" => Some(Self::Yes),
            "false" => Some(Self::No),
            "unknown" => Some(Self::Unknown),
            _ => None,
        }
    }
}

impl Serialize for Required {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::No => serializer.serialize_bool(false),
            Self::Yes => serializer.serialize_bool(true),
            Self::Unknown => serializer.serialize_str("unknown"),
        }
    }
}

impl<'de> Deserialize<'de> for Required {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RequiredReader)
    }
}

struct RequiredReader;

impl Visitor<'_> for RequiredReader {
    type Value = Required;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false or unknown")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Required, E> {
        Ok(if value { Required::Yes } else { Required::No })
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Required, E> {
        match value {
            "unknown" => Ok(Required::Unknown),
            _ => Err(E::invalid_value(Unexpected::Str(value), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn required_has_three_marks() {
        let read = |text: &str| serde_yaml::from_str::<Required>(text).ok();
        assert_eq!(
            ["true", "false", "unknown"].map(read),
            [Some(Required::Yes), Some(Required::No), Some(Required::Unknown)]
        );
        assert_eq!(["'true'", "maybe", "1", "~"].map(read), [None; 4]);
        for mark in [Required::Yes, Required::Unknown] {
            assert_eq!(mark.word().and_then(Required::from_word), Some(mark));
        }
    }
}
