//! Platform files: what is specific to one vendor's platform, as data.

use serde::{Deserialize, Serialize};

use crate::terms::{
    BlankRule, BodyForm, DecimalForm, FieldPlace, FileForm, HttpMethod, IntegerForm, JsonForm, KeyOrder, NullForm,
    ScalarListForm, TypeMeaning, glob,
};

use super::recipe::SchemeSpec;
use super::{Entries, EnvironmentSpec, ErrorTableSpec, ResponseSpec, text};

/// `specs/<platform>/platform.yaml`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformSpec {
    /// Display name of the platform.
    #[serde(deserialize_with = "text::required")]
    pub title: String,
    /// Name → gateway; the first is the default of a new client.
    pub environments: Entries<EnvironmentSpec>,
    /// The families, by folder name.
    #[serde(default)]
    pub families: Entries<FamilySpec>,
    /// The Cargo features of several families, by name. Every other family is a feature of its own.
    #[serde(default)]
    pub features: Entries<FeatureSpec>,
    /// How requests travel.
    pub request: RequestSpec,
    /// How values are written.
    #[serde(default)]
    pub values: ValuesSpec,
    /// How responses are wrapped.
    pub response: ResponseSpec,
    /// Which errors can be retried.
    #[serde(default)]
    pub retry: RetrySpec,
    /// What errors mean in all APIs.
    #[serde(default)]
    pub errors: ErrorTableSpec,
    /// The signing scheme by name; exactly one.
    pub signing: Entries<SchemeSpec>,
}

/// A group of APIs: one folder, one module.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilySpec {
    /// Display name of the family.
    #[serde(deserialize_with = "text::required")]
    pub title: String,
    /// API names that start with one of these prefixes and a dot belong to the family. The rest of the name is the
    /// module's.
    #[serde(deserialize_with = "text::list")]
    pub prefixes: Vec<String>,
}

/// A Cargo feature of several families.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureSpec {
    /// Display name of the feature.
    #[serde(deserialize_with = "text::required")]
    pub title: String,
    /// The families that it enables, by folder name.
    #[serde(deserialize_with = "text::list")]
    pub families: Vec<String>,
}

/// How requests travel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestSpec {
    /// Form of the body.
    pub body: BodyForm,
    /// The method if the page does not name one.
    pub method: HttpMethod,
    /// Content type of the body.
    #[serde(deserialize_with = "text::required")]
    pub content_type: String,
    /// Parameters that are set before the request is signed.
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
    /// The parameter of a form that contains all fields as one JSON object.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub wrapper: Option<String>,
    /// Root element of XML bodies.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub xml_root: Option<String>,
    /// In which order members of JSON objects are written.
    #[serde(default)]
    pub json_keys: KeyOrder,
    /// Fields that do not travel in the body, whatever the page calls their place.
    #[serde(default)]
    pub places: PlacesSpec,
}

/// Names of fields by place. A `*` at the end matches any rest of the name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacesSpec {
    /// Fields in the query.
    #[serde(default, deserialize_with = "text::list")]
    pub query: Vec<String>,
    /// Fields in headers.
    #[serde(default, deserialize_with = "text::list")]
    pub headers: Vec<String>,
}

impl PlacesSpec {
    /// Returns the place of a field that is not in the path and for which the page names no place.
    #[must_use]
    pub fn usual(&self, wire: &str, method: HttpMethod) -> FieldPlace {
        let has = |patterns: &[String]| patterns.iter().any(|pattern| glob(pattern, wire));
        match method.has_body() {
            _ if has(&self.query) => FieldPlace::Query,
            _ if has(&self.headers) => FieldPlace::Header,
            true => FieldPlace::Body,
            false => FieldPlace::Query,
        }
    }
}

/// The value template that becomes the API's name.
pub const API_NAME: &str = "{api}";

/// Name → value template, by place. [`API_NAME`] is the API's name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParametersSpec {
    /// Parameters in the query.
    #[serde(default, deserialize_with = "text::entries")]
    pub query: Entries<String>,
    /// Parameters in the form body.
    #[serde(default, deserialize_with = "text::entries")]
    pub form: Entries<String>,
    /// Parameters in the headers.
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
    /// Integers inside JSON.
    #[serde(default)]
    pub integer: IntegerForm,
    /// A `Json` member inside JSON.
    #[serde(default)]
    pub json: JsonForm,
    /// Members without a value inside JSON.
    #[serde(default)]
    pub nulls: NullForm,
    /// The vendor's type words beyond the common ones → their meaning.
    #[serde(default)]
    pub types: Entries<TypeMeaning>,
}

/// The pattern and zone of dates.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateSpec {
    /// `strftime` pattern.
    #[serde(deserialize_with = "text::required")]
    pub format: String,
    /// Fixed offset from UTC, `+08:00`.
    #[serde(deserialize_with = "text::required")]
    pub zone: String,
}

/// Which errors can be retried.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetrySpec {
    /// Retryable codes.
    #[serde(default, deserialize_with = "text::list")]
    pub codes: Vec<String>,
    /// Prefixes of retryable sub-codes.
    #[serde(default, deserialize_with = "text::list")]
    pub sub_codes: Vec<String>,
    /// Prefixes of sub-codes that cannot be retried although `sub_codes` matches them.
    #[serde(default, deserialize_with = "text::list")]
    pub except_sub_codes: Vec<String>,
    /// The sub-message that tells how long to wait, with `{seconds}` in place of the number.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub wait: Option<String>,
}
