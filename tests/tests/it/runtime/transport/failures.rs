//! Calls without an answer, and what their errors tell.

use std::io::Write;
use std::net::TcpListener;

use super::*;

/// A URL of a port at which nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("http://{}/", listener.local_addr().expect("an address"))
}

#[test]
fn who_does_not_listen_has_received_nothing() {
    // A label of a host name has 63 characters at most, so no server is asked for this one.
    let unknown = format!("http://{}.invalid/", "a".repeat(64));
    for (name, transport) in both(&direct()) {
        for url in [nobody(), nobody().replace("http:", "https:"), unknown.clone()] {
            let outcome = transport.send(request("POST", &url), LONG);
            if let Err(error) = &outcome {
                assert!(error.is_retryable() && !error.may_have_been_received(), "{name} {url}: {error:?}");
            }
            assert_fails(&format!("{name} {url}"), outcome, TransportProblem::Connect);
        }
    }
}

#[test]
fn interrupted_exchanges_may_have_been_received() {
    let close = |bytes: &'static str| Gateway::plain(move |_| Reply::Close(bytes.into()));
    let gateways = [
        ("no answer", close("")),
        ("half a head", close("HTTP/1.1 200 OK\r\nContent-")),
        ("half a body", close("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nsession-52ab")),
        ("half a chunk", close("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nsession-52ab")),
        ("no last chunk", close("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")),
        ("half a gzip", close("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99\r\n\r\n\x1f")),
        ("reset", Gateway::resetting("http")),
    ];
    for (name, transport) in both(&direct()) {
        for (what, gateway) in &gateways {
            let before = gateway.connections();
            let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
            if let Err(error) = &outcome {
                assert!(error.is_retryable() && error.may_have_been_received(), "{name} {what}: {error:?}");
            }
            assert_fails(&format!("{name} {what}"), outcome, TransportProblem::Broken);
            assert_eq!(gateway.connections() - before, 1, "{name} {what}: sent once");
        }
    }
}

#[test]
fn what_is_not_http_is_not_retried() {
    let lines = ["SSH-2.0-session-52ab\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nno header\r\n\r\n"];
    for (name, transport) in both(&direct()) {
        for line in lines {
            let gateway = Gateway::plain(move |_| Reply::Close(line.into()));
            let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
            if let Err(error) = &outcome {
                assert!(!error.is_retryable() && error.may_have_been_received(), "{name}: {error:?}");
            }
            assert_fails(&format!("{name} {line}"), outcome, TransportProblem::Protocol);
        }
    }
}

#[test]
fn a_head_without_an_end_is_refused() {
    let gateway = Gateway::raw("http", |mut stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\n"));
        while stream.write_all(b"X-Header: 0123456789012345678901234567890123456789\r\n").is_ok() {}
    });
    for (name, transport) in both(&direct()) {
        assert_fails(name, transport.send(request("POST", &gateway.url("/")), LONG), TransportProblem::Protocol);
    }
}
