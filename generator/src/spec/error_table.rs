//! What a platform documents about its errors for all APIs.

use serde::{Deserialize, Serialize};

use super::{Entries, text};

/// Errors that mean the same in all APIs of a platform.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorTableSpec {
    /// Code or status → error.
    #[serde(default)]
    pub codes: Entries<KnownErrorSpec>,
    /// Sub code, or start of sub codes with `*` at its end → error.
    #[serde(default)]
    pub sub_codes: Entries<KnownErrorSpec>,
    /// Text that the APIs' own tables have for a code or status → error.
    #[serde(default)]
    pub texts: Entries<KnownErrorSpec>,
}

/// An error that means the same in all APIs of a platform.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownErrorSpec {
    /// What it means.
    #[serde(deserialize_with = "text::required")]
    pub meaning: String,
    /// What to do about it.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The message that the platform sends with it, perhaps with placeholders.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Whether the platform rejects the time of the request with it.
    #[serde(default)]
    pub clock: bool,
    /// The HTTP status with which a server of the platform answers. Only `apograph mock` reads this.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub http: Option<u16>,
    /// On which occasions a server of the platform answers with it: `missing NAME` or `invalid NAME`. Only `apograph mock`
    /// reads this.
    #[serde(default, deserialize_with = "text::list", skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<String>,
}
