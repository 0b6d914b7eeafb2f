//! Clients that do not speak HTTP, or ask for too much.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use apograph::mock::{Entry, Every, Faults, Limits, Options, Outcome, Unread};
use apograph_apis::top::alsc::crm_open_customer_save::CrmOpenCustomerSave;
use apograph_apis::{Checks, Client, http};
use apograph_tests::mock::{Mock, shared};
use apograph_tests::mutation::Random;

use super::top;

/// A limit that is over at once, for clients that never send what they owe.
const SHORT: Duration = Duration::from_millis(50);

/// What the server answers to these bytes until it closes the connection.
fn said(mock: &Mock, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(mock.server().address()).expect("a connection");
    // The server may have answered and gone before it has read everything.
    drop(stream.write_all(bytes));
    drop(stream.shutdown(Shutdown::Write));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    String::from_utf8_lossy(&answer).into_owned()
}

/// A call without fields, as HTTP.
fn request(mock: &Mock, headers: &str, body: &str) -> String {
    let client: Client<_> = top(mock).with_checks(Checks::Off);
    let signed = client.request(&CrmOpenCustomerSave::new()).expect("a request");
    let target = signed.uri().path_and_query().expect("a target").to_string();
    format!(
        "POST {target} HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}\r\n{body}"
    )
}

#[test]
fn what_is_no_request_does_no_harm() {
    let mock = Mock::start(Options::default());
    let header = "X: ".to_owned() + &"x".repeat(200 << 10) + "\r\n";
    let many: String = (0..500).map(|number| format!("X-{number}: 1\r\n")).collect();
    let long = format!("GET /{} HTTP/1.1\r\nHost: h\r\n\r\n", "a".repeat(200 << 10));
    let cases: Vec<(Vec<u8>, &[&str])> = vec![
        (b"".to_vec(), &[""]),
        (b"\r\n\r\n\r\n".to_vec(), &["", "400"]),
        (b" / HTTP/1.1\r\nHost: h\r\n\r\n".to_vec(), &["400"]),
        (b"GET\r\n\r\n".to_vec(), &["400"]),
        (b"GET / HTTP/9.9\r\n\r\n".to_vec(), &["400", ""]),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), &["400"]),
        (vec![0xff; 4096], &["400"]),
        (request(&mock, &header, "").into_bytes(), &["431", ""]),
        (request(&mock, &many, "").into_bytes(), &["431"]),
        (long.into_bytes(), &["414", "431", ""]),
        (request(&mock, "Content-Length: 104857600\r\n", "a=b").into_bytes(), &["413"]),
        (request(&mock, "Content-Length: -1\r\n", "").into_bytes(), &["400"]),
        (request(&mock, "Content-Length: 99999999999999999999999\r\n", "").into_bytes(), &["400"]),
        (request(&mock, "Content-Length: 10\r\n", "abc").into_bytes(), &[""]),
        (request(&mock, "Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n").into_bytes(), &["", "400"]),
        (request(&mock, "Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\nabc").into_bytes(), &["", "400"]),
        (request(&mock, "Transfer-Encoding: gzip\r\n", "abc").into_bytes(), &["400", ""]),
    ];
    for (bytes, expected) in cases {
        let answer = said(&mock, &bytes);
        let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).unwrap_or_default();
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
        assert!(expected.contains(&status), "{status:?} for {shown:?}");
    }
    let good = said(&mock, request(&mock, "Content-Length: 0\r\n", "").as_bytes());
    assert!(good.starts_with("HTTP/1.1 200"), "the server still answers: {good}");
}

#[test]
fn chunks_and_expectations_are_understood() {
    let mock = Mock::start(Options::default());
    let unknown = "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n";
    let answer = said(&mock, request(&mock, unknown, "5\r\na=1&b\r\n2\r\n=2\r\n0\r\n\r\n").as_bytes());
    assert!(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200"), "{answer}");
    let entries = mock.entries();
    let Outcome::Refused { reasons, details, .. } = &entries[0].outcome else { panic!("{entries:?}") };
    assert!(reasons[0].ends_with("the parameters in the body were sent, but not signed"), "{reasons:?}");
    let details = details.as_deref().expect("details");
    assert!(details.contains("* form   a") && details.contains("* form   b"), "both were read: {details}");
}

#[test]
fn requests_share_a_connection() {
    let mock = Mock::start(Options::default());
    let one = request(&mock, "Content-Length: 0\r\n", "");
    let answer = said(&mock, [one.as_str(); 5].concat().as_bytes());
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 5, "{answer}");
    assert_eq!(mock.entries().len(), 5);
}

#[test]
fn clients_that_never_finish_are_disconnected() {
    let limits = Limits { idle: SHORT, request: SHORT, ..Limits::default() };
    let mock = Mock::with_limits(Options::default(), limits);
    for bytes in ["", "POST / HT", &request(&mock, "Content-Length: 10\r\n", "abc")] {
        let mut stream = TcpStream::connect(mock.server().address()).expect("a connection");
        stream.write_all(bytes.as_bytes()).expect("a client that can send");
        // The client sends nothing more: this ends when the server closes the connection.
        drop(stream.read_to_end(&mut Vec::new()));
    }
    let entries = mock.entries();
    assert!(matches!(entries.as_slice(), [Entry { outcome: Outcome::Unread(Unread::Broken(_)), .. }]), "{entries:?}");
}

#[test]
fn a_client_that_waits_is_told_that_its_body_is_too_long() {
    let mock = Mock::with_limits(Options::default(), Limits { body: 100, ..Limits::default() });
    let mut stream = TcpStream::connect(mock.server().address()).expect("a connection");
    // Without a time-out of the server, this would never end.
    stream.write_all(request(&mock, "Content-Length: 101\r\n", "").as_bytes()).expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    drop(stream);
    let chunks = request(&mock, "Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n");
    said(&mock, chunks.as_bytes());
    let lines: Vec<String> = mock.entries().iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].ends_with("HTTP status 413: the body has more than 100 bytes"), "{lines:?}");
    assert!(lines[1].contains("closed: the body cannot be read: "), "{lines:?}");
}

#[test]
fn a_truncated_answer_has_a_head_and_half_of_its_body() {
    let always = Some(Every::Nth(1));
    let answer = |faults| {
        let mock = Mock::start(Options { faults, ..Options::default() });
        said(&mock, request(&mock, "Content-Length: 0\r\n", "").as_bytes())
    };
    let truncated = answer(Faults { truncate: always, ..Faults::default() });
    let (head, body) = truncated.split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let (_, length) = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length")).expect("a length");
    assert_eq!(length.parse::<usize>().expect("a number") / 2, body.len(), "{truncated}");
    assert!(!body.is_empty());
    assert_eq!(answer(Faults { drop: always, ..Faults::default() }), "");
}

#[test]
fn a_stopped_server_does_not_wait_for_late_answers() {
    let faults = Faults { latency: Some("23h".parse().expect("a time")), ..Faults::default() };
    let mock = Mock::start(Options { faults, ..Options::default() });
    let mut stream = TcpStream::connect(mock.server().address()).expect("a connection");
    stream.write_all(request(&mock, "Content-Length: 0\r\n", "").as_bytes()).expect("a request");
    while mock.entries().is_empty() {
        std::thread::yield_now();
    }
    // Without an end of the wait, this would not return.
    drop(mock);
}

#[test]
fn clients_beyond_the_limit_wait() {
    let mock = Mock::with_limits(Options::default(), Limits { connections: 1, ..Limits::default() });
    let first = TcpStream::connect(mock.server().address()).expect("a connection");
    let mut second = TcpStream::connect(mock.server().address()).expect("a connection");
    second.write_all(request(&mock, "Content-Length: 0\r\nConnection: close\r\n", "").as_bytes()).expect("a request");
    drop(first);
    let mut answer = String::new();
    second.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn a_stopped_server_closes_its_connections() {
    let mock = Mock::start(Options::default());
    let mut stream = TcpStream::connect(mock.server().address()).expect("a connection");
    drop(mock);
    assert_eq!(stream.read(&mut [0; 16]).unwrap_or(0), 0);
}

#[test]
fn changed_bytes_of_requests_never_make_the_gateway_panic() {
    let mock = Mock::start(Options::default());
    let gateway = shared();
    let client = top(&mock).with_checks(Checks::Off);
    let good = client.call(&CrmOpenCustomerSave::new()).param("a", r#"{"b": [1, "中"]}"#).request().expect("a request");
    let target = good.uri().path_and_query().expect("a target").to_string();
    let mut random = Random::new(11);
    let mut answered = 0;
    for _ in 0..400 {
        let (mut target, mut body) = (target.clone().into_bytes(), good.body().clone());
        for _ in 0..=random.below(3) {
            let bytes = if random.below(2) == 0 && !body.is_empty() { &mut body } else { &mut target };
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => bytes[at] = u8::try_from(random.below(256)).unwrap_or_default(),
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b'%'),
            }
        }
        let Ok(uri) = http::Uri::try_from(target.as_slice()) else { continue };
        let mut request = http::Request::new(body);
        *request.uri_mut() = uri;
        *request.method_mut() = http::Method::POST;
        *request.headers_mut() = good.headers().clone();
        let reply = gateway.answer(&request);
        assert!(!reply.entry.to_string().is_empty());
        answered += 1;
    }
    assert!(answered > 200, "{answered}");
}
