//! Fix files: people's corrections to a transcript.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::source::SpecPath;

use super::endpoint::ValueSpec;
use super::{Entries, text};

/// One entry of `<leaf>.fix.yaml`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixSpec {
    /// The path of the fact in the transcript.
    pub at: SpecPath,
    /// The value in the transcript; absent if the transcript must not have one.
    #[serde(default, deserialize_with = "quoted", skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The corrected value; absent to remove the fact, or (without `was`) to confirm it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "some")]
    pub now: Option<NowSpec>,
    /// For a fix that is derived from prose: the path of the text. A single key, such as `description`, is a text of the
    /// same field, row or API.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub from: Option<SpecPath>,
    /// The part of this text that states the fact. A fix whose quote is no longer in the text does not apply.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The reason for the fix.
    #[serde(deserialize_with = "text::required")]
    pub why: String,
    /// Address of the evidence.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The new value of a fact.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NowSpec {
    /// For any fact except `values`.
    Text(String),
    /// For `values`: wire value → name.
    Values(Entries<ValueSpec>),
}

impl Serialize for NowSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Values(values) => values.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for NowSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = NowSpec;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text (a number or `true` in quotes), or a mapping of values")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NowSpec, E> {
        Ok(NowSpec::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<NowSpec, A::Error> {
        Entries::deserialize(MapAccessDeserializer::new(map)).map(NowSpec::Values)
    }
}

fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NowSpec>, D::Error> {
    NowSpec::deserialize(deserializer).map(Some)
}

/// Accepts text only, so that `was` and `now` are compared exactly as written.
fn quoted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match NowSpec::deserialize(deserializer)? {
        NowSpec::Text(text) => Ok(Some(text)),
        NowSpec::Values(_) => Err(D::Error::custom("expected text, found a mapping")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<FixSpec>, String> {
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn now_is_text_or_values() {
        let fixes =
            read("- at: request.a.values\n  now: {0: {name: Female, doc: 女}, 01: {name: Male}}\n  why: prose\n")
                .expect("fixes");
        let Some(NowSpec::Values(values)) = fixes.first().and_then(|fix| fix.now.as_ref()) else { panic!("values") };
        assert_eq!(values.names().collect::<Vec<_>>(), ["0", "01"]);
        let fixes = read("- at: request.a.required\n  was: unknown\n  now: 'true'\n  why: seen\n").expect("fixes");
        assert_eq!(fixes.first().and_then(|fix| fix.now.clone()), Some(NowSpec::Text("true".into())));
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for value in ["true", "1.0", "~", "", "[a]"] {
            assert!(read(&format!("- at: a\n  now: {value}\n  why: x\n")).is_err(), "{value}");
            assert!(read(&format!("- at: a\n  was: {value}\n  why: x\n")).is_err(), "{value}");
        }
        assert!(read("- at: a\n").is_err(), "why is missing");
        assert!(read("- at: a..b\n  why: x\n").is_err());
    }
}
