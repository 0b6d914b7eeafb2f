//! Calls to which no answer came.

use core::fmt;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// No answer came. Never tells the URL's query, which may hold tokens.
#[derive(Debug)]
pub struct TransportError {
    problem: TransportProblem,
    cause: Option<Cause>,
}

/// Why no answer came.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportProblem {
    /// The host was not found or refused the connection.
    Connect,
    /// The secure connection could not be made: the certificate is not valid, or the protocol failed.
    Tls,
    /// The time allowed is over.
    Timeout,
    /// The connection broke.
    Broken,
    /// The answer is longer than allowed.
    TooLong,
    /// The request or the answer is not valid HTTP, or the transport cannot handle it.
    Protocol,
}

impl TransportError {
    /// An error of this kind.
    pub fn new(problem: TransportProblem) -> Self {
        Self { problem, cause: None }
    }

    /// The same error with what caused it. The cause must not show the request's URL or body.
    #[must_use]
    pub fn with_cause(self, cause: impl Into<Cause>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }

    /// Why no answer came.
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
            TransportProblem::Tls => "no secure connection could be made",
            TransportProblem::Timeout => "the server did not answer in time",
            TransportProblem::Broken => "the connection broke",
            TransportProblem::TooLong => "the answer is longer than allowed",
            TransportProblem::Protocol => "the exchange was not valid HTTP",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
