//! Names what a body is whose bytes are not UTF-8.

use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use crate::error::DecodeProblem;
use crate::received::Received;

/// The bytes that every gzip stream starts with. The second one makes it invalid as UTF-8.
const GZIP: &[u8] = &[0x1f, 0x8b];

/// Maximum number of characters of a name from a header; real names have fewer than 20.
const LONGEST_NAME: usize = 64;

/// Returns why the body, which is not UTF-8, cannot be decoded; `None` if replacing some bytes makes it text.
pub(super) fn problem(received: &Received) -> Option<DecodeProblem> {
    let body = received.body.as_slice();
    if body.starts_with(GZIP) {
        return Some(DecodeProblem::Compressed("gzip".to_owned()));
    }
    let coding = received.header(&CONTENT_ENCODING).map(str::trim).filter(|coding| !is_identity(coding));
    if let Some(coding) = coding.filter(|_| !starts_as_text(body)) {
        return Some(DecodeProblem::Compressed(cut(coding)));
    }
    match charset(received) {
        Some(name) => (!is_utf8(name)).then(|| DecodeProblem::Charset(cut(name))),
        None => is_gbk(body).then_some(DecodeProblem::UndeclaredGbk),
    }
}

fn is_identity(coding: &str) -> bool {
    coding.is_empty() || coding.eq_ignore_ascii_case("identity")
}

/// Whether the body starts like JSON or markup. A transport that decompresses a body may leave the header.
fn starts_as_text(body: &[u8]) -> bool {
    body.trim_ascii_start().first().is_some_and(|byte| b"{[\"<".contains(byte))
}

/// Returns the character set that the `Content-Type` names.
fn charset(received: &Received) -> Option<&str> {
    let content_type = received.header(&CONTENT_TYPE)?;
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, name) = parameters.find(|(key, _)| key.trim().eq_ignore_ascii_case("charset"))?;
    Some(name.trim().trim_matches('"')).filter(|name| !name.is_empty())
}

/// Whether a character set is UTF-8 or a subset of it.
fn is_utf8(name: &str) -> bool {
    ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn cut(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

/// Whether bytes that are not UTF-8 are most likely GBK: all of them are valid in it, most of its characters are Chinese
/// ones, and more bytes are foreign to UTF-8 than there are long characters of UTF-8. So a text in UTF-8 with a broken
/// character, or in a western character set, is not taken for GBK.
fn is_gbk(body: &[u8]) -> bool {
    let Some(Pairs { common, rare }) = pairs(body) else { return false };
    let (mut foreign, mut long) = (0, 0);
    for chunk in body.utf8_chunks() {
        long += chunk.valid().chars().filter(|char| char.len_utf8() > 2).count();
        match chunk.invalid().len() {
            0 => {}
            1 => foreign += 1,
            // The first bytes of a longer character.
            _ => long += 1,
        }
    }
    common > rare && foreign > 1 && foreign > long
}

/// Number of two-byte characters of GBK, by their second byte.
struct Pairs {
    /// Not ASCII: all characters of everyday texts.
    common: usize,
    /// ASCII: rare characters, and what letters of western character sets look like.
    rare: usize,
}

/// Counts the two-byte characters; `None` if any byte is not GBK.
fn pairs(body: &[u8]) -> Option<Pairs> {
    let (mut counted, mut bytes) = (Pairs { common: 0, rare: 0 }, body.iter());
    while let Some(lead) = bytes.next() {
        match lead {
            0..=0x7f => continue,
            0x81..=0xfe => {}
            _ => return None,
        }
        match bytes.next()? {
            0x80..=0xfe => counted.common += 1,
            0x40..=0x7e => counted.rare += 1,
            _ => return None,
        }
    }
    Some(counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(headers: &[(&str, &str)], body: &[u8]) -> Option<DecodeProblem> {
        let mut response = http::Response::builder();
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        problem(&response.body(body).expect("a response").into())
    }

    #[test]
    fn declared_character_sets_are_named() {
        let named = |content_type: &str, body: &[u8]| named(&[("Content-Type", content_type)], body);
        let gbk = Some(DecodeProblem::Charset("GBK".to_owned()));
        assert_eq!(named("application/json; charset=\"GBK\"", b"\"\xd6\xd0\""), gbk);
        assert_eq!(named("application/json;charset=utf-8", b"\"\xd6\xd0\""), None);
        assert_eq!(named("application/json;charset=", b"\"\xd6\xd0\""), Some(DecodeProblem::UndeclaredGbk));
    }

    #[test]
    fn undeclared_gbk_is_named_and_single_bad_bytes_are_not() {
        for gbk in [
            &b"{\"a\":\"\xd6\xd0\"}"[..],
            b"{\"a\":\"\xc4\xe3\xba\xc3,\xca\xc0\xbd\xe7\"}",
            // Two of these three characters are valid UTF-8, too.
            b"{\"a\":\"\xc1\xaa\xcd\xa8\xb9\xfa\"}",
        ] {
            assert_eq!(named(&[], gbk), Some(DecodeProblem::UndeclaredGbk), "{gbk:?}");
        }
        let broken = [&"中文".as_bytes()[..5], b"!\xe5\x88!", "界".as_bytes()].concat();
        for body in [&b"\"\xff\""[..], b"\"\xe5\x88\"", b"\"g\xe9n\xe9ral\"", b"\"\xd6\"", b"\xd6\xd0\xff", &broken] {
            assert_eq!(named(&[], body), None, "{body:?}");
        }
    }
}
