//! What a vendor's platform does its own way, as data.

use serde::{Deserialize, Serialize};

use crate::terms::{
    BlankRule, BodyForm, DecimalForm, FileForm, HttpMethod, JsonForm, ListForm, ScalarListForm, TypeMeaning,
};

use super::recipe::SchemeSpec;
use super::{Entries, text};

/// `specs/<platform>/platform.yaml`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformSpec {
    /// What people call the platform.
    #[serde(deserialize_with = "text::required")]
    pub title: String,
    /// Name → base URL; the first is the default of a new client.
    #[serde(deserialize_with = "text::entries")]
    pub environments: Entries<String>,
    /// The families, by folder name.
    #[serde(default)]
    pub families: Entries<FamilySpec>,
    /// How a request travels.
    pub request: RequestSpec,
    /// How values are written.
    #[serde(default)]
    pub values: ValuesSpec,
    /// How an answer is wrapped.
    pub response: ResponseSpec,
    /// Which errors may be tried again.
    #[serde(default)]
    pub retry: RetrySpec,
    /// Exactly one scheme, by name.
    pub signing: Entries<SchemeSpec>,
}

/// A group of APIs: one folder, one module, one Cargo feature.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilySpec {
    /// What people call it.
    #[serde(deserialize_with = "text::required")]
    pub title: String,
    /// API names that start with one of these, and a dot, belong to the family; the rest names the module.
    #[serde(deserialize_with = "text::list")]
    pub prefixes: Vec<String>,
}

/// How a request travels.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestSpec {
    /// What the body is.
    pub body: BodyForm,
    /// The method where the page names none.
    pub method: HttpMethod,
    /// Content type of the body.
    #[serde(deserialize_with = "text::required")]
    pub content_type: String,
    /// Parameters set before the signing recipe runs.
    #[serde(default)]
    pub parameters: ParametersSpec,
    /// What happens to blank (empty or white space) top-level text values of forms and queries.
    #[serde(default)]
    pub blank: BlankRule,
    /// How a list of scalars is written at the top level of a form.
    #[serde(default)]
    pub scalar_lists: ScalarListForm,
    /// How files travel.
    #[serde(default)]
    pub files: FileForm,
}

/// Name → value template, by where it is put. `{api}` is the API's name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParametersSpec {
    /// Into the query.
    #[serde(default, deserialize_with = "text::entries")]
    pub query: Entries<String>,
    /// Into the form body.
    #[serde(default, deserialize_with = "text::entries")]
    pub form: Entries<String>,
    /// Into the headers.
    #[serde(default, deserialize_with = "text::entries")]
    pub headers: Entries<String>,
}

/// How values are written.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuesSpec {
    /// Dates.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub date: Option<DateSpec>,
    /// `Price`, `BigDecimal` and `Double` inside JSON.
    #[serde(default)]
    pub decimal: DecimalForm,
    /// A `Json` member inside JSON.
    #[serde(default)]
    pub json: JsonForm,
    /// Words of the vendor beyond the common ones → what they mean.
    #[serde(default)]
    pub types: Entries<TypeMeaning>,
}

/// A date's pattern and zone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateSpec {
    /// In the signs of `strftime`.
    #[serde(deserialize_with = "text::required")]
    pub format: String,
    /// Fixed offset, `+08:00`.
    #[serde(deserialize_with = "text::required")]
    pub zone: String,
}

/// How an answer is wrapped.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseSpec {
    /// How lists are written.
    pub lists: ListForm,
    /// What stands around the answer.
    pub envelope: EnvelopeSpec,
}

/// Exactly one of its members is there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeSpec {
    /// The answer is the value of one root member named after the API; an error has a root of its own.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub root: Option<RootSpec>,
    /// The answer lies beside a status member.
    #[serde(default, deserialize_with = "text::present", skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusSpec>,
}

/// Names of the root members.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RootSpec {
    /// Taken off the API's name before it becomes the root's.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub strip: Option<String>,
    /// Put behind it.
    #[serde(deserialize_with = "text::required")]
    pub suffix: String,
    /// Root of an error.
    #[serde(deserialize_with = "text::required")]
    pub error: String,
    /// Inside it: the code.
    #[serde(deserialize_with = "text::required")]
    pub code: String,
    /// Inside it: the message.
    #[serde(deserialize_with = "text::required")]
    pub message: String,
    /// Inside it: the code below the code.
    #[serde(deserialize_with = "text::required")]
    pub sub_code: String,
    /// Inside it: the message below the message.
    #[serde(deserialize_with = "text::required")]
    pub sub_message: String,
    /// In both roots: the id of the request.
    #[serde(deserialize_with = "text::required")]
    pub request_id: String,
}

/// Names of the members beside the answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusSpec {
    /// Names that the status may have.
    #[serde(deserialize_with = "text::list")]
    pub status: Vec<String>,
    /// Names that the message may have.
    #[serde(deserialize_with = "text::list")]
    pub message: Vec<String>,
    /// Status values that mean success.
    #[serde(deserialize_with = "text::list")]
    pub success: Vec<String>,
}

/// Which errors may be tried again.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetrySpec {
    /// Codes.
    #[serde(default, deserialize_with = "text::list")]
    pub codes: Vec<String>,
    /// Prefixes of sub-codes.
    #[serde(default, deserialize_with = "text::list")]
    pub sub_codes: Vec<String>,
    /// Sub-codes that start so and are final all the same.
    #[serde(default, deserialize_with = "text::list")]
    pub except_sub_codes: Vec<String>,
    /// Text of the sub-message with `{seconds}` where it says how long to wait.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub wait: Option<String>,
}
