//! How a platform's requests and answers travel, as data.

use crate::terms::{
    AbsentStatus, BlankRule, BodyForm, DecimalForm, IntegerForm, JsonForm, KeyOrder, NullForm, ParameterPlace,
    ScalarListForm,
};

/// One gateway.
#[derive(Debug)]
pub struct Environment {
    /// Name in the platform file.
    pub name: String,
    /// Base URL.
    pub url: String,
    /// Whether requests to it are not encrypted.
    pub insecure: bool,
}

/// What the protocol layer does with every call of a platform.
#[derive(Debug)]
pub struct Protocol {
    /// How the request travels.
    pub body: BodyForm,
    /// Value of the Content-Type header of a request with a body.
    pub content_type: String,
    /// Parameters that the protocol layer sets before the request is signed.
    pub parameters: Vec<Parameter>,
    /// What happens to blank top-level text values before the request is signed.
    pub blank: BlankRule,
    /// How a list of scalars travels at the top level of a form.
    pub scalar_lists: ScalarListForm,
    /// The parameter of a form that contains all fields as one JSON object.
    pub wrapper: Option<String>,
    /// Root element of XML bodies, if it is not the usual one.
    pub xml_root: Option<String>,
    /// Names of the placeholders of paths that the signature fills.
    pub signed_path: Vec<String>,
    /// In which order members of JSON objects travel.
    pub keys: KeyOrder,
    /// How dates travel.
    pub date: DateFormat,
    /// How decimals travel inside JSON.
    pub decimal: DecimalForm,
    /// How integers travel inside JSON.
    pub integer: IntegerForm,
    /// What travels for members without a value inside JSON.
    pub nulls: NullForm,
    /// How members of type `Json` travel inside JSON.
    pub json: JsonForm,
    /// The envelope of answers.
    pub envelope: Envelope,
    /// The header with the request's id, for answers without one.
    pub request_id_header: Option<String>,
    /// Which errors pass with time.
    pub retry: Retry,
    /// What errors mean in all APIs.
    pub errors: ErrorTable,
}

impl Protocol {
    /// Whether a fixed parameter asks for answers without a root member and with bare lists. Platforms without such a parameter
    /// have the root member always.
    #[must_use]
    pub fn is_simplified(&self) -> bool {
        self.parameters.iter().any(|known| matches!(&known.value, ParameterValue::Fixed(text) if text == "true"))
    }
}

/// A parameter that the protocol layer sets.
#[derive(Debug)]
pub struct Parameter {
    /// Where it travels.
    pub place: ParameterPlace,
    /// Its wire name.
    pub name: String,
    /// Its value.
    pub value: ParameterValue,
}

/// The value of a parameter that the protocol layer sets.
#[derive(Debug)]
pub enum ParameterValue {
    /// The vendor's name of the API.
    Api,
    /// A fixed text.
    Fixed(String),
}

/// How dates travel.
#[derive(Debug)]
pub struct DateFormat {
    /// strftime pattern.
    pub pattern: String,
    /// Offset from UTC in seconds.
    pub offset_seconds: i32,
}

/// The envelope of an answer.
#[derive(Debug)]
pub enum Envelope {
    /// A root member named after the API; failures have a root member of their own.
    Root(RootEnvelope),
    /// A status member beside the data.
    Status(StatusEnvelope),
    /// None: the HTTP status reports success.
    Http(HttpEnvelope),
}

impl Envelope {
    /// Where the facts of an answer are.
    #[must_use]
    pub fn names(&self) -> &EnvelopeNames {
        match self {
            Self::Root(root) => &root.names,
            Self::Status(status) => &status.names,
            Self::Http(http) => &http.names,
        }
    }

    /// The codes or statuses of a success, if it has one.
    #[must_use]
    pub fn success(&self) -> &[String] {
        match self {
            Self::Root(root) => &root.success,
            Self::Status(status) => &status.success,
            Self::Http(_) => &[],
        }
    }
}

/// Where the facts of an answer are: paths, best first.
#[derive(Debug, Default)]
pub struct EnvelopeNames {
    /// The code or status.
    pub code: Vec<String>,
    /// The message.
    pub message: Vec<String>,
    /// The sub code.
    pub sub_code: Vec<String>,
    /// The sub message.
    pub sub_message: Vec<String>,
    /// The request's id.
    pub request_id: Vec<String>,
    /// Other members of the envelope.
    pub beside: Vec<String>,
    /// The member that holds the data.
    pub data: Option<String>,
}

/// A root envelope.
#[derive(Debug)]
pub struct RootEnvelope {
    /// Prefix of API names that the root key drops. It is the vendor's own prefix, which class names in its SDKs drop, too.
    pub strip: String,
    /// What the root key ends in, or all of it.
    pub suffix: String,
    /// Whether the root key is the same for all APIs.
    pub is_fixed: bool,
    /// Root key of a failure.
    pub error: String,
    /// Where the facts of a failure are.
    pub names: EnvelopeNames,
    /// Codes inside of the API's own root that mean success. None if it holds no code.
    pub success: Vec<String>,
}

/// A status envelope.
#[derive(Debug)]
pub struct StatusEnvelope {
    /// Where the facts of an answer are.
    pub names: EnvelopeNames,
    /// Statuses of a success.
    pub success: Vec<String>,
    /// What an answer without a status means.
    pub absent: AbsentStatus,
}

/// An envelope whose HTTP status reports success.
#[derive(Debug)]
pub struct HttpEnvelope {
    /// Where the facts of a failure are.
    pub names: EnvelopeNames,
}

/// Which errors pass with time.
#[derive(Debug, Default)]
pub struct Retry {
    /// Codes of errors that pass.
    pub codes: Vec<String>,
    /// Prefixes of sub codes of errors that pass.
    pub sub_codes: Vec<String>,
    /// Prefixes of sub codes that do not, although a prefix above fits.
    pub except_sub_codes: Vec<String>,
    /// The text before and after the number of seconds to wait in a sub message.
    pub wait: Option<(String, String)>,
}

/// Errors that mean the same in all APIs.
#[derive(Debug, Default)]
pub struct ErrorTable {
    /// Errors by code or status.
    pub codes: Vec<KnownError>,
    /// Errors by sub code.
    pub sub_codes: Vec<KnownError>,
    /// Errors by the text that an API's own table has for them.
    pub texts: Vec<KnownError>,
}

/// An error that means the same in all APIs.
#[derive(Debug)]
pub struct KnownError {
    /// Its code, sub code or text.
    pub key: String,
    /// What it means.
    pub meaning: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The message that the platform sends with it, perhaps with placeholders.
    pub message: Option<String>,
    /// Whether the platform rejects the time of the request with it.
    pub clock: bool,
    /// The HTTP status with which the platform answers.
    pub http: Option<http::StatusCode>,
    /// On which occasions the platform answers with it, as far as that is known.
    pub when: Vec<Occasion>,
}

/// Something wrong with a request that the platform has an error for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Something is missing.
    Missing(Subject),
    /// Something is wrong.
    Invalid(Subject),
}

/// What an [`Occasion`] is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A field of the API's request.
    Parameter,
    /// The HTTP method.
    Verb,
    /// The encoding of the request's text.
    Encoding,
    /// A field that the protocol or the signature sets, by its wire name.
    Field(String),
}
