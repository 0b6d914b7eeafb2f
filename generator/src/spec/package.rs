//! Settings of the generated package.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::text;

/// `specs/crate.yaml`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrateSpec {
    /// Package name for Cargo.
    #[serde(deserialize_with = "text::required")]
    pub name: String,
    /// Its version.
    #[serde(deserialize_with = "text::required")]
    pub version: String,
    /// One-line description for the registry.
    #[serde(deserialize_with = "text::required")]
    pub description: String,
    /// SPDX expression.
    #[serde(deserialize_with = "text::required")]
    pub license: String,
    /// Search words for the registry.
    #[serde(default, deserialize_with = "text::list", skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Categories of the registry, by slug.
    #[serde(default, deserialize_with = "text::list", skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Minimum supported Rust version, `rust-version` in YAML.
    #[serde(rename = "rust-version", deserialize_with = "text::required")]
    pub rust_version: String,
    /// Features that are on by default, `<platform>-<family>`.
    #[serde(default, deserialize_with = "text::list", skip_serializing_if = "Vec::is_empty")]
    pub default_families: Vec<String>,
    /// The APIs that the package contains: names, or patterns. Without them, it contains all.
    #[serde(default, deserialize_with = "text::list", skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// Folder of the generated package, relative to the specs folder.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub out: Option<String>,
    /// Where the package finds the runtime.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub runtime: Option<RuntimeSpec>,
    /// Whether the package is a workspace of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub standalone: bool,
}

/// Where the generated package finds the runtime: `embedded`, or a mapping with one of `path`, `version` and `git`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuntimeSpec {
    /// The package contains it.
    Embedded,
    /// The package depends on it.
    Found(FoundRuntime),
}

/// A runtime that the generated package depends on. Exactly one of `path`, `version` and `git` is set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundRuntime {
    /// Its folder, relative to the specs folder.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its version requirement in a registry.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Address of a git repository.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub git: Option<String>,
    /// A commit of the repository.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub rev: Option<String>,
    /// A tag of the repository.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// A branch of the repository.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
}

/// The word for a runtime in the package.
pub(super) const EMBEDDED: &str = "embedded";

impl<'de> Deserialize<'de> for RuntimeSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = RuntimeSpec;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{EMBEDDED}`, or a mapping with `path`, `version` or `git`")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<RuntimeSpec, E> {
        if word == EMBEDDED { Ok(RuntimeSpec::Embedded) } else { Err(E::unknown_variant(word, &[EMBEDDED])) }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RuntimeSpec, A::Error> {
        FoundRuntime::deserialize(MapAccessDeserializer::new(map)).map(RuntimeSpec::Found)
    }
}

impl Serialize for RuntimeSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Embedded => serializer.serialize_str(EMBEDDED),
            Self::Found(found) => found.serialize(serializer),
        }
    }
}
