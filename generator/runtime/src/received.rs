//! What came with an answer over HTTP: status, headers and body.

use http::{HeaderMap, HeaderName, StatusCode};

/// A response as it was received. Answers keep it, and so do errors that have an answer.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// Returns the value of a header, if the header exists once or more and its first value is visible ASCII.
    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl<B: Into<Vec<u8>>> From<http::Response<B>> for Received {
    /// Moves the body: bytes that the response owns are not copied.
    fn from(response: http::Response<B>) -> Self {
        let (parts, body) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, body: body.into() }
    }
}

/// Accessors of a type with the field `received`.
macro_rules! received_accessors {
    () => {
        /// Returns the HTTP status of the answer.
        pub fn http_status(&self) -> http::StatusCode {
            self.received.status
        }

        /// Returns the HTTP headers of the answer.
        pub fn headers(&self) -> &http::HeaderMap {
            &self.received.headers
        }

        /// Returns the raw body of the answer.
        pub fn body(&self) -> &[u8] {
            &self.received.body
        }
    };
}

pub(crate) use received_accessors;
