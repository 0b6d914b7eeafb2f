//! The gateways of a platform, as written: an address, or an address with a mark.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::text;

/// A gateway: `https://…`, or `{url: 'http://…', insecure: true}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EnvironmentSpec {
    /// Base URL.
    pub url: String,
    /// Whether the address may be an unencrypted one.
    pub insecure: bool,
}

/// The mapping form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked {
    #[serde(deserialize_with = "text::required")]
    url: String,
    #[serde(default)]
    insecure: bool,
}

impl<'de> Deserialize<'de> for EnvironmentSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = EnvironmentSpec;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a base URL or `{url: …, insecure: true}`")
    }

    fn visit_str<E: Error>(self, url: &str) -> Result<EnvironmentSpec, E> {
        Ok(EnvironmentSpec { url: url.to_owned(), insecure: false })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<EnvironmentSpec, A::Error> {
        let Marked { url, insecure } = Marked::deserialize(MapAccessDeserializer::new(map))?;
        Ok(EnvironmentSpec { url, insecure })
    }
}

impl Serialize for EnvironmentSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.insecure {
            return serializer.serialize_str(&self.url);
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("url", &self.url)?;
        map.serialize_entry("insecure", &self.insecure)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_the_short_one_is_preferred() {
        let read = |yaml: &str| serde_yaml::from_str::<EnvironmentSpec>(yaml).expect("an environment");
        let plain = EnvironmentSpec { url: "https://a".to_owned(), insecure: false };
        for yaml in ["https://a", "'https://a'", "{url: https://a}", "{url: https://a, insecure: false}"] {
            assert_eq!(read(yaml), plain, "{yaml}");
        }
        assert_eq!(serde_yaml::to_string(&plain).expect("text"), "https://a\n");
        let marked = read("{insecure: true, url: http://a}");
        assert!(marked.insecure);
        assert_eq!(serde_yaml::to_string(&marked).expect("text"), "url: http://a\ninsecure: true\n");
    }

    #[test]
    fn other_forms_are_refused() {
        for yaml in [
            "~",
            "7",
            "[https://a]",
            "{insecure: true}",
            "{url: ~}",
            "{url: a, insecure: 'true'}",
            "{url: a, safe: true}",
        ] {
            assert!(serde_yaml::from_str::<EnvironmentSpec>(yaml).is_err(), "{yaml}");
        }
    }
}
