//! The interfaces for sending requests, and the transports that come with the crate.

use core::future::Future;
use core::pin::Pin;
use core::time::Duration;

use crate::error::TransportError;

#[cfg(any(feature = "async", feature = "blocking"))]
mod body;
#[cfg(feature = "async")]
mod connecting;
#[cfg(any(feature = "async", feature = "blocking"))]
mod failure;
#[cfg(any(feature = "async", feature = "blocking"))]
mod http_options;
#[cfg(any(feature = "async", feature = "blocking"))]
mod proxy;
#[cfg(feature = "async")]
mod reqwest;
#[cfg(any(feature = "async", feature = "blocking"))]
mod tls;
#[cfg(feature = "blocking")]
mod ureq;

#[cfg(any(feature = "async", feature = "blocking"))]
pub use http_options::{HttpOptions, Proxy};
#[cfg(feature = "async")]
pub use reqwest::ReqwestTransport;
#[cfg(feature = "blocking")]
pub use ureq::UreqTransport;

/// Sends requests and returns the responses, whatever their HTTP status.
///
/// An implementation must not follow redirects (a signature is valid for one address only) or repeat requests (a
/// repeated request must be signed again: the client does it). It verifies certificates, and its errors contain neither
/// the URL's query nor the body. Functions and closures that take a request implement the trait; they have no time limit.
///
/// On `wasm32-unknown-unknown`, whose threads cannot sleep, `wait` has no default, and functions do not implement the trait.
pub trait Transport: Send + Sync {
    /// Sends `request`, and gives up after `timeout`.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if no complete response arrived. After `timeout`, it is
    /// [`TransportProblem::Timeout`](crate::TransportProblem::Timeout) without details: the client knows and adds which
    /// of its limits `timeout` comes from. If no byte of the request was sent, it is rather
    /// [`Timeout::Connect`](crate::Timeout::Connect), because the client may then repeat any call.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError>;

    /// Waits before the next attempt. A transport with a clock of its own, such as one for tests, replaces this.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }

    /// Waits before the next attempt. There is no default, because std's `sleep` panics on this target.
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    fn wait(&self, time: Duration);
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
impl<F> Transport for F
where
    F: Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> + Send + Sync,
{
    fn send(&self, request: http::Request<Vec<u8>>, _: Duration) -> Result<http::Response<Vec<u8>>, TransportError> {
        self(request)
    }
}

/// What the methods of an [`AsyncTransport`] return.
pub type TransportFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// [`Transport`] for asynchronous code: the same rules, and it brings the timer of its runtime.
pub trait AsyncTransport: Send + Sync {
    /// Sends `request`, and gives up after `timeout`.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if no complete response arrived. After `timeout`, it is
    /// [`TransportProblem::Timeout`](crate::TransportProblem::Timeout) without details: the client knows and adds which
    /// of its limits `timeout` comes from. If no byte of the request was sent, it is rather
    /// [`Timeout::Connect`](crate::Timeout::Connect), because the client may then repeat any call.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> TransportFuture<'_, Result<http::Response<Vec<u8>>, TransportError>>;

    /// Waits before the next attempt.
    fn wait(&self, time: Duration) -> TransportFuture<'_, ()>;
}
