//! Calls without an answer.

use core::fmt;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// No complete answer arrived. Does not contain the URL's query, which may contain tokens.
#[derive(Debug)]
pub struct TransportError {
    problem: TransportProblem,
    cause: Option<Cause>,
}

/// Why no complete answer arrived.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportProblem {
    /// The host was not found or refused the connection.
    Connect,
    /// No secure connection: the certificate is invalid, or the TLS protocol failed.
    Tls,
    /// The time limit was exceeded.
    Timeout,
    /// The connection was interrupted.
    Broken,
    /// The response exceeds the size limit.
    TooLong,
    /// The request or the response is not valid HTTP, or the transport does not support it.
    Protocol,
}

impl TransportError {
    /// Creates an error of this kind.
    pub fn new(problem: TransportProblem) -> Self {
        Self { problem, cause: None }
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

    /// Whether the same request may succeed later: the network failed, not the request.
    pub fn is_retryable(&self) -> bool {
        matches!(self.problem, TransportProblem::Connect | TransportProblem::Timeout | TransportProblem::Broken)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.problem {
            TransportProblem::Connect => "the server could not be reached",
            TransportProblem::Tls => "no secure connection could be established",
            TransportProblem::Timeout => "the server did not answer in time",
            TransportProblem::Broken => "the connection was interrupted",
            TransportProblem::TooLong => "the response exceeds the size limit",
            TransportProblem::Protocol => "the exchange was not valid HTTP",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
