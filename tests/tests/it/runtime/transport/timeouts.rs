//! Time limits: which, and how long.

use apograph_runtime::Timeout;

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

#[test]
fn an_attempt_that_is_shorter_than_connecting_ends_first() {
    let silent = Gateway::raw("https", |mut stream| drop(std::io::Read::read_to_end(&mut stream, &mut Vec::new())));
    for (name, transport) in both(&direct()) {
        assert_late(name, transport.send(request("POST", &silent.url("/")), SHORT), None);
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
