//! Concatenation, and encodings of bytes as text.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// Concatenates the pieces.
pub fn concat(pieces: &[&str]) -> String {
    pieces.concat()
}

/// Concatenates the pieces.
pub fn concat_bytes(pieces: &[&[u8]]) -> Vec<u8> {
    pieces.concat()
}

/// Replaces percent escapes; a plus stays a plus. Bytes that are not UTF-8 become U+FFFD.
pub fn percent_decoded(text: &str) -> String {
    // In a form, a plus is a space and an ampersand ends the value, so both are escaped first.
    let form = ["=", text].concat().replace('+', "%2B").replace('&', "%26");
    form_urlencoded::parse(form.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Encodes as hexadecimal, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    hex_with(bytes, b"0123456789abcdef")
}

/// Encodes as hexadecimal, in upper case.
pub fn hex_upper(bytes: &[u8]) -> String {
    hex_with(bytes, b"0123456789ABCDEF")
}

fn hex_with(bytes: &[u8], digits: &[u8; 16]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    halves.filter_map(|half| digits.get(usize::from(half))).map(|digit| char::from(*digit)).collect()
}

/// Encodes as base64 (RFC 4648), with padding.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Encodes as URL-safe base64 (RFC 4648), with padding.
pub fn base64_url(bytes: &[u8]) -> String {
    URL_SAFE.encode(bytes)
}

/// Returns the number of bytes in decimal, padded with zeros to `digits` digits.
pub fn byte_length(bytes: &[u8], digits: usize) -> String {
    format!("{:0digits$}", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text() {
        assert_eq!(hex(&[0x00, 0x9f, 0xff]), "009fff");
        assert_eq!(hex_upper("helloworld".as_bytes()), "68656C6C6F776F726C64");
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
        assert_eq!(base64_url(&[0xfb, 0xff]), "-_8=");
    }

    #[test]
    fn lengths_count_bytes() {
        assert_eq!(byte_length("中a".as_bytes(), 1), "4");
        assert_eq!(byte_length(b"", 4), "0000");
        assert_eq!(byte_length(&[0; 12345], 4), "12345");
    }

    #[test]
    fn pieces_follow_each_other() {
        assert_eq!(concat(&["a", "", "中"]), "a中");
        assert_eq!(concat_bytes(&[b"a", &[0xff]]), [b'a', 0xff]);
    }
}
