//! A platform as data: how requests are sent, how values are written, how answers are wrapped, and which errors can be
//! retried.
//!
//! All differences between vendors are constants of the generated crate; nothing in this crate depends on a particular
//! vendor.

use core::fmt;

use crate::clock::Zone;
use crate::error_table::ErrorTable;
use crate::secret::Secret;
use crate::sign::{Location, Moment, Parts, SignError};

/// A vendor's platform: its credentials, environments, protocol and signature.
pub trait Platform: 'static {
    /// Credentials of a caller.
    type Credentials: Credentials;
    /// Signature methods to choose from; `()` if there is only one.
    type SignMethod: Copy + Default + fmt::Debug + Send + Sync;
    /// Named base URLs.
    type Environment: Environment;
    /// Rules for requests and answers.
    const PROTOCOL: Protocol;

    /// Signs the request: adds what the protocol needs to the query, the form or the headers.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the random source fails or the time cannot be written.
    fn sign(
        parts: &mut Parts,
        credentials: &Self::Credentials,
        method: Self::SignMethod,
        moment: &Moment<'_>,
    ) -> Result<(), SignError>;
}

/// Credentials of a caller.
pub trait Credentials: Clone + Send + Sync {
    /// Returns every secret and token with its name, so that a [`SigningReport`](crate::SigningReport) can mask them.
    /// Optional ones may be absent.
    fn secrets(&self) -> Vec<(&str, Option<&Secret>)>;

    /// Returns the session (access token), if the platform has sessions and one is set.
    fn session(&self) -> Option<&Secret> {
        None
    }

    /// Returns the credentials with another session; unchanged on a platform without sessions.
    #[must_use]
    fn with_session(self, session: Option<Secret>) -> Self {
        drop(session);
        self
    }
}

/// A named base URL.
pub trait Environment: Copy + Default {
    /// Returns the URL that an operation's path is appended to.
    fn base_url(self) -> &'static str;
}

/// Rules for requests and answers of a platform: its `platform.yaml` without the signing recipe.
#[derive(Debug)]
pub struct Protocol {
    /// How requests are sent.
    pub request: RequestRules,
    /// How values are written.
    pub values: ValueRules,
    /// How answers are wrapped.
    pub response: ResponseRules,
    /// Which errors are temporary.
    pub retry: RetryRules,
    /// What errors mean in all APIs.
    pub errors: ErrorTable,
}

/// How requests are sent.
#[derive(Copy, Clone, Debug)]
pub struct RequestRules {
    /// Form of the body.
    pub body: BodyForm,
    /// The `Content-Type` of a body that is not multipart.
    pub content_type: &'static str,
    /// Parameters that every request has, set before it is signed.
    pub parameters: &'static [Parameter],
    /// What happens to blank top-level text in forms and queries.
    pub blank: Blank,
    /// How a list of scalars is written at the top level of a form or query.
    pub scalar_lists: ScalarLists,
    /// The parameter that contains the fields of a form or query, as one JSON object.
    pub wrapper: Option<&'static str>,
    /// Name of the root element of XML bodies.
    pub xml_root: &'static str,
    /// Names of the placeholders of paths that the signature fills.
    pub signed_path: &'static [&'static str],
}

impl RequestRules {
    /// The most common rules, for those that a platform does not set.
    pub const COMMON: Self = Self {
        body: BodyForm::Form,
        content_type: BodyForm::Form.content_type(),
        parameters: &[],
        blank: Blank::Keep,
        scalar_lists: ScalarLists::Json,
        wrapper: None,
        xml_root: "xml",
        signed_path: &[],
    };

    /// Returns the `Content-Type` of a body. That of the platform is for bodies in its usual form.
    pub fn content_type_of(&self, body: BodyForm) -> &'static str {
        if body == self.body { self.content_type } else { body.content_type() }
    }
}

/// What a request's body is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// A form: one parameter per top-level field; `multipart/form-data` as soon as a file is sent.
    Form,
    /// One JSON object. Files cannot be sent.
    Json,
    /// One XML element, with an element per field. Files cannot be sent.
    Xml,
    /// A form that is always sent as `multipart/form-data`.
    Multipart,
    /// The text or the file of the only field that is sent in the body.
    Raw,
}

impl BodyForm {
    /// Returns the usual `Content-Type` of such a body. That of a multipart form and of a file is set when it is written.
    const fn content_type(self) -> &'static str {
        match self {
            Self::Form | Self::Multipart => "application/x-www-form-urlencoded;charset=UTF-8",
            Self::Json => "application/json;charset=UTF-8",
            Self::Xml => "text/xml;charset=UTF-8",
            Self::Raw => "text/plain;charset=UTF-8",
        }
    }
}

/// A parameter that every request has.
#[derive(Debug)]
pub struct Parameter {
    /// Where it is sent.
    pub location: Location,
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: ParameterValue,
}

/// Value of a parameter that every request has.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// The API's name.
    Api,
    /// This text.
    Fixed(&'static str),
}

/// What happens to blank (empty or white space) top-level text.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Neither sent nor signed.
    // specs/top/PROTOCOL.md#blank-values
    Drop,
    /// Sent as it is.
    Keep,
}

/// How a list of scalars is written at the top level.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ScalarLists {
    /// Joined with commas.
    // specs/top/PROTOCOL.md#lists-of-scalars
    Comma,
    /// As a JSON array.
    Json,
}

/// How values are written.
#[derive(Copy, Clone, Debug)]
pub struct ValueRules {
    /// How an instant is written.
    pub date: DateForm,
    /// How a decimal number is written inside JSON.
    pub decimal: DecimalForm,
    /// How an integer is written inside JSON.
    pub integer: IntegerForm,
    /// How a JSON value is written inside JSON.
    pub json: JsonForm,
    /// What is written for absent members of JSON objects.
    pub nulls: NullForm,
    /// In which order the members of JSON objects are written.
    pub keys: KeyOrder,
}

impl ValueRules {
    /// The most common rules, for those that a platform does not set.
    pub const COMMON: Self = Self {
        date: DateForm { pattern: "%Y-%m-%d %H:%M:%S", zone: Zone::east(28_800) },
        decimal: DecimalForm::Text,
        integer: IntegerForm::Number,
        json: JsonForm::Text,
        nulls: NullForm::Omit,
        keys: KeyOrder::Page,
    };
}

/// How an integer is written inside JSON.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum IntegerForm {
    /// As a number.
    Number,
    /// As text.
    Text,
}

/// What is written for absent members of JSON objects.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum NullForm {
    /// Nothing.
    Omit,
    /// The name, with `null` as its value.
    Write,
}

/// In which order the members of JSON objects are written.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum KeyOrder {
    /// In the order of the page.
    Page,
    /// By their names, in byte order, within every object of the text.
    Sorted,
}

/// How an instant is written.
#[derive(Copy, Clone, Debug)]
pub struct DateForm {
    /// A `strftime` pattern.
    pub pattern: &'static str,
    /// Time zone of the text.
    pub zone: Zone,
}

/// How a decimal number is written inside JSON.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum DecimalForm {
    /// As text.
    Text,
    /// As a number.
    Number,
}

/// How a JSON value is written inside JSON.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum JsonForm {
    /// As text that contains JSON.
    Text,
    /// As the value itself.
    Value,
}

/// How answers are wrapped.
#[derive(Debug)]
pub struct ResponseRules {
    /// What encloses the business members.
    pub envelope: Envelope,
    /// The header with the request id, for answers whose body has none.
    pub request_id_header: Option<&'static str>,
}

/// What encloses the business members of an answer.
#[derive(Debug)]
pub enum Envelope {
    /// One root member per API, and another one for errors.
    // specs/top/PROTOCOL.md#answer-envelope
    Root(RootEnvelope),
    /// A status member beside the business members.
    // specs/nio/PROTOCOL.md#answer-envelope
    Status(StatusEnvelope),
    /// Nothing: the HTTP status reports success, and errors have a code.
    Http(HttpEnvelope),
}

/// Paths of members, best first: names with dots between them.
pub type Paths = &'static [&'static str];

/// Where the facts of an envelope are.
///
/// Paths start at the root member, if the answer has one, and at the whole answer otherwise. A path that begins with `/`
/// always starts at the whole answer.
#[derive(Debug)]
pub struct EnvelopeNames {
    /// The code or status.
    pub code: Paths,
    /// The message.
    pub message: Paths,
    /// The sub code of an error.
    pub sub_code: Paths,
    /// The sub message of an error.
    pub sub_message: Paths,
    /// The request id, in answers and in errors.
    pub request_id: Paths,
    /// Other members of the envelope, such as a signature of the answer.
    pub beside: Paths,
}

impl EnvelopeNames {
    /// No paths at all.
    pub const NONE: Self =
        Self { code: &[], message: &[], sub_code: &[], sub_message: &[], request_id: &[], beside: &[] };

    /// Returns the paths of everything.
    pub(crate) const fn all(&self) -> [Paths; 6] {
        let Self { code, message, sub_code, sub_message, request_id, beside } = *self;
        [code, message, sub_code, sub_message, request_id, beside]
    }
}

/// An answer with a root member per API.
#[derive(Debug)]
pub struct RootEnvelope {
    /// Suffix of every root member's name.
    pub suffix: &'static str,
    /// The root member of an error.
    pub error: &'static str,
    /// Where the facts of errors are.
    pub names: EnvelopeNames,
    /// The codes inside of the API's own root member that mean success. Without any, the root member means success, and its
    /// members are data.
    pub success: &'static [&'static str],
}

/// An answer with a status member.
#[derive(Debug)]
pub struct StatusEnvelope {
    /// Where the status and the facts of errors are. The first status present is used.
    pub names: EnvelopeNames,
    /// The values of the status that mean success.
    pub success: &'static [&'static str],
    /// What an answer without a status means.
    pub absent: Absent,
}

/// What an answer without a status means.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The answer cannot be decoded.
    Error,
    /// The call succeeded: only errors have a status.
    Success,
}

/// An answer whose HTTP status reports success.
#[derive(Debug)]
pub struct HttpEnvelope {
    /// Where the facts of errors are.
    pub names: EnvelopeNames,
}

/// Which errors are temporary.
#[derive(Debug)]
pub struct RetryRules {
    /// Codes (or statuses) after which the same call may succeed later.
    pub codes: &'static [&'static str],
    /// Prefixes of sub codes after which the same call may succeed later.
    pub sub_codes: &'static [&'static str],
    /// Prefixes of sub codes after which a retry cannot succeed, even if `codes` or `sub_codes` matches.
    pub except_sub_codes: &'static [&'static str],
    /// Text before and after the number of seconds to wait in a sub message.
    pub wait: Option<(&'static str, &'static str)>,
}
