//! What can go wrong between a client and a platform.

use core::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::texts::AnswerError;
use super::write::{AnswerLayout, Written, write_answer, write_error};
use crate::decode;
use crate::error::{Error, Timeout, TransportError, TransportProblem};
use crate::operation::{Endpoint, Operation};
use crate::protocol::{Envelope, Platform, Protocol, RootEnvelope, StatusEnvelope};

/// A failure of an attempt: an error of the platform, an HTTP error, an unusable answer, or none at all.
///
/// ```
/// use apograph_runtime::testing::Failure;
///
/// let limited = Failure::platform("7").with_sub_message("This ban will last for 2 more seconds");
/// let overloaded = Failure::http(503).with_header("retry-after", "3");
/// ```
#[derive(Clone, Debug)]
pub struct Failure(Box<Inner>);

/// Boxed, so that the results of closures are small.
#[derive(Clone, Debug)]
struct Inner {
    kind: Kind,
    status: StatusCode,
    headers: HeaderMap,
}

#[derive(Clone)]
enum Kind {
    /// An error in the platform's own form.
    Platform(AnswerError),
    /// This body.
    Body(Vec<u8>),
    /// The platform executes the call, and the transfer of its answer is interrupted.
    Truncated,
    /// The first half of the answer, as if it were whole.
    HalfBody,
    Timeout(Option<Timeout>),
    Transport(TransportProblem),
}

/// Shows no texts: those of a platform may quote values of the request.
impl core::fmt::Debug for Kind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Platform(error) => write!(f, "Platform({})", crate::show::Line(&error.code)),
            Self::Body(body) => write!(f, "Body({} bytes)", body.len()),
            Self::Truncated => f.write_str("Truncated"),
            Self::HalfBody => f.write_str("HalfBody"),
            Self::Timeout(_) => f.write_str("Timeout"),
            Self::Transport(problem) => problem.fmt(f),
        }
    }
}

impl Failure {
    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, status: StatusCode::OK, headers: HeaderMap::new() }))
    }

    /// An error of the platform with this code, or with this status on platforms that have one. HTTP reports success, as
    /// most platforms do, or 400 where only the HTTP status reports errors. The texts are those that the platform is known to send with it, unless they are set.
    ///
    /// The call panics if this is the platform's status of success.
    #[must_use]
    pub fn platform(code: impl Into<String>) -> Self {
        Self::new(Kind::Platform(AnswerError { code: code.into(), ..AnswerError::default() }))
    }

    /// An HTTP error status without an error of the platform.
    ///
    /// # Panics
    ///
    /// If the status is not one of an error or a redirection: from 300 to 599.
    #[must_use]
    #[track_caller]
    pub fn http(status: u16) -> Self {
        assert!((300..600).contains(&status), "{status} is not the HTTP status of a failure (300 to 599)");
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::body("text/html", "<html></html>").with_http_status(status)
    }

    /// This body instead of an answer. If it is an answer, the call succeeds.
    ///
    /// # Panics
    ///
    /// If HTTP forbids the content type.
    #[must_use]
    #[track_caller]
    pub fn body(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(Kind::Body(body.into())).with_header("content-type", content_type)
    }

    /// The connection breaks off within the answer: the platform has executed the call, and the handler is called.
    /// [`TransportProblem::Broken`], as over a socket.
    #[must_use]
    pub fn truncated() -> Self {
        Self::new(Kind::Truncated)
    }

    /// The first half of the answer, as if it were whole: the platform has executed the call, and the handler is called.
    /// The answer cannot be decoded.
    #[must_use]
    pub fn half_body() -> Self {
        Self::new(Kind::HalfBody)
    }

    /// No answer within the time limit of the attempt. For the mock's own clients, whose clock stands still, that time has
    /// passed.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(Kind::Timeout(None))
    }

    /// No connection within the time limit: nothing was sent.
    #[must_use]
    pub fn connect_timeout() -> Self {
        Self::new(Kind::Timeout(Some(Timeout::Connect)))
    }

    /// The server cannot be reached: nothing was sent.
    #[must_use]
    pub fn unreachable() -> Self {
        Self::transport(TransportProblem::Connect)
    }

    /// The connection breaks off before the answer: the platform may have received the call, and the handler is not called.
    #[must_use]
    pub fn disconnected() -> Self {
        Self::transport(TransportProblem::Broken)
    }

    /// Any other failure of the transport.
    #[must_use]
    pub fn transport(problem: TransportProblem) -> Self {
        Self::new(Kind::Transport(problem))
    }

    /// Adds a sub code to an error of the platform. No effect on other failures, nor on platforms without sub codes.
    #[must_use]
    pub fn with_sub_code(self, sub_code: impl Into<String>) -> Self {
        self.edited(|error| error.sub_code = Some(sub_code.into()))
    }

    /// Names the parameter that an error of the platform is about. It is a part of the message if the platform's message for
    /// the code contains it. No effect on other failures.
    #[must_use]
    pub fn with_parameter(self, parameter: impl Into<String>) -> Self {
        self.edited(|error| error.parameter = Some(parameter.into()))
    }

    /// Adds a message to an error of the platform. No effect on other failures.
    #[must_use]
    pub fn with_message(self, message: impl Into<String>) -> Self {
        self.edited(|error| error.message = Some(message.into()))
    }

    /// Adds a sub message to an error of the platform. No effect on other failures, nor on platforms without sub messages.
    #[must_use]
    pub fn with_sub_message(self, sub_message: impl Into<String>) -> Self {
        self.edited(|error| error.sub_message = Some(sub_message.into()))
    }

    /// Adds a header to the answer.
    ///
    /// # Panics
    ///
    /// If HTTP forbids the name or the value.
    #[must_use]
    #[track_caller]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let (name, value) = header(name, value);
        self.0.headers.insert(name, value);
        self
    }

    /// Returns the failure with an HTTP status, for platforms that report errors with one.
    #[must_use]
    pub fn with_http_status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    fn edited(mut self, edit: impl FnOnce(&mut AnswerError)) -> Self {
        if let Kind::Platform(error) = &mut self.0.kind {
            edit(error);
        }
        self
    }

    /// Whether the platform executes the call before the attempt fails.
    pub(super) fn is_executed(&self) -> bool {
        matches!(self.0.kind, Kind::Truncated | Kind::HalfBody)
    }

    /// Returns the outcome of an attempt that fails in this way. `answer` is the one that it would have had.
    pub(super) fn outcome(
        &self,
        answer: Option<Written>,
        context: &Context<'_>,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let (content_type, body) = match &self.0.kind {
            Kind::Platform(error) => {
                assert_failure(&error.code, context.protocol);
                let Context { protocol, operation, layout, request_id, .. } = context;
                let error = error.clone().with_known_texts(protocol, operation);
                let mut response = write_error(&error, protocol, operation, *layout, Some(request_id)).into_response();
                if self.0.status != StatusCode::OK {
                    *response.status_mut() = self.0.status;
                }
                response.headers_mut().extend(self.0.headers.clone());
                return Ok(response);
            }
            Kind::Body(body) => ("application/octet-stream", body.clone()),
            Kind::HalfBody => {
                let Written { content_type, body, .. } = answer.unwrap_or_else(|| Written::json(String::new()));
                // Half of the text with the white space around it may be all of the text.
                let body = body.trim().as_bytes();
                (content_type, body.iter().take(body.len() / 2).copied().collect())
            }
            Kind::Truncated => return Err(TransportError::new(TransportProblem::Broken)),
            Kind::Timeout(None) => return Err(TransportError::new(TransportProblem::Timeout)),
            Kind::Timeout(Some(timeout)) => return Err(TransportError::timed_out(*timeout, context.timeout)),
            Kind::Transport(problem) => return Err(TransportError::new(*problem)),
        };
        let mut response = http::Response::new(body);
        *response.status_mut() = self.0.status;
        response.headers_mut().insert(http::header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        response.headers_mut().extend(self.0.headers.clone());
        Ok(response)
    }

    /// Returns the error of a call of the endpoint `E` that fails in this way, with everything that a client finds out
    /// about it: its documented meaning, whether a retry may help, and how long to wait.
    ///
    /// ```
    /// # use apograph_runtime::testing::Failure;
    /// # fn example<E: apograph_runtime::Endpoint>() {
    /// let error = Failure::platform("7").error::<E>();
    /// assert_eq!(error.code(), Some("7"));
    /// # }
    /// ```
    pub fn error<E: Endpoint>(&self) -> Error {
        let (protocol, operation) = (&E::Platform::PROTOCOL, &E::OPERATION);
        let timeout = Duration::from_secs(30);
        let context = Context { protocol, operation, layout: AnswerLayout::default(), request_id: "mock-1", timeout };
        let mut target = E::Response::default();
        let answer = write_answer(&target, protocol, operation, context.layout, Some(context.request_id));
        let outcome = self.outcome(Some(answer), &context);
        match outcome.map(|response| decode::answer(response.into(), operation, protocol, &mut target)) {
            Ok(Err(error)) => error,
            Err(error) => error.or_timeout(Timeout::Attempt, timeout).into(),
            // Only a body that happens to be an answer.
            Ok(Ok(_)) => TransportError::new(TransportProblem::Protocol).with_cause("the body is an answer").into(),
        }
    }
}

/// Panics if HTTP forbids the name or the value of a header.
#[track_caller]
pub(super) fn header(name: &str, value: &str) -> (HeaderName, HeaderValue) {
    let header = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(value).ok());
    header.unwrap_or_else(|| refuse(&format!("HTTP forbids the header `{name}: {value}`")))
}

/// Panics if `code` is the status of success.
fn assert_failure(code: &str, protocol: &Protocol) {
    if let Envelope::Status(StatusEnvelope { success, .. }) | Envelope::Root(RootEnvelope { success, .. }) =
        &protocol.response.envelope
    {
        assert!(!success.contains(&code), "`{code}` is the status of success: it cannot be a `Failure`");
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "a test that asks for what cannot be is wrong")]
fn refuse(why: &str) -> ! {
    panic!("{why}")
}

/// What the form of a failure depends on.
pub(super) struct Context<'a> {
    pub(super) protocol: &'a Protocol,
    pub(super) operation: &'a Operation,
    pub(super) layout: AnswerLayout,
    pub(super) request_id: &'a str,
    /// Time limit of the attempt.
    pub(super) timeout: Duration,
}
