//! Answers that a proxy or another server sent in place of the platform, or whose bytes are not text.

use super::*;

/// What the answer with these bytes is, as an error.
fn refused<E: Endpoint>(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Error {
    let mut value = E::Response::default();
    let outcome =
        answer(received(status, headers, body), &E::OPERATION, &<E::Platform as Platform>::PROTOCOL, &mut value);
    outcome.map(|reply| shown(&reply.coercions)).expect_err("an error")
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
