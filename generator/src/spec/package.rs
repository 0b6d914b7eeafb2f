//! Settings of the generated package.

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
}
