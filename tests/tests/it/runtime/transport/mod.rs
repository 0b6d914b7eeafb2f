//! Both transports over real sockets, with one set of expectations.

mod answers;
mod clients;
mod connections;
mod environment;
mod failures;
mod logs;
mod proxies;
mod requests;
mod timeouts;
mod tls;

use std::time::Duration;

use apograph_runtime::{
    AsyncTransport, HttpOptions, Proxy, ReqwestTransport, Transport, TransportError, TransportProblem, UreqTransport,
};
use apograph_tests::gateway::{self, Gateway, Reply};
use apograph_tests::server::Arrived;
use http::{Request, Response};
use tokio::runtime::{Builder, Runtime};

/// The time limit of attempts that end before it.
const LONG: Duration = Duration::from_secs(60);

/// The time limit of attempts that never end.
const SHORT: Duration = Duration::from_millis(60);

/// What no error and no `Debug` shows: it is in the query, the header and the body of [`request`].
const SESSION: &str = "session-52ab";

/// An asynchronous transport with the runtime that it needs.
struct Driven(ReqwestTransport, Runtime);

impl Transport for Driven {
    fn send(&self, request: Request<Vec<u8>>, timeout: Duration) -> Result<Response<Vec<u8>>, TransportError> {
        self.1.block_on(self.0.send(request, timeout))
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Something of each transport, with the name of its library.
type Both<T> = [(&'static str, T); 2];

/// Both transports with these options, by name.
fn try_both(options: &HttpOptions) -> Both<Result<Box<dyn Transport>, TransportError>> {
    let ureq = UreqTransport::new(options).map(|transport| Box::new(transport) as _);
    let reqwest = ReqwestTransport::new(options).map(|transport| Box::new(Driven(transport, runtime())) as _);
    [("ureq", ureq), ("reqwest", reqwest)]
}

fn both(options: &HttpOptions) -> Both<Box<dyn Transport>> {
    try_both(options).map(|(name, transport)| (name, transport.unwrap_or_else(|error| panic!("{name}: {error:?}"))))
}

/// The default options, for servers on this machine.
fn direct() -> HttpOptions {
    HttpOptions::new().with_proxy(Proxy::None)
}

/// A request with a session wherever a request can have one.
fn request(method: &str, url: &str) -> Request<Vec<u8>> {
    let builder = Request::builder().method(method).uri(format!("{url}?session={SESSION}"));
    let body = if method == "GET" { Vec::new() } else { format!("session={SESSION}").into() };
    builder.header("X-Session", SESSION).body(body).expect("a request")
}

/// A successful answer of HTTP with these headers, each with its line end, and this body.
fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    gateway::answer("200 OK", headers, body)
}

/// A gateway that gives all requests this answer, and keeps the connection open.
fn keeping(bytes: Vec<u8>) -> Gateway {
    Gateway::plain(move |_| Reply::Keep(bytes.clone()))
}

/// Asserts that a call fails in this way, and that nothing of the request can be seen in the error.
fn assert_fails(context: &str, outcome: Result<Response<Vec<u8>>, TransportError>, problem: TransportProblem) {
    let error = outcome.map(drop).expect_err(context);
    assert_eq!(error.problem(), problem, "{context}: {error:?}");
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        shown.push_str(&format!(" {error} {error:?}"));
        source = error.source();
    }
    for hidden in [SESSION, "session=", "http:", "https:"] {
        assert!(!shown.contains(hidden), "{context}: {shown}");
    }
}
