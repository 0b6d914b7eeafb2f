//! What a caller can observe of each attempt.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use crate::error::Error;
use crate::show::Line;

/// One attempt of a call that has just ended, for logs and metrics; see
/// [`Client::with_on_attempt`](crate::Client::with_on_attempt).
///
/// It contains no secret. Values of the request or of the answer are in `error` only, as in every [`Error`].
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The API's name.
    pub api: &'a str,
    /// Number of the attempt, from 1.
    pub number: u32,
    /// Time from the first byte of the request to the decoded answer.
    pub duration: Duration,
    /// Size of the request's body in bytes.
    pub sent_bytes: usize,
    /// Size of the decompressed answer's body in bytes, if there was an answer.
    pub received_bytes: Option<usize>,
    /// HTTP status, if there was an answer.
    pub http_status: Option<u16>,
    /// Identifier that the platform gave to the attempt, if any.
    pub request_id: Option<&'a str>,
    /// The error, unless the attempt succeeded.
    pub error: Option<&'a Error>,
    /// The wait before the next attempt, if there is one.
    pub retry_in: Option<Duration>,
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("api", &self.api)
            .field("number", &self.number)
            .field("duration", &self.duration)
            .field("sent_bytes", &self.sent_bytes)
            .field("received_bytes", &self.received_bytes)
            .field("http_status", &self.http_status)
            .field("request_id", &self.request_id.map(Line))
            .field("error", &self.error)
            .field("retry_in", &self.retry_in)
            .finish()
    }
}

/// A function that is called after each attempt.
#[derive(Clone)]
pub(crate) struct OnAttempt(pub(crate) Arc<dyn Fn(&Attempt<'_>) + Send + Sync>);

impl fmt::Debug for OnAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnAttempt")
    }
}
