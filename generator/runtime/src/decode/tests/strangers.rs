//! Answers that a proxy or another server sent in place of the platform, or whose bytes are not text.

use super::*;
use crate::fixture::WithRequestId;

/// What the answer with these bytes is, as an error.
fn refused<E: Endpoint>(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Error {
    let mut value = E::Response::default();
    let outcome =
        answer(received(status, headers, body), &E::OPERATION, &<E::Platform as Platform>::PROTOCOL, &mut value);
    outcome.map(|reply| shown(&reply.coercions)).expect_err("an error")
}

#[test]
fn a_foreign_body_keeps_its_http_status() {
    for body in [
        r#"{"status":500,"error":"Internal Server Error"}"#,
        r#"{"timestamp":"2026-01-02T03:04:05Z","status":"502","message":"x","path":"/a"}"#,
        r#"{"code":502,"msg":"upstream failed"}"#,
        r#"{"status":"error","reason":"overloaded"}"#,
        r#"{"status":false}"#,
    ] {
        let error = refused::<JsonCall>(502, &[], body.as_bytes());
        assert_eq!((error.to_string().as_str(), error.is_retryable()), ("the server answered HTTP status 502", true));
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
    for body in [r#"{"code":502,"msg":"upstream failed"}"#, r#"{"code":"Throttled","msg":"x","sub_code":"busy"}"#] {
        let error = refused::<WithRequestId>(502, &[], body.as_bytes());
        assert_eq!(error.to_string(), "the server answered HTTP status 502", "{body}");
    }
}

#[test]
fn a_code_that_repeats_the_http_status_is_foreign() {
    let error = refused::<JsonCall>(404, &[], br#"{"status":404,"error":"Not Found"}"#);
    assert_eq!(error.to_string(), "the server answered HTTP status 404");
    let error = refused::<WithRequestId>(401, &[], br#"{"code":401,"msg":"Unauthorized"}"#);
    assert_eq!(error.to_string(), "the server answered HTTP status 401");
    // Any other code of a refused request can be one that the page does not list.
    let error = refused::<JsonCall>(400, &[], br#"{"status":-999}"#);
    assert!(matches!(&error, Error::Status(error) if error.status == "-999"), "{error}");
}

#[test]
fn what_the_platform_documents_is_its_own_behind_every_http_status() {
    for status in [200, 400, 500, 503] {
        let error = refused::<JsonCall>(status, &[], br#"{"status":-32,"reason":"no such task"}"#);
        assert!(matches!(&error, Error::Status(error) if error.status == "-32"), "{error}");
        let error = refused::<WithRequestId>(status, &[], br#"{"error_response":{"code":777}}"#);
        assert!(matches!(&error, Error::Platform(error) if error.code == "777"), "{error}");
        for listed in ["-18", "-1"] {
            let error = refused::<JsonCall>(status, &[], format!("{{\"code\":{listed}}}").as_bytes());
            assert!(matches!(&error, Error::Status(error) if error.status == listed), "{error}");
        }
        let error = refused::<FormCall>(status, &[], br#"{"msg":"m","sub_code":"isv.invalid-parameter:id"}"#);
        assert!(matches!(&error, Error::Platform(_)), "{error}");
    }
}

#[test]
fn compressed_bytes_are_named() {
    let gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xabV*.I,)-V\xb2R2P\xaa\x05\x00";
    assert_eq!(
        refused::<JsonCall>(200, &[], gzip).to_string(),
        "the answer is compressed (gzip), and the transport did not decompress it"
    );
    let brotli = b"\x8b\x05\x80{\"status\":\"\xff\"}\x03";
    let error = refused::<JsonCall>(200, &[("Content-Encoding", "br")], brotli);
    assert_eq!(error.to_string(), "the answer is compressed (br), and the transport did not decompress it");
    // Text is text, whatever a transport left in the headers.
    let error = refused::<JsonCall>(200, &[("Content-Encoding", "gzip")], b"{\"status\":-32}");
    assert!(matches!(error, Error::Status(_)));
    let error = refused::<JsonCall>(200, &[("Content-Encoding", "identity")], b"\xff");
    assert_eq!(error.to_string(), "the answer is not JSON (line 1, column 1)");
    // The HTTP status is the better name for a failure of the server.
    assert_eq!(refused::<JsonCall>(503, &[], gzip).to_string(), "the server answered HTTP status 503");
}

#[test]
fn a_long_charset_is_cut_everywhere() {
    let content_type = format!("text/plain; charset={}", "x".repeat(10_000));
    let error = refused::<JsonCall>(200, &[("Content-Type", &content_type)], b"\xff");
    assert!(error.to_string().len() < 250 && format!("{error:?}").len() < 250, "{error}");
}
