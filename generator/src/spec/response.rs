//! How a platform's responses are wrapped.

use serde::{Deserialize, Serialize};

use crate::terms::{AbsentStatus, ListForm};

use super::{PathsSpec, text};

/// How responses are wrapped.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseSpec {
    /// How lists are written.
    pub lists: ListForm,
    /// The envelope around a response.
    pub envelope: EnvelopeSpec,
    /// The header with the request id, for responses whose body has none.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub request_id_header: Option<String>,
}

/// The envelope around a response: exactly one of the three forms.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeSpec {
    /// The response is the value of one root member named after the API; errors have another root.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub root: Option<RootSpec>,
    /// The response is beside a status member.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusSpec>,
    /// The response is the whole body; the HTTP status reports success.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpSpec>,
}

/// Paths of an envelope with a root. They start at the root member, or at the whole answer with a `/` in front.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RootSpec {
    /// Prefix to remove from the API's name before it becomes the root's name.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub strip: Option<String>,
    /// Suffix of the root's name, which is made from the API's name.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// The root's name, if it is the same for all APIs.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Root member of errors.
    #[serde(deserialize_with = "text::required")]
    pub error: String,
    /// The code of an error.
    pub code: PathsSpec,
    /// The message of an error.
    pub message: PathsSpec,
    /// The sub-code of an error.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub sub_code: PathsSpec,
    /// The sub-message of an error.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub sub_message: PathsSpec,
    /// The request id, in responses and errors.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub request_id: PathsSpec,
    /// Codes in the API's own root that mean success.
    #[serde(default, deserialize_with = "text::list", skip_serializing_if = "Vec::is_empty")]
    pub success: Vec<String>,
    /// The member of the root with the response.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Members beside the root that mean nothing to callers.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub beside: PathsSpec,
}

/// Paths of an envelope with a status.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusSpec {
    /// Possible paths of the status.
    pub status: PathsSpec,
    /// Possible paths of the message.
    pub message: PathsSpec,
    /// Status values that mean success.
    #[serde(deserialize_with = "text::list")]
    pub success: Vec<String>,
    /// What a response without a status means.
    #[serde(default)]
    pub absent: AbsentStatus,
    /// The sub-code of an error.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub sub_code: PathsSpec,
    /// The sub-message of an error.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub sub_message: PathsSpec,
    /// The request id, in responses and errors.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub request_id: PathsSpec,
    /// The member with the response.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Other members of the envelope.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub beside: PathsSpec,
}

/// Paths of an error that the HTTP status reports.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSpec {
    /// The code of an error.
    pub code: PathsSpec,
    /// The message of an error.
    pub message: PathsSpec,
    /// The sub-code of an error.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub sub_code: PathsSpec,
    /// The sub-message of an error.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub sub_message: PathsSpec,
    /// The request id, in responses and errors.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub request_id: PathsSpec,
    /// The member with the response.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Other members of the envelope.
    #[serde(default, skip_serializing_if = "PathsSpec::is_empty")]
    pub beside: PathsSpec,
}
