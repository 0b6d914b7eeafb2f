//! Errors of a call.
//!
//! `Debug` and `Display` of errors show no secret, no query of a URL, and no value of a request or answer: only codes,
//! documented texts and wire paths. The server's own texts are in the errors' fields and in [`Error::body`].

mod answered;
mod credentials;
mod decode;
mod transport;
mod url;
mod violation;

use core::fmt;
use core::time::Duration;
use std::time::SystemTime;

#[cfg(feature = "tracing")]
pub(crate) use answered::without_detail;
pub use answered::{HttpError, PlatformError, StatusError};
pub use credentials::{CredentialText, CredentialsError, CredentialsProblem, credential};
pub use decode::{DecodeError, DecodeProblem};
pub use transport::{Timeout, TransportError, TransportProblem};
pub use url::BaseUrlError;
pub use violation::{Rule, Violation, Violations};

use crate::sign::SignError;
use crate::skew::ClockSkew;

/// Why a call failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The base URL cannot be used.
    BaseUrl(BaseUrlError),
    /// A credential cannot be right.
    Credentials(CredentialsError),
    /// The API was removed from the vendor's documentation; the call was not sent.
    Removed {
        /// The API's name.
        api: &'static str,
    },
    /// The endpoint needs a session, and the credentials have none.
    MissingSession {
        /// The API's name.
        api: &'static str,
    },
    /// The request violates rules of its page; contains all violations.
    Violations(Violations),
    /// The request could not be signed.
    Sign(SignError),
    /// The signed request is not valid HTTP: a header or the path contains a character that HTTP forbids.
    Request(http::Error),
    /// No complete answer arrived.
    Transport(TransportError),
    /// The response has an HTTP error status and contains no error of the platform.
    Http(Box<HttpError>),
    /// The platform refused the call, or failed to execute it.
    Platform(Box<PlatformError>),
    /// The answer has a status other than success.
    Status(Box<StatusError>),
    /// The answer cannot be decoded.
    Decode(Box<DecodeError>),
}

impl Error {
    /// Whether the same call may succeed later: after a temporary network failure, after an HTTP status such as 429 or 503,
    /// or by the platform's retry rules.
    ///
    /// Retrying can do harm: after a timeout, the first call may have been executed. Repeat a call of the endpoint `E`
    /// that changes something only if [`E::OPERATION.is_idempotent()`](crate::Operation::is_idempotent) is true
    /// (`OPERATION` is a constant of the trait [`Endpoint`](crate::Endpoint)) or if you know that repeating is safe.
    /// Build a new request for each attempt, so that it is signed again.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_retryable(),
            Self::Http(error) => error.outlook.retryable,
            Self::Platform(error) => error.outlook.retryable,
            Self::Status(error) => error.outlook.retryable,
            _ => false,
        }
    }

    /// Whether the platform may have received the request in any attempt, and executed it. If not, repeating the call is
    /// always safe.
    pub fn may_have_been_received(&self) -> bool {
        match self {
            Self::Transport(error) => error.may_have_been_received(),
            Self::Http(_) | Self::Platform(_) | Self::Status(_) | Self::Decode(_) => true,
            _ => false,
        }
    }

    /// Returns how long to wait before another attempt, if the answer states a time; at most one day.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Http(error) => error.outlook.after,
            Self::Platform(error) => error.outlook.after,
            Self::Status(error) => error.outlook.after,
            _ => None,
        }
    }

    /// Returns the platform's code or status, if the platform answered.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Platform(error) => Some(&error.code),
            Self::Status(error) => Some(&error.status),
            _ => None,
        }
    }

    /// Returns the platform's sub code, such as `isv.invalid-parameter`, if the platform answered one.
    pub fn sub_code(&self) -> Option<&str> {
        match self {
            Self::Platform(error) => error.sub_code.as_deref(),
            Self::Status(error) => error.sub_code.as_deref(),
            _ => None,
        }
    }

    /// Returns the identifier that the platform gave to the call, if any.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Platform(error) => error.request_id.as_deref(),
            Self::Status(error) => error.request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the platform rejected the time of the request: the clock of this machine may be wrong.
    pub fn is_clock(&self) -> bool {
        match self {
            Self::Platform(error) => error.is_clock(),
            Self::Status(error) => error.is_clock(),
            _ => false,
        }
    }

    /// Returns how far this machine's clock is from the server's, if the platform rejected the time of the request.
    pub fn clock_skew(&self) -> Option<ClockSkew> {
        match self {
            Self::Platform(error) => error.outlook.skew,
            Self::Status(error) => error.outlook.skew,
            _ => None,
        }
    }

    /// Returns the error with the difference of the clocks, if the platform rejected the time of the request. `now` reads
    /// this machine's clock; no other error reads it.
    pub(crate) fn with_clock_skew(mut self, now: impl FnOnce() -> SystemTime) -> Self {
        if self.is_clock() {
            let date = self.headers().and_then(|headers| headers.get(http::header::DATE)?.to_str().ok());
            let skew = date.and_then(|date| ClockSkew::measure(date, now()));
            match &mut self {
                Self::Platform(error) => error.outlook.skew = skew,
                Self::Status(error) => error.outlook.skew = skew,
                _ => {}
            }
        }
        self
    }

    /// Returns the HTTP status of the answer, if there was an answer.
    pub fn http_status(&self) -> Option<http::StatusCode> {
        match self {
            Self::Http(error) => Some(error.http_status()),
            Self::Platform(error) => Some(error.http_status()),
            Self::Status(error) => Some(error.http_status()),
            Self::Decode(error) => error.http_status(),
            _ => None,
        }
    }

    /// Returns the HTTP headers of the answer, if there was an answer.
    pub fn headers(&self) -> Option<&http::HeaderMap> {
        match self {
            Self::Http(error) => Some(error.headers()),
            Self::Platform(error) => Some(error.headers()),
            Self::Status(error) => Some(error.headers()),
            Self::Decode(error) => error.headers(),
            _ => None,
        }
    }

    /// Returns the raw body of the answer, if there was an answer.
    pub fn body(&self) -> Option<&[u8]> {
        match self {
            Self::Http(error) => Some(error.body()),
            Self::Platform(error) => Some(error.body()),
            Self::Status(error) => Some(error.body()),
            Self::Decode(error) => Some(error.body()),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(_) => f.write_str("the base URL cannot be used"),
            Self::Credentials(_) => f.write_str("the credentials cannot be used"),
            Self::Removed { api } => {
                write!(f, "{api} was removed from the vendor's documentation and can no longer be called")
            }
            Self::MissingSession { api } => {
                write!(f, "{api} needs a session: set one with `with_session` or for the call")
            }
            Self::Violations(violations) => violations.fmt(f),
            Self::Sign(_) => f.write_str("the request could not be signed"),
            Self::Request(_) => f.write_str("the request is not valid HTTP"),
            Self::Transport(error) => error.fmt(f),
            Self::Http(error) => error.fmt(f),
            Self::Platform(error) => error.fmt(f),
            Self::Status(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    // Variants that are displayed in full above have no source; the others display only their context.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::Sign(error) => Some(error),
            Self::Request(error) => Some(error),
            Self::Transport(error) => error.source(),
            _ => None,
        }
    }
}

impl From<BaseUrlError> for Error {
    fn from(error: BaseUrlError) -> Self {
        Self::BaseUrl(error)
    }
}

impl From<CredentialsError> for Error {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(error)
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Violations(violations)
    }
}

impl From<SignError> for Error {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

impl From<http::Error> for Error {
    fn from(error: http::Error) -> Self {
        Self::Request(error)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}
