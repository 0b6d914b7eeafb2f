//! A successful answer.

use core::fmt;

use crate::coercion::Coercions;
use crate::received::{Received, received_accessors};
use crate::show::Line;

/// A successful answer: the typed value, and what came with it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The decoded value. Every field may be absent.
    pub value: T,
    /// Identifier that the platform gave to the call, if any.
    pub request_id: Option<String>,
    /// Status, if the platform's answers have one.
    pub status: Option<String>,
    /// Message that came with the status.
    pub message: Option<String>,
    /// Deviations of the answer from its documentation.
    pub coercions: Coercions,
    pub(crate) attempts: u32,
    pub(crate) received: Received,
}

impl<T> Answer<T> {
    /// Returns the typed value.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the answer with another value.
    pub(crate) fn with_value<V>(self, value: V) -> Answer<V> {
        Answer {
            value,
            request_id: self.request_id,
            status: self.status,
            message: self.message,
            coercions: self.coercions,
            attempts: self.attempts,
            received: self.received,
        }
    }

    /// Returns the number of attempts that the call took. If there was more than one, the platform may have executed the
    /// call more than once.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    received_accessors!();
}

/// Shows the value by its own `Debug`, which hides personal data. Never shows the headers, the body or the message.
impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("value", &self.value)
            .field("request_id", &self.request_id.as_deref().map(Line))
            .field("status", &self.status.as_deref().map(Line))
            .field("coercions", &self.coercions)
            .field("http_status", &self.received.status.as_u16())
            .field("body_bytes", &self.received.body.len())
            .finish_non_exhaustive()
    }
}
