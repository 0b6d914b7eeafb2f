//! A transcript: what one page says of one API.

use serde::{Deserialize, Serialize};

use crate::source::SpecPath;
use crate::terms::{About, HttpMethod, Layout, Note, Required, SessionNeed};

use super::{Entries, text};

/// `specs/<platform>/<family>/<leaf>.yaml`; after its fixes are applied, what is held to be true of the API.
///
/// Fields with `serde(skip)` cannot stand in a transcript: a fix sets them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointSpec {
    /// The vendor's name of the API: `alibaba.alsc.crm.open.customer.save`, `aivoice.importCustomer`.
    #[serde(deserialize_with = "text::required")]
    pub api: String,
    /// Title of the page.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What the page says the API does.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The page's place in the vendor's catalogue.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// HTTP method, where the page names one.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub method: Option<HttpMethod>,
    /// Path below the base URL, where the page names one. May hold `{placeholders}`.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether a user's session is needed, on platforms that have sessions.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionNeed>,
    /// The page itself.
    pub source: SourceSpec,
    /// Parameters, by wire name.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub request: Entries<FieldSpec>,
    /// Members of the answer, by wire name, those of the envelope included.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub response: Entries<FieldSpec>,
    /// The page's own error table, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorSpec>,
    /// The page's status table: code → meaning.
    #[serde(default, deserialize_with = "text::entries", skip_serializing_if = "Entries::is_empty")]
    pub statuses: Entries<String>,
    /// Samples as printed: `request_java`, `request_json`, `response_xml`, `response_json`, ….
    #[serde(default, deserialize_with = "text::entries", skip_serializing_if = "Entries::is_empty")]
    pub samples: Entries<String>,
    /// What the page leaves open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<DoubtSpec>,
    /// Name of the request type; by a fix only.
    #[serde(skip)]
    pub rust_name: Option<String>,
    /// Why callers should leave this API; by a fix only.
    #[serde(skip)]
    pub deprecated: Option<String>,
    /// Whether a call may be repeated without harm; by a fix only.
    #[serde(skip)]
    pub idempotent: bool,
    /// Facts that the platform's signature asks of every API, `op.<name>`; by fixes only.
    #[serde(skip)]
    pub op: Entries<String>,
    /// This API's own names of envelope members; by fixes only.
    #[serde(skip)]
    pub envelope: EnvelopeNames,
}

impl EndpointSpec {
    /// A transcript that says only which API it is of and where it comes from.
    pub fn new(api: impl Into<String>, source: SourceSpec) -> Self {
        Self {
            api: api.into(),
            title: None,
            description: None,
            category: None,
            method: None,
            path: None,
            session: None,
            source,
            request: Entries::new(),
            response: Entries::new(),
            errors: Vec::new(),
            statuses: Entries::new(),
            samples: Entries::new(),
            doubts: Vec::new(),
            rust_name: None,
            deprecated: None,
            idempotent: false,
            op: Entries::new(),
            envelope: EnvelopeNames::default(),
        }
    }
}

/// Names of the envelope's members where an API has its own. Empty lists leave the platform's names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EnvelopeNames {
    /// Names of the status member.
    pub status: Vec<String>,
    /// Names of the message member.
    pub message: Vec<String>,
}

/// Where a transcript comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    /// Address of the page, where it is known.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The form in which the page was read.
    pub layout: Layout,
    /// SHA-256 of the page's bytes as read, in small hexadecimal digits.
    #[serde(deserialize_with = "text::required")]
    pub sha256: String,
}

/// One row of a page's tables.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// `type`, the vendor's word: `String`, `Number[]`, `CustomerSaveOpenReq`, ….
    #[serde(rename = "type", deserialize_with = "text::required")]
    pub type_word: String,
    /// The word for the elements of an untyped list (`type: Array`).
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub items: Option<String>,
    /// Whether a request must have the field.
    #[serde(default, skip_serializing_if = "Required::is_no")]
    pub required: Required,
    /// The value that the platform takes when the field is not sent.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The page's example, as text.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Most characters.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// Most elements of a list.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// Smallest value, as text.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Largest value, as text.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// What the page says of the field.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Members of a named object, by wire name.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub fields: Entries<FieldSpec>,
    /// Documented values, wire value → name: the field becomes an open enum. By a fix only.
    #[serde(skip)]
    pub values: Entries<ValueSpec>,
    /// Rust name of the field; by a fix only.
    #[serde(skip)]
    pub rust_name: Option<String>,
    /// Rust name of the struct or enum made for the field; by a fix only.
    #[serde(skip)]
    pub rust_type: Option<String>,
    /// Why callers should leave the field; by a fix only.
    #[serde(skip)]
    pub deprecated: Option<String>,
    /// The wire name that the field had before; by a fix only.
    #[serde(skip)]
    pub renamed_from: Option<String>,
}

/// One documented value of an open enum.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueSpec {
    /// Name of the value, in the form of a Rust variant.
    #[serde(deserialize_with = "text::required")]
    pub name: String,
    /// What the page says of the value.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
}

/// One row of a page's error table. Text that cannot be split stays in `message`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorSpec {
    /// The code, `isv.some-code`.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it means.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What to do.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub solution: Option<String>,
}

/// A fact that the page leaves open. What the transcript says of it is the best guess.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoubtSpec {
    /// The field, row, sample or (empty) API that the fact belongs to.
    pub at: SpecPath,
    /// Which fact of it.
    pub about: About,
    /// Why it is in doubt.
    pub note: Note,
}
