//! Concatenation, and encodings of bytes as text.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD, URL_SAFE};

use super::SignError;

/// Concatenates the pieces.
pub fn concat(pieces: &[&str]) -> String {
    pieces.concat()
}

/// Concatenates the pieces.
pub fn concat_bytes(pieces: &[&[u8]]) -> Vec<u8> {
    pieces.concat()
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

/// Removes the padding of base64.
pub fn nopad(text: &str) -> String {
    text.trim_end_matches('=').to_owned()
}

/// Base64 with or without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Decodes base64, in the standard or the URL-safe alphabet, with or without padding.
///
/// # Errors
///
/// [`SignError::NotEncoded`] unless the text is base64.
pub fn unbase64(text: &str) -> Result<Vec<u8>, SignError> {
    let standard = text.trim().replace('-', "+").replace('_', "/");
    LENIENT.decode(standard).map_err(|_| SignError::NotEncoded("base64"))
}

/// Decodes hexadecimal in either case.
///
/// # Errors
///
/// [`SignError::NotEncoded`] unless the text is hexadecimal with two digits per byte.
pub fn unhex(text: &str) -> Result<Vec<u8>, SignError> {
    let refused = || SignError::NotEncoded("hexadecimal");
    let half = |digit: &u8| char::from(*digit).to_digit(16).and_then(|half| u8::try_from(half).ok());
    let pairs = text.trim().as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(half(high)? << 4 | half(low)?),
        _ => None,
    });
    pairs.collect::<Option<Vec<u8>>>().ok_or_else(refused)
}

/// Concatenates the parts with a separator, without empty ones and sorted as bytes if wanted.
pub fn join(separator: &str, parts: &[&str], skip_empty: bool, is_sorted: bool) -> String {
    arranged(parts, str::is_empty, skip_empty, is_sorted).join(separator)
}

/// Concatenates the parts as [`join`] does.
pub fn join_bytes(separator: &[u8], parts: &[&[u8]], skip_empty: bool, is_sorted: bool) -> Vec<u8> {
    arranged(parts, <[u8]>::is_empty, skip_empty, is_sorted).join(separator)
}

pub(super) fn arranged<'p, T: Ord + ?Sized>(
    parts: &[&'p T],
    is_empty: impl Fn(&T) -> bool,
    skip_empty: bool,
    is_sorted: bool,
) -> Vec<&'p T> {
    let mut kept: Vec<&T> = parts.iter().copied().filter(|part| !(skip_empty && is_empty(part))).collect();
    if is_sorted {
        kept.sort_unstable();
    }
    kept
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
        assert_eq!([nopad("-_8="), nopad("YQ=="), nopad("YWJj"), nopad("=")], ["-_8", "YQ", "YWJj", ""]);
    }

    #[test]
    fn text_becomes_bytes_again() {
        for text in ["+/8=", "-_8=", "+/8", " +/8=\n"] {
            assert_eq!(unbase64(text), Ok(vec![0xfb, 0xff]), "{text}");
        }
        assert_eq!(unbase64("é"), Err(SignError::NotEncoded("base64")));
        assert_eq!(unhex("00fF"), Ok(vec![0x00, 0xff]));
        for text in ["0", "0g", "中"] {
            assert_eq!(unhex(text), Err(SignError::NotEncoded("hexadecimal")), "{text}");
        }
    }

    #[test]
    fn parts_are_joined_in_the_wanted_order() {
        assert_eq!(join("|", &["b", "", "a"], false, false), "b||a");
        assert_eq!(join("|", &["b", "", "a"], true, true), "a|b");
        assert_eq!(join_bytes(b"", &[b"\xff", b"a"], false, true), b"a\xff");
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
