//! What can go wrong with a call.
//!
//! No error shows a secret, a URL's query, or a value of a request or answer in its `Debug` or `Display`: codes,
//! documented texts and wire paths only. What the server said is in the errors' fields and in [`Error::body`].

mod answered;
mod decode;
mod transport;
mod url;
mod violation;

use core::fmt;
use core::time::Duration;

pub use answered::{HttpError, PlatformError, StatusError};
pub use decode::{DecodeError, DecodeProblem};
pub use transport::{TransportError, TransportProblem};
pub use url::BaseUrlError;
pub use violation::{Rule, Violation, Violations};

use crate::sign::SignError;

/// Why a call did not succeed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The base URL cannot be used.
    BaseUrl(BaseUrlError),
    /// The API was removed from the vendor's documentation: the call was not sent.
    Removed {
        /// The API's name.
        api: &'static str,
    },
    /// The endpoint needs a session, and the credentials hold none.
    MissingSession {
        /// The API's name.
        api: &'static str,
    },
    /// The request is not as its page wants it; all findings at once.
    Violations(Violations),
    /// The request could not be signed.
    Sign(SignError),
    /// The signed request is not valid HTTP: a header or the path holds a character that HTTP forbids.
    Request(http::Error),
    /// No answer came.
    Transport(TransportError),
    /// An answer with an HTTP status that is no success, and nothing that the platform says about it.
    Http(Box<HttpError>),
    /// The platform refused or failed the call.
    Platform(Box<PlatformError>),
    /// The answer's status is not one of success.
    Status(Box<StatusError>),
    /// The answer cannot be read.
    Decode(Box<DecodeError>),
}

impl Error {
    /// Whether the same call, made again later, may succeed, by the platform's documented rules.
    ///
    /// This says nothing about harm: after a timeout the first call may have been carried out. Repeat a call of the
    /// endpoint `E` that changes something only if
    /// [`E::OPERATION.is_idempotent()`](crate::Operation::is_idempotent) is true (the trait
    /// [`Endpoint`](crate::Endpoint) gives the constant) or the caller knows better, and build the request anew, so
    /// that it is signed anew.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_retryable(),
            Self::Http(error) => error.outlook.retryable,
            Self::Platform(error) => error.outlook.retryable,
            Self::Status(error) => error.outlook.retryable,
            _ => false,
        }
    }

    /// How long to wait before trying again, if the answer tells; at most a day.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Http(error) => error.outlook.after,
            Self::Platform(error) => error.outlook.after,
            Self::Status(error) => error.outlook.after,
            _ => None,
        }
    }

    /// The answer's raw body, if there was an answer.
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
            Self::Removed { api } => {
                write!(f, "{api} was removed from the vendor's documentation and is not called any more")
            }
            Self::MissingSession { api } => {
                write!(f, "{api} needs a session, and the credentials hold none")
            }
            Self::Violations(violations) => violations.fmt(f),
            Self::Sign(_) => f.write_str("the request could not be signed"),
            Self::Request(_) => f.write_str("the request is not valid HTTP"),
            Self::Transport(_) => f.write_str("no answer came"),
            Self::Http(error) => error.fmt(f),
            Self::Platform(error) => error.fmt(f),
            Self::Status(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    // The variants that are shown as a whole above are their own story; the others tell only their context.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl(error) => Some(error),
            Self::Sign(error) => Some(error),
            Self::Request(error) => Some(error),
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}

impl From<BaseUrlError> for Error {
    fn from(error: BaseUrlError) -> Self {
        Self::BaseUrl(error)
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
