//! The driver for asynchronous code.

use core::fmt;
use std::sync::Arc;

use super::exchange::{Exchange, Step};
use super::options::CallOptions;
use super::raw::RawRequest;
use super::subject::Subject;
use super::{Call, Client};
use crate::answer::Answer;
use crate::error::Error;
use crate::explain::SigningReport;
use crate::operation::Endpoint;
use crate::protocol::Platform;
use crate::transport::AsyncTransport;

/// A client with an asynchronous transport. Cheap to clone: the clones share the connections.
///
/// # Example
///
/// ```
/// # use std::time::Duration;
/// # use apograph_runtime::{AsyncClient, Endpoint, Error, RetryPolicy};
/// async fn call<E: Endpoint>(client: &AsyncClient<E::Platform>, request: &E) -> Result<E::Response, Error> {
///     // Options of this call only; without any, `client.send(request)` is enough.
///     let call = client.call(request).timeout(Duration::from_secs(5)).retries(RetryPolicy::off());
///     match call.send().await {
///         Ok(answer) => Ok(answer.value),
///         Err(error) => {
///             println!("{error}"); // what failed, what it means, and what to do
///             println!("a later attempt may succeed: {}", error.is_retryable());
///             Err(error)
///         }
///     }
/// }
/// ```
pub struct AsyncClient<P: Platform> {
    client: Client<P>,
    transport: Arc<dyn AsyncTransport>,
}

impl<P: Platform> AsyncClient<P> {
    /// Creates a client that sends its requests with `transport`.
    pub fn new(client: Client<P>, transport: impl AsyncTransport + 'static) -> Self {
        Self { client, transport: Arc::new(transport) }
    }

    /// Signs `request`, sends it, and decodes the answer. Failed attempts are repeated by the
    /// [retry policy](crate::RetryPolicy); each attempt is signed again.
    ///
    /// # Errors
    ///
    /// As for [`Client::request`] and [`Client::answer`], and [`Error::Transport`] if no answer arrived.
    pub async fn send<E: Endpoint<Platform = P>>(&self, request: &E) -> Result<Answer<E::Response>, Error> {
        self.call(request).send().await
    }

    /// Starts a call with options of its own.
    pub fn call<'a, E: Endpoint<Platform = P>>(&'a self, request: &'a E) -> Call<'a, Self, P, &'a E> {
        Call::new(self, request)
    }

    /// Starts a call of the API `name` without types. Its parameters are set with [`Call::param`]. The client's session is not
    /// sent, because it is unknown whether the API needs one: pass it with [`Call::session`].
    pub fn raw(&self, name: impl Into<String>) -> Call<'_, Self, P, RawRequest> {
        Call::new(self, RawRequest::new(name))
    }

    /// Returns the client that signs and decodes.
    pub fn client(&self) -> &Client<P> {
        &self.client
    }

    async fn execute<S: Subject>(&self, subject: &S, options: &CallOptions<P>) -> Result<Answer<S::Value>, Error> {
        let mut target = subject.target();
        let mut exchange = Exchange::new(&self.client, subject.outgoing(), options);
        loop {
            match exchange.next()? {
                Step::Wait(time) => self.transport.wait(time).await,
                Step::Send(request, timeout) => {
                    let outcome = exchange.trace().within(self.transport.send(request, timeout)).await;
                    if let Some(answer) = exchange.receive(outcome, &mut target)? {
                        return Ok(answer.with_value(S::value(target)));
                    }
                }
            }
        }
    }
}

impl<P: Platform, S: Subject> Call<'_, AsyncClient<P>, P, S> {
    /// Sends the call, repeats failed attempts by the client's retry policy, and decodes the answer.
    ///
    /// # Errors
    ///
    /// As for [`AsyncClient::send`].
    pub async fn send(self) -> Result<Answer<S::Value>, Error> {
        self.client.execute(&self.subject, &self.options).await
    }

    /// Encodes and signs the call without sending it, and returns how.
    ///
    /// # Errors
    ///
    /// As for [`Client::request`].
    pub fn explain(self) -> Result<SigningReport, Error> {
        self.client.client.report(&self.subject.outgoing(), &self.options)
    }
}

// Not derived: that would require the platform type to be `Clone`.
impl<P: Platform> Clone for AsyncClient<P> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), transport: Arc::clone(&self.transport) }
    }
}

impl<P: Platform> fmt::Debug for AsyncClient<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncClient").field("client", &self.client).finish_non_exhaustive()
    }
}
