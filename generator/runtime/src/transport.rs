//! Sending requests.

use crate::error::TransportError;

/// Sends a request and gives the answer, whatever its HTTP status.
///
/// An implementation follows no redirects (a signature is good for one address), repeats nothing by itself (a repeated
/// request must be signed anew), verifies certificates, and keeps the URL's query and the body out of its errors.
/// A function or closure of this form is one too.
pub trait Transport {
    /// Sends `request`.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if no whole answer came.
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError>;
}

impl<F> Transport for F
where
    F: Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError>,
{
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        self(request)
    }
}
