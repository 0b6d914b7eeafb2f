//! Calls as a mock receives them.

use core::fmt;
use core::time::Duration;

use super::read::{ReadRequest, SentRequest, check_request};
use super::write::{AnswerLayout, Written, write_answer};
use crate::coercion::Coercions;
use crate::error::Error;
use crate::object::Object;
use crate::operation::{Endpoint, Operation};
use crate::protocol::{Credentials, Platform, Protocol};
use crate::show::Line;
use crate::sign::{Location, Moment, Parts, same_name};

/// What a client knows about a request that it sends. It is in the request's extensions, which no transport sends.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Origin {
    /// Number of the attempt, from 1.
    pub(crate) attempt: u32,
    /// Name of the API; empty in a call without types.
    pub(crate) api: &'static str,
    /// Path of the API with its placeholders.
    pub(crate) template: &'static str,
}

/// What answers a call.
#[derive(Copy, Clone)]
pub(super) struct Answerer<'a> {
    pub(super) name: &'a str,
    /// The operation, if the handler has types.
    pub(super) operation: Option<&'static Operation>,
}

/// One attempt of a call of the endpoint `E`, as a [`Mock`](super::Mock) receives it.
///
/// `Debug` shows no values: the request has personal data, and its parameters may be secret.
#[derive(Clone)]
#[non_exhaustive]
pub struct MockCall<E> {
    /// The request, decoded from what was sent.
    ///
    /// Dates and numbers are the text that was sent, and what is not sent is absent: an instant becomes the text of its
    /// second in the platform's time zone, and an empty list or a blank text may become `None`. So `request == call` can
    /// be false for such a `call`; compare the fields that matter, or the results of `Date::to_system_time`.
    pub request: E,
    /// Deviations of what was sent from the documentation. The requests of a typed client have none, except for values
    /// that an enum does not list.
    pub coercions: Coercions,
    parameters: ReadRequest,
    recorded: RecordedCall,
}

/// One attempt of a call of any API, as a [`Mock`](super::Mock) receives it.
///
/// `Debug` shows no values and no path, which may have values in it: it shows the API, or the path with placeholders.
#[derive(Clone)]
pub struct RecordedCall {
    api: String,
    /// The API for texts that end up in logs.
    shown: String,
    /// Name of the API whose type the client or the handler has.
    typed: Option<&'static str>,
    attempt: u32,
    timeout: Duration,
    sent: SentRequest,
    session: Option<String>,
    headers: http::HeaderMap,
}

impl<E: Endpoint + Default> MockCall<E> {
    /// Decodes a request. Returns why it cannot be one of the endpoint.
    pub(super) fn of(recorded: &RecordedCall) -> Result<Self, super::ReadError> {
        let mut request = E::default();
        let mut parameters = recorded.sent.read(&E::Platform::PROTOCOL, &E::OPERATION, &mut request)?;
        let coercions = core::mem::take(&mut parameters.coercions);
        Ok(Self { request, coercions, parameters, recorded: recorded.clone() })
    }

    /// Writes an answer to the call.
    pub(super) fn write(answer: &dyn Object, layout: AnswerLayout, request_id: &str) -> Written {
        write_answer(answer, &E::Platform::PROTOCOL, &E::OPERATION, layout, Some(request_id))
    }

    /// Checks the required marks and limits of the request, as a client does before it sends a request. A client with
    /// [`Checks::Off`](crate::Checks::Off) does not.
    ///
    /// # Errors
    ///
    /// [`Error::Violations`] with every rule of the page that the request violates.
    pub fn check(&self) -> Result<(), Error> {
        check_request(&self.request, &E::Platform::PROTOCOL, &E::OPERATION)
    }
}

impl<E> MockCall<E> {
    /// Returns the number of the attempt, from 1.
    pub fn attempt(&self) -> u32 {
        self.recorded.attempt
    }

    /// Returns how long the attempt may take.
    pub fn timeout(&self) -> Duration {
        self.recorded.timeout
    }

    /// Returns the session (access token) that was sent.
    pub fn session(&self) -> Option<&str> {
        self.recorded.session()
    }

    /// Returns a parameter that is not a field of the request: a system parameter, or one that was added by name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.parameter(name)
    }

    /// Returns the headers.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.recorded.headers
    }
}

impl RecordedCall {
    /// Records a request that `handler` answers.
    pub(super) fn new(
        request: &http::Request<Vec<u8>>,
        sent: SentRequest,
        named: Option<&str>,
        handler: Option<Answerer<'_>>,
        place: Option<&SessionPlace>,
        timeout: Duration,
    ) -> Self {
        let origin = request.extensions().get::<Origin>();
        let (method, path) = (sent.method(), sent.path());
        let called = origin.filter(|origin| !origin.api.is_empty()).map(|origin| (origin.api, origin.template));
        let typed = handler.and_then(|handler| handler.operation);
        let typed = typed.map(|operation| (operation.name(), operation.path())).or(called);
        let (api, shown) = match (named, typed, handler) {
            (Some(name), ..) => (name.to_owned(), name.to_owned()),
            (None, Some((name, template)), _) => (name.to_owned(), format!("{name} ({method} {template})")),
            (None, None, Some(handler)) => (handler.name.to_owned(), handler.name.to_owned()),
            (None, None, None) => (format!("{method} {path}"), format!("{method} {}", veiled(path))),
        };
        let session = place.and_then(|place| place.find(&sent));
        let (attempt, headers) = (origin.map_or(1, |origin| origin.attempt), request.headers().clone());
        Self { api, shown, typed: typed.map(|(name, _)| name), attempt, timeout, sent, session, headers }
    }

    /// Whether the call is one of `operation`, whatever answered it.
    pub(super) fn is_of(&self, operation: &Operation, protocol: &Protocol) -> bool {
        self.typed.map_or_else(
            || leads_to(&self.sent, named_api(&self.sent, protocol), operation),
            |name| name == operation.name(),
        )
    }

    /// Returns the API for texts that end up in logs: without values of the path.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// Returns the API's name. Where a path determines the API: its name if the client or the handler has its type, or else
    /// the name of the handler, or else the HTTP method and the path.
    pub fn api(&self) -> &str {
        &self.api
    }

    /// Returns the HTTP method in capitals.
    pub fn method(&self) -> &str {
        self.sent.method()
    }

    /// Returns the path of the URL, which may contain values of the request.
    pub fn path(&self) -> &str {
        self.sent.path()
    }

    /// Returns the session (access token) that was sent.
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// Returns the number of the attempt, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns how long the attempt may take.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Returns a parameter of the query or form, or a member of a JSON body, as text.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let pairs = [Location::Query, Location::Form].map(|location| self.sent.pairs(location));
        let text = pairs.into_iter().flatten().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        text.or_else(|| self.sent.member(name))
    }

    /// Returns the headers.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.headers
    }
}

impl<E: fmt::Debug> fmt::Debug for MockCall<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockCall")
            .field("request", &self.request)
            .field("attempt", &self.attempt())
            .field("has_session", &self.session().is_some())
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RecordedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedCall")
            .field("api", &Line(&self.shown))
            .field("attempt", &self.attempt)
            .field("query", &names(self.sent.pairs(Location::Query)))
            .field("form", &names(self.sent.pairs(Location::Form)))
            .finish_non_exhaustive()
    }
}

fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
}

/// Returns a path without its segments, any of which may be personal data.
fn veiled(path: &str) -> String {
    path.split('/').map(|segment| if segment.is_empty() { "" } else { "…" }).collect::<Vec<_>>().join("/")
}

/// Where the signature of a platform puts the session.
#[derive(Clone, Debug)]
pub(super) struct SessionPlace {
    location: Location,
    name: String,
    /// Text around the session.
    around: (String, String),
}

/// A session that occurs in no other text of a request.
const MARK: &str = "session-of-the-mock-1f0e7b";

impl SessionPlace {
    /// Finds the place by signing a request with a session that can be recognized.
    pub(super) fn of<P: Platform>(credentials: &P::Credentials, operation: &Operation) -> Option<Self> {
        let credentials = credentials.clone().with_session(Some(MARK.into()));
        let mut parts = Parts::new(operation.method().as_str(), "https://localhost").ok()?;
        parts = parts.with_operation_path("/").with_facts(operation.signing_facts());
        let nonce = super::clock::TestNonce::default();
        let moment = Moment::new(std::time::UNIX_EPOCH, &nonce);
        P::sign(&mut parts, &credentials, P::SignMethod::default(), &moment).ok()?;
        [Location::Query, Location::Form, Location::Headers].into_iter().find_map(|location| {
            parts.pairs(location).iter().find_map(|(name, value)| {
                let (before, after) = value.split_once(MARK)?;
                Some(Self { location, name: name.clone(), around: (before.to_owned(), after.to_owned()) })
            })
        })
    }

    fn find(&self, sent: &SentRequest) -> Option<String> {
        let is_here = |name: &str| same_name(self.location, name, &self.name);
        // A request without a body has no form.
        let pairs = sent.pairs(self.location).iter().chain(sent.pairs(Location::Query));
        let value = pairs.filter(|(name, _)| is_here(name)).map(|(_, value)| value).next()?;
        let (before, after) = (self.around.0.as_str(), self.around.1.as_str());
        value.strip_prefix(before)?.strip_suffix(after).map(str::to_owned)
    }
}

/// Whether a request calls `operation`. `named` is the API's name if a parameter contains it.
pub(super) fn leads_to(sent: &SentRequest, named: Option<&str>, operation: &Operation) -> bool {
    named.map_or_else(
        || sent.method() == operation.method().as_str() && sent.is_at(operation),
        |name| name == operation.name(),
    )
}

/// Returns the name of the API that a request calls, if a parameter contains it.
pub(super) fn named_api<'r>(sent: &'r SentRequest, protocol: &Protocol) -> Option<&'r str> {
    let parameters = protocol.request.parameters.iter();
    let parameter = parameters.clone().find(|parameter| parameter.value == crate::ParameterValue::Api)?;
    let is_named = |name: &str| same_name(parameter.location, name, parameter.name);
    let mut pairs = [parameter.location, Location::Query].into_iter().flat_map(|location| sent.pairs(location));
    pairs.find(|(name, _)| is_named(name)).map(|(_, value)| value.as_str())
}
