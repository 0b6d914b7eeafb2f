//! Calls without an answer.

use core::fmt;
use core::time::Duration;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// No complete answer arrived. Does not contain the URL's query, which may contain tokens.
#[derive(Debug)]
pub struct TransportError {
    problem: TransportProblem,
    timeout: Option<(Timeout, Duration)>,
    cause: Option<Cause>,
    /// Whether the platform may have received an earlier attempt of the same call.
    received_before: bool,
}

/// Why no complete answer arrived.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportProblem {
    /// The settings of the transport cannot be used, for example a proxy variable that is not a URL.
    Configuration,
    /// The host was not found or refused the connection.
    Connect,
    /// The server's certificate is not valid for the host, has expired, or is signed by an unknown authority.
    Certificate,
    /// No secure connection: the TLS protocol failed, in the handshake or later.
    Tls,
    /// The client's own rate limit, or a pause that the platform asked for, leaves no time for the call. It was not sent.
    RateLimited,
    /// A time limit was exceeded: see [`TransportError::timeout`].
    Timeout,
    /// The connection was interrupted.
    Broken,
    /// The response exceeds the size limit.
    TooLong,
    /// The request or the response is not valid HTTP, or the transport does not support it.
    Protocol,
    /// For tests: the mock of the platform has no handler for the call.
    Unhandled,
}

/// A time limit of a call.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timeout {
    /// For connecting.
    Connect,
    /// For one attempt, from connecting to the last byte of the answer.
    Attempt,
    /// For the whole call: all attempts, and the waits between them.
    Total,
}

impl TransportError {
    /// Creates an error of this kind.
    pub fn new(problem: TransportProblem) -> Self {
        Self { problem, timeout: None, cause: None, received_before: false }
    }

    /// Creates the error for the time limit `timeout` of length `limit`.
    pub fn timed_out(timeout: Timeout, limit: Duration) -> Self {
        Self {
            problem: TransportProblem::Timeout,
            timeout: Some((timeout, limit)),
            cause: None,
            received_before: false,
        }
    }

    /// Returns the error with its cause. The cause must not contain the request's URL or body.
    #[must_use]
    pub fn with_cause(self, cause: impl Into<Cause>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }

    /// Why no complete answer arrived.
    pub fn problem(&self) -> TransportProblem {
        self.problem
    }

    /// Returns which time limit was exceeded, and its length.
    pub fn timeout(&self) -> Option<(Timeout, Duration)> {
        self.timeout
    }

    /// Whether the same request may succeed later: the network failed, not the request.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self.problem,
            TransportProblem::Connect
                | TransportProblem::Timeout
                | TransportProblem::Broken
                | TransportProblem::RateLimited
        )
    }

    /// Whether the platform may have received the request, in this attempt or an earlier one of the same call. If not, no
    /// byte of it was sent.
    pub fn may_have_been_received(&self) -> bool {
        self.received_before
            || match self.problem {
                TransportProblem::Configuration
                | TransportProblem::Connect
                | TransportProblem::Certificate
                | TransportProblem::RateLimited
                | TransportProblem::Unhandled => false,
                TransportProblem::Timeout => !matches!(self.timeout, Some((Timeout::Connect, _))),
                TransportProblem::Tls
                | TransportProblem::Broken
                | TransportProblem::TooLong
                | TransportProblem::Protocol => true,
            }
    }

    /// Returns the error of a call whose earlier attempts the platform may have received.
    pub(crate) fn received_before(self) -> Self {
        Self { received_before: true, ..self }
    }

    /// Returns the error, a time-out without details as one of the time limit `timeout` of length `limit`.
    pub(crate) fn or_timeout(mut self, timeout: Timeout, limit: Duration) -> Self {
        if self.problem == TransportProblem::Timeout {
            self.timeout.get_or_insert((timeout, limit));
        }
        self
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.problem {
            TransportProblem::Configuration => "the transport's settings cannot be used",
            TransportProblem::Connect => "the server could not be reached",
            TransportProblem::Certificate => "the server's certificate is not valid",
            TransportProblem::Tls => "no secure connection could be established",
            TransportProblem::RateLimited => "the rate limit leaves no time for the call, which was not sent",
            TransportProblem::Timeout => return self.display_timeout(f),
            TransportProblem::Broken => "the connection was interrupted",
            TransportProblem::TooLong => "the response exceeds the size limit",
            TransportProblem::Protocol => "the exchange was not valid HTTP",
            TransportProblem::Unhandled => "the mock has no handler for the call",
        })
    }
}

impl TransportError {
    fn display_timeout(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timeout {
            Some((Timeout::Connect, limit)) => write!(f, "no connection within {limit:?}"),
            Some((Timeout::Attempt, limit)) => write!(f, "no complete answer to the attempt within {limit:?}"),
            Some((Timeout::Total, limit)) => write!(f, "no complete answer to the call within {limit:?}"),
            None => f.write_str("the server did not answer in time"),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_out_tells_which_and_how_long() {
        let plain = || TransportError::new(TransportProblem::Timeout);
        assert_eq!(plain().to_string(), "the server did not answer in time");
        let attempt = plain().or_timeout(Timeout::Attempt, Duration::from_millis(1500));
        assert_eq!(attempt.to_string(), "no complete answer to the attempt within 1.5s");
        let connect = TransportError::timed_out(Timeout::Connect, Duration::from_secs(15));
        let connect = connect.or_timeout(Timeout::Total, Duration::from_secs(60));
        assert_eq!(connect.to_string(), "no connection within 15s");
        assert!(attempt.may_have_been_received() && !connect.may_have_been_received());
        assert!(!TransportError::new(TransportProblem::Certificate).is_retryable());
    }
}
