//! Calls as a mock receives them.

use core::fmt;
use core::time::Duration;

use super::read::{ReadRequest, SentRequest};
use super::write::{AnswerLayout, Written, write_answer};
use crate::coercion::Coercions;
use crate::object::Object;
use crate::operation::{Endpoint, Operation};
use crate::protocol::{Credentials, Platform, Protocol};
use crate::show::Line;
use crate::sign::{Location, Moment, Parts};

/// Number of an attempt, from 1. The client adds it to the extensions of its requests, which no transport sends.
#[derive(Copy, Clone, Debug)]
pub(crate) struct AttemptNumber(pub(crate) u32);

/// One attempt of a call of the endpoint `E`, as a [`Mock`](super::Mock) receives it.
///
/// `Debug` shows no values: the request has personal data, and its parameters may be secret.
#[non_exhaustive]
pub struct MockCall<E> {
    /// The request, decoded from what was sent.
    pub request: E,
    /// Deviations of what was sent from the documentation. The requests of a typed client have none, except for values
    /// that an enum does not list.
    pub coercions: Coercions,
    parameters: ReadRequest,
    recorded: RecordedCall,
    session: Option<String>,
}

/// One attempt of a call of any API, as a [`Mock`](super::Mock) receives it. `Debug` shows no values.
#[derive(Clone)]
pub struct RecordedCall {
    pub(super) api: String,
    pub(super) attempt: u32,
    pub(super) timeout: Duration,
    pub(super) sent: SentRequest,
    pub(super) headers: http::HeaderMap,
}

impl<E: Endpoint + Default> MockCall<E> {
    /// Decodes a request. Returns why it cannot be one of the endpoint.
    pub(super) fn of(recorded: &RecordedCall, place: Option<&SessionPlace>) -> Result<Self, super::ReadError> {
        let mut request = E::default();
        let mut parameters = recorded.sent.read(&E::Platform::PROTOCOL, &E::OPERATION, &mut request)?;
        let coercions = core::mem::take(&mut parameters.coercions);
        let session = place.and_then(|place| place.find(&recorded.sent));
        Ok(Self { request, coercions, parameters, recorded: recorded.clone(), session })
    }

    /// Writes an answer to the call.
    pub(super) fn write(answer: &dyn Object, layout: AnswerLayout, request_id: &str) -> Written {
        write_answer(answer, &E::Platform::PROTOCOL, &E::OPERATION, layout, Some(request_id))
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
        self.session.as_deref()
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
    /// Returns the API's name. Where a path determines the API and the mock does not know it: the HTTP method and the path.
    pub fn api(&self) -> &str {
        &self.api
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
            .field("has_session", &self.session.is_some())
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RecordedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedCall")
            .field("api", &Line(&self.api))
            .field("attempt", &self.attempt)
            .field("request", &self.sent)
            .finish_non_exhaustive()
    }
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
        let is_here = |name: &str| match self.location {
            Location::Headers => name.eq_ignore_ascii_case(&self.name),
            Location::Query | Location::Form => name == self.name,
        };
        // A request without a body has no form.
        let pairs = sent.pairs(self.location).iter().chain(sent.pairs(Location::Query));
        let value = pairs.filter(|(name, _)| is_here(name)).map(|(_, value)| value).next()?;
        let (before, after) = (self.around.0.as_str(), self.around.1.as_str());
        value.strip_prefix(before)?.strip_suffix(after).map(str::to_owned)
    }
}

/// Returns the name of the API that a request calls, if a parameter contains it.
pub(super) fn named_api<'r>(sent: &'r SentRequest, protocol: &Protocol) -> Option<&'r str> {
    let parameters = protocol.request.parameters.iter();
    let parameter = parameters.clone().find(|parameter| parameter.value == crate::ParameterValue::Api)?;
    let is_named = |name: &str| match parameter.location {
        Location::Headers => name.eq_ignore_ascii_case(parameter.name),
        Location::Query | Location::Form => name == parameter.name,
    };
    let mut pairs = [parameter.location, Location::Query].into_iter().flat_map(|location| sent.pairs(location));
    pairs.find(|(name, _)| is_named(name)).map(|(_, value)| value.as_str())
}
