//! What came back.

use core::fmt;

use crate::coercion::Coercions;

/// A successful answer: the typed value and everything around it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The decoded value. Every field may be absent.
    pub value: T,
    /// The platform's id of the call, if it gives one.
    pub request_id: Option<String>,
    /// The status, if the platform's answers have one.
    pub status: Option<String>,
    /// The message that comes with the status.
    pub message: Option<String>,
    /// In what the answer differs from its spec.
    pub coercions: Coercions,
    pub(crate) body: Vec<u8>,
}

impl<T> Answer<T> {
    /// The typed value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The raw body, as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// Shows the value by its own `Debug`, which hides what may be personal, and never the body or the message.
impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("value", &self.value)
            .field("request_id", &self.request_id)
            .field("status", &self.status)
            .field("coercions", &self.coercions)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
