//! Transcripts: one API as its page documents it.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::source::SpecPath;
use crate::terms::{About, BodyForm, FieldPlace, HttpMethod, Layout, Note, Required, SessionNeed};

use super::{Entries, text};

/// `specs/<platform>/<family>/<leaf>.yaml`, before or after its fixes are applied.
///
/// Fields with `serde(skip)` are not allowed in a transcript: only a fix sets them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointSpec {
    /// The vendor's name of the API: `alibaba.alsc.crm.open.customer.save`, `aivoice.importCustomer`.
    #[serde(deserialize_with = "text::required")]
    pub api: String,
    /// Title of the page.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The page's description of the API.
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
    /// Form of the body, where it is not the platform's.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyForm>,
    /// Whether a user's session is needed, on platforms that have sessions.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionNeed>,
    /// The page itself.
    #[serde(deserialize_with = "source")]
    pub source: SourceSpec,
    /// Parameters, by wire name.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub request: Entries<FieldSpec>,
    /// Members of the response by wire name, including those of the envelope.
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
    /// The facts that the page leaves open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<DoubtSpec>,
    /// Name of the request type. Set only by a fix.
    #[serde(skip)]
    pub rust_name: Option<String>,
    /// Why callers should stop using this API. Set only by a fix.
    #[serde(skip)]
    pub deprecated: Option<String>,
    /// Whether a call can be repeated without side effects. Set only by a fix.
    #[serde(skip)]
    pub idempotent: bool,
    /// Facts that the platform's signature needs from every API, `op.<name>`. Set only by fixes.
    #[serde(skip)]
    pub op: Entries<String>,
    /// Envelope member names that differ from the platform's. Set only by fixes.
    #[serde(skip)]
    pub envelope: EnvelopeNames,
}

impl EndpointSpec {
    /// Creates a transcript with nothing but the API name and its source.
    pub fn new(api: impl Into<String>, source: SourceSpec) -> Self {
        Self {
            api: api.into(),
            title: None,
            description: None,
            category: None,
            method: None,
            path: None,
            body: None,
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

/// An API's own names for the envelope's members. An empty list keeps the platform's names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EnvelopeNames {
    /// Names of the status member.
    pub status: Vec<String>,
    /// Names of the message member.
    pub message: Vec<String>,
    /// Name of the root member.
    pub root: Option<String>,
    /// Path of the member with the response. An empty one: the response is not in a member of its own.
    pub data: Option<String>,
}

/// Where a transcript comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    /// Address of the page, if known.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The form in which the page was read, or [`Layout::HAND`].
    #[serde(deserialize_with = "text::layout")]
    pub layout: Layout,
    /// SHA-256 of the page's bytes as read, in lower-case hexadecimal digits. Only a transcript that people wrote can lack it.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// Deserializes a source. It needs a digest, unless people wrote the transcript.
fn source<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SourceSpec, D::Error> {
    let source = SourceSpec::deserialize(deserializer)?;
    if source.sha256.is_none() && !source.layout.is_hand() {
        return Err(D::Error::missing_field("sha256"));
    }
    Ok(source)
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
    /// `in`: where a field of the request travels, if the page names a place.
    #[serde(rename = "in", default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub place: Option<FieldPlace>,
    /// Whether a request must have the field.
    #[serde(default, skip_serializing_if = "Required::is_no")]
    pub required: Required,
    /// The value that the platform assumes if the field is not sent.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The page's example, as text.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Maximum number of characters.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// Maximum number of list elements.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// Minimum value, as text.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Maximum value, as text.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// The page's description of the field.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Members of a named object, by wire name.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub fields: Entries<FieldSpec>,
    /// Documented values, wire value → name: the field becomes an open enum. Set only by a fix.
    #[serde(skip)]
    pub values: Entries<ValueSpec>,
    /// Rust name of the field. Set only by a fix.
    #[serde(skip)]
    pub rust_name: Option<String>,
    /// Rust name of the struct or enum generated for the field. Set only by a fix.
    #[serde(skip)]
    pub rust_type: Option<String>,
    /// Why callers should stop using the field. Set only by a fix.
    #[serde(skip)]
    pub deprecated: Option<String>,
    /// The field's previous wire name. Set only by a fix.
    #[serde(skip)]
    pub renamed_from: Option<String>,
    /// `log: show`: whether `Debug` of the generated type shows the field's value. Set only by a fix.
    #[serde(skip)]
    pub log_shown: bool,
}

/// One documented value of an open enum.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueSpec {
    /// Name of the value, in the form of a Rust variant.
    #[serde(deserialize_with = "text::required")]
    pub name: String,
    /// The page's description of the value.
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

/// A fact that the page leaves open. The transcript contains the best guess.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoubtSpec {
    /// The field, row, sample or (empty) API that the fact belongs to.
    pub at: SpecPath,
    /// Which fact is in doubt.
    pub about: About,
    /// Why it is in doubt.
    pub note: Note,
}
