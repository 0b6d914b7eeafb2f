//! Time limits: which, and how long.

use std::net::{TcpListener, TcpStream};

use apograph_runtime::Timeout;
use tokio::net::TcpSocket;

use super::*;

fn assert_late(context: &str, outcome: Result<Response<Vec<u8>>, TransportError>, which: Option<(Timeout, Duration)>) {
    let error = outcome.map(drop).expect_err(context);
    assert_eq!(error.timeout(), which, "{context}: {error:?}");
    assert_eq!(error.may_have_been_received(), which.is_none(), "{context}");
    assert_fails(context, Err(error), TransportProblem::Timeout);
}

#[test]
fn an_attempt_ends_with_its_time_wherever_it_is() {
    for (name, transport) in both(&direct()) {
        for bytes in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"] {
            let gateway = Gateway::plain(move |_| Reply::Stall(bytes.into()));
            let outcome = transport.send(request("POST", &gateway.url("/")), SHORT);
            assert_late(&format!("{name} {bytes}"), outcome, None);
        }
    }
}

#[test]
fn connecting_includes_the_handshake_of_tls() {
    let silent = Gateway::raw("https", |mut stream| drop(std::io::Read::read_to_end(&mut stream, &mut Vec::new())));
    for (name, transport) in both(&direct().with_connect_timeout(SHORT)) {
        assert_late(name, transport.send(request("POST", &silent.url("/")), LONG), Some((Timeout::Connect, SHORT)));
    }
}

/// A listener whose queue is full, so that nobody can connect. Closed when it is dropped.
struct Full {
    listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl Full {
    fn new() -> Self {
        let listen = async {
            let socket = TcpSocket::new_v4().expect("a socket");
            socket.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
            socket.listen(1).expect("a listener").into_std().expect("a listener")
        };
        let listener = runtime().block_on(listen);
        let address = listener.local_addr().expect("an address");
        let connect = || TcpStream::connect_timeout(&address, SHORT * 5).ok();
        Self { listener, _queue: std::iter::from_fn(connect).collect() }
    }

    fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}/", self.listener.local_addr().expect("an address"))
    }
}

#[test]
fn an_attempt_that_ends_while_it_connects_was_not_received() {
    let silent = Gateway::raw("https", |mut stream| drop(std::io::Read::read_to_end(&mut stream, &mut Vec::new())));
    let full = Full::new();
    for (name, transport) in both(&direct()) {
        // Looking up a name and connecting may each take half of the attempt.
        let limit = if name == "ureq" { SHORT / 2 } else { SHORT };
        for url in [silent.url("/"), full.url("http"), full.url("https")] {
            let outcome = transport.send(request("POST", &url), SHORT);
            assert_late(&format!("{name} {url}"), outcome, Some((Timeout::Connect, limit)));
        }
    }
    for (name, transport) in both(&direct().with_connect_timeout(SHORT)) {
        let outcome = transport.send(request("POST", &full.url("http")), LONG);
        assert_late(name, outcome, Some((Timeout::Connect, SHORT)));
    }
}

#[test]
fn limits_can_be_as_long_as_a_duration() {
    let gateway = keeping(answer("", b"body"));
    for (name, transport) in both(&direct().with_connect_timeout(Duration::MAX)) {
        let response = transport.send(request("POST", &gateway.url("/")), Duration::MAX).expect(name);
        assert_eq!(response.body(), b"body", "{name}");
    }
}
