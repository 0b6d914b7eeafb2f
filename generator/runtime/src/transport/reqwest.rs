//! A transport over HTTP and HTTPS for asynchronous code: `reqwest`.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use http::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Request};
use rustls::ClientConfig;
use tokio::time::Instant;

use super::body::{Collector, accept_gzip, has_body};
use super::connecting::{Deadlines, until};
use super::failure::{Stage, cause, io_failure, tls_failure};
use super::http_options::{HttpOptions, IDLE_TIME};
use super::proxy::Routes;
use super::{AsyncTransport, TransportFuture, tls};
use crate::error::{Timeout, TransportError, TransportProblem};

/// Sends requests over HTTP/1.1 in a tokio runtime, and keeps connections open for later requests. Cheap to clone;
/// clones share the connections.
///
/// Its settings are those of [`HttpOptions`]. Its methods need a tokio runtime, of any flavour, in which I/O and time
/// are enabled, and panic without one. A connection lives in the runtime that opened it, so a program with several
/// runtimes needs a transport for each. A call whose future is dropped closes its connection.
///
/// # Repeated requests
///
/// It never sends a request twice. If an idle connection is closed before the first byte of a request was written to
/// it, the request goes out on another connection. If the server closes it later, the call fails with
/// [`TransportProblem::Broken`], and [`may_have_been_received`](TransportError::may_have_been_received) is true,
/// although most servers have not seen the request. To make this rare, connections are closed after 15 idle seconds.
///
/// # Large answers
///
/// The client decodes an answer on the thread that polls the call, without a pause. In a release build, a well-formed
/// answer of 1 MB takes about 4 ms. Where other tasks cannot wait that long, run the calls whose answers have many
/// megabytes on a runtime of their own.
///
/// # Logs
///
/// `reqwest` and `hyper` log host names, ports and header counts through the crates `log` and `tracing`, but no URL,
/// header or body.
#[derive(Clone)]
pub struct ReqwestTransport {
    clients: Arc<Routes<Client>>,
    connect_timeout: Duration,
    body_limit: u64,
}

impl ReqwestTransport {
    /// Creates a transport with its own connection pool. It opens no connection and needs no runtime yet.
    ///
    /// # Errors
    ///
    /// [`TransportError`] with [`TransportProblem::Configuration`] if the user agent is not a header value, a root
    /// certificate cannot be read, or the URL of a proxy or a proxy variable is malformed.
    pub fn new(options: &HttpOptions) -> Result<Self, TransportError> {
        let tls = tls::client_config(tls::roots(&options.roots)?)?;
        let clients = Routes::new(&options.proxy, |proxy| client(options, &tls, proxy))?;
        Ok(Self {
            clients: Arc::new(clients),
            connect_timeout: options.connect_timeout,
            body_limit: options.body_limit,
        })
    }

    async fn exchange(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let client = self.clients.for_uri(request.uri());
        let length = has_body(&request).then(|| HeaderValue::from(request.body().len()));
        let mut request = unchanged(request)?;
        accept_gzip(request.headers_mut());
        if let Some(length) = length {
            request.headers_mut().insert(CONTENT_LENGTH, length);
        }
        let connect_timeout = self.connect_timeout.min(timeout);
        let failure = |error: reqwest::Error| failure(&error, connect_timeout);
        let mut response = client.execute(request).await.map_err(failure)?;
        let mut collector = Collector::new(response.headers_mut(), self.body_limit);
        while let Some(piece) = response.chunk().await.map_err(failure)? {
            collector.push(&piece)?;
        }
        let mut whole = http::Response::new(collector.finish()?);
        *whole.status_mut() = response.status();
        *whole.version_mut() = response.version();
        *whole.headers_mut() = std::mem::take(response.headers_mut());
        Ok(whole)
    }
}

/// Converts a request. Its URL must stay as it is, because it is signed: the library would remove `..` from a path.
fn unchanged(request: http::Request<Vec<u8>>) -> Result<Request, TransportError> {
    let uri = request.uri().clone();
    let request = Request::try_from(request).map_err(|error| classified(&error))?;
    if (request.url().path(), request.url().query()) == (uri.path(), uri.query()) {
        return Ok(request);
    }
    let failure = TransportError::new(TransportProblem::Configuration);
    Err(failure.with_cause("the path or the query of the URL is not in the normal form, for example because of `..`"))
}

/// Creates the client for requests through `proxy`.
fn client(options: &HttpOptions, tls: &ClientConfig, proxy: Option<&str>) -> Result<Client, TransportError> {
    let mut builder = Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .no_proxy()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(options.connect_timeout)
        .connector_layer(Deadlines)
        .pool_max_idle_per_host(options.idle_connections)
        .pool_idle_timeout(IDLE_TIME)
        .user_agent(options.user_agent_header()?);
    if let Some(url) = proxy {
        builder = builder.proxy(reqwest::Proxy::all(url).map_err(|error| classified(&error))?);
    }
    builder.build().map_err(|error| classified(&error))
}

impl AsyncTransport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> TransportFuture<'_, Result<http::Response<Vec<u8>>, TransportError>> {
        Box::pin(async move {
            let exchange = self.exchange(request, timeout);
            // No clock reaches a time that is too far away to be represented.
            let Some(deadline) = Instant::now().checked_add(timeout) else { return exchange.await };
            let late = |_| Err(TransportError::new(TransportProblem::Timeout));
            tokio::time::timeout_at(deadline, until(deadline, exchange)).await.unwrap_or_else(late)
        })
    }

    fn wait(&self, time: Duration) -> TransportFuture<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// Classifies `error` of an exchange. `connect_timeout` is its limit for connecting.
fn failure(error: &reqwest::Error, connect_timeout: Duration) -> TransportError {
    if error.is_connect() && error.is_timeout() {
        return TransportError::timed_out(Timeout::Connect, connect_timeout);
    }
    classified(error)
}

/// Classifies `error`. Its texts are dropped, because they quote the URL.
fn classified(error: &reqwest::Error) -> TransportError {
    let stage = if error.is_connect() { Stage::Connecting } else { Stage::Unknown };
    if let Some(error) = cause::<std::io::Error>(error) {
        return io_failure(error, stage);
    }
    if let Some(error) = cause::<rustls::Error>(error) {
        return tls_failure(error);
    }
    let http = cause::<hyper::Error>(error);
    TransportError::new(match http {
        _ if error.is_builder() => TransportProblem::Configuration,
        _ if stage == Stage::Connecting => TransportProblem::Connect,
        Some(error) if error.is_incomplete_message() || error.is_canceled() || error.is_closed() => {
            TransportProblem::Broken
        }
        _ => TransportProblem::Protocol,
    })
}

// Not derived: the clients' own `Debug` shows their proxies.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}
