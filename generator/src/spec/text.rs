//! Deserializes single values as text, exactly as written.
//!
//! Typed parsing keeps `1.0`, `0x1F` and `no` as they are. Only a missing value (or `~`, `null`) would silently become
//! `None` or an empty text, so this module rejects it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use super::Entries;
use crate::terms::Layout;

const NOTHING: &str = "the value is empty: remove the key, or write `''` for an empty text";

/// A text that is not null.
pub(super) struct Text(String);

impl Text {
    /// Returns the text.
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_none<E: Error>(self) -> Result<Text, E> {
        Err(E::custom(NOTHING))
    }

    fn visit_unit<E: Error>(self) -> Result<Text, E> {
        Err(E::custom(NOTHING))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Text, D::Error> {
        String::deserialize(deserializer).map(Text)
    }
}

/// Deserializes the text of a required key.
pub(super) fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Text::deserialize(deserializer).map(Text::into_string)
}

/// Deserializes the text of an optional key.
pub(super) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Text::deserialize(deserializer).map(|text| Some(text.into_string()))
}

/// Deserializes the word of a layout.
pub(super) fn layout<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Layout, D::Error> {
    let word = required(deserializer)?;
    Layout::new(&word).ok_or_else(|| D::Error::custom(format!("expected {}", Layout::SPELLING)))
}

/// Deserializes a list of texts.
pub(super) fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let texts = Vec::<Text>::deserialize(deserializer)?;
    Ok(texts.into_iter().map(Text::into_string).collect())
}

/// Deserializes a mapping of names to texts.
pub(super) fn entries<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Entries<String>, D::Error> {
    let texts = Entries::<Text>::deserialize(deserializer)?;
    Ok(texts.into_iter().map(|(name, text)| (name, text.into_string())).collect())
}

/// Deserializes the value of an optional key, which must not be empty if the key is there.
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
