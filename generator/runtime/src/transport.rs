//! The interface for sending requests.

use crate::error::TransportError;

/// Sends a request and returns the response, whatever its HTTP status.
///
/// An implementation must not follow redirects (a signature is valid for one address only) or repeat requests (a
/// repeated request must be signed again). It verifies certificates, and its errors contain neither the URL's query nor
/// the body. Functions and closures of this form implement the trait.
pub trait Transport {
    /// Sends `request`.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if no complete response arrived.
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
