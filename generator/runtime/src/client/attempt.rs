//! What a caller can observe of each attempt.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use crate::error::Error;

/// One attempt of a call that has just ended, for logs and metrics; see
/// [`Client::with_on_attempt`](crate::Client::with_on_attempt).
///
/// It contains no secret, and no value of the request or of the answer except in `error`, whose own rules apply.
#[derive(Debug)]
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

/// A function that is called after each attempt.
#[derive(Clone)]
pub(crate) struct OnAttempt(pub(crate) Arc<dyn Fn(&Attempt<'_>) + Send + Sync>);

impl fmt::Debug for OnAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnAttempt")
    }
}
