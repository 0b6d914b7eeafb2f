//! Bodies: compressed ones, and limits.

use std::io::Write;

use apograph_tests::gateway::gzip;

use super::*;

const GZIP: &str = "Content-Encoding: gzip\r\n";

#[test]
fn gzip_is_decoded() {
    let text = "成功".repeat(10_000);
    let once = answer(GZIP, &gzip(text.as_bytes()));
    let (half, rest) = text.as_bytes().split_at(text.len() / 2);
    let members = answer(GZIP, &[gzip(half), gzip(rest)].concat());
    let plain = answer("", text.as_bytes());
    for (name, transport) in both(&direct()) {
        for (form, bytes) in [("once", &once), ("members", &members), ("plain", &plain)] {
            let gateway = keeping(bytes.clone());
            let response = transport.send(request("POST", &gateway.url("/")), LONG).expect(name);
            assert_eq!(response.headers().get("content-encoding"), None, "{name} {form}");
            assert!(response.into_body() == text.as_bytes(), "{name} {form}");
        }
    }
}

#[test]
fn the_limit_counts_decompressed_bytes() {
    let limited = |limit| both(&direct().with_body_limit(limit));
    let bodies = [answer("", &[b'a'; 1000]), answer(GZIP, &gzip(&[b'a'; 1000]))];
    for bytes in bodies {
        for (name, transport) in limited(1000) {
            let gateway = keeping(bytes.clone());
            let response = transport.send(request("POST", &gateway.url("/")), LONG).expect(name);
            assert_eq!(response.body().len(), 1000, "{name}");
        }
        for (name, transport) in limited(999) {
            let gateway = keeping(bytes.clone());
            let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
            assert_fails(name, outcome, TransportProblem::TooLong);
        }
    }
}

/// An endless answer ends with the limit, so no more than it is kept.
#[test]
fn endless_answers_and_gzip_bombs_are_refused() {
    let endless = |headers: &'static str, piece: Vec<u8>| {
        Gateway::raw("http", move |mut stream| {
            let head = format!("HTTP/1.1 200 OK\r\n{headers}Transfer-Encoding: chunked\r\n\r\n");
            drop(stream.write_all(head.as_bytes()));
            let chunk = [format!("{:x}\r\n", piece.len()).as_bytes(), &piece, b"\r\n"].concat();
            while stream.write_all(&chunk).is_ok() {}
        })
    };
    let plain = endless("", vec![b'a'; 4096]);
    // One member of a gzip stream after the other, 1 MB from each 1 KB.
    let bomb = endless(GZIP, gzip(&vec![b'a'; 1 << 20]));
    for (name, transport) in both(&direct().with_body_limit(3 << 20)) {
        for gateway in [&plain, &bomb] {
            let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
            assert_fails(name, outcome, TransportProblem::TooLong);
        }
    }
}

#[test]
fn an_answer_without_a_length_ends_with_the_connection() {
    let gateway = Gateway::plain(|_| Reply::Close(b"HTTP/1.0 200 OK\r\n\r\nbody".to_vec()));
    for (name, transport) in both(&direct()) {
        let response = transport.send(request("POST", &gateway.url("/")), LONG).expect(name);
        assert_eq!(response.body(), b"body", "{name}");
    }
}

#[test]
fn damaged_gzip_is_no_answer() {
    let whole = gzip(&b"0123456789abcdef".repeat(100));
    let cut = answer(GZIP, &whole[..whole.len() / 2]);
    let mut corrupt = whole.clone();
    corrupt.iter_mut().skip(12).for_each(|byte| *byte ^= 0x55);
    let corrupt = answer(GZIP, &corrupt);
    let text = answer(GZIP, b"{\"result\": 1, \"more\": 2}");
    for (name, transport) in both(&direct()) {
        for (form, bytes, problem) in [
            ("cut", &cut, TransportProblem::Protocol),
            ("corrupt", &corrupt, TransportProblem::Protocol),
            ("text", &text, TransportProblem::Protocol),
        ] {
            let gateway = keeping(bytes.clone());
            let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
            assert_fails(&format!("{name} {form}"), outcome, problem);
        }
    }
}
