//! Decodes the bytes of a page: by its byte order mark, as UTF-8, by the charset that HTML declares, or as GB18030.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostic::Code;
use crate::transcribe::Refusal;

/// HTML declares its charset within this number of bytes, according to the HTML standard. Saved pages have scripts above it,
/// so that more is searched.
const DECLARATION: usize = 16 * 1024;

/// Decodes a page. Text in UTF-8 keeps a byte order mark, so that positions are those of the file.
pub(crate) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        let body = bytes.get(length..).unwrap_or_default();
        return decoded(encoding, body).ok_or_else(|| Refusal::of_page(Code::NotUtf8, invalid(encoding)));
    }
    // The text of such a page may be valid UTF-8 too, with a zero byte after each letter.
    if let Some(text) = without_mark(bytes) {
        return Ok(text);
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error,
    };
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_8);
    let guessed = Some(GB18030).filter(|_| !is_damaged_utf8(bytes));
    if let Some(text) = declared.or(guessed).and_then(|encoding| decoded(encoding, bytes)) {
        return Ok(text);
    }
    let at = error.valid_up_to();
    let message = match declared {
        Some(encoding) => invalid(encoding),
        None => "the page is not valid UTF-8, UTF-16 or GB18030".to_owned(),
    };
    Err(Refusal::new(Code::NotUtf8, at..at, message)
        .help("save the page again, as UTF-8 or in the encoding that it declares"))
}

fn invalid(encoding: &'static Encoding) -> String {
    format!("the page is not valid {}, which it declares", encoding.name())
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Decodes UTF-16 that has no byte order mark: every second byte of its markup is zero.
fn without_mark(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let zeros = |odd: usize| bytes.iter().take(512).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let looked_at = bytes.len().min(512) / 2;
    let encoding = match (zeros(0), zeros(1)) {
        (0, high) if looked_at > 4 && high * 2 > looked_at => UTF_16LE,
        (high, 0) if looked_at > 4 && high * 2 > looked_at => UTF_16BE,
        _ => return None,
    };
    decoded(encoding, bytes)
}

/// The charset in a `meta` element.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARATION).unwrap_or(bytes).to_ascii_lowercase();
    let word = b"charset=";
    let at = start.windows(word.len()).position(|window| window == word)? + word.len();
    let rest = start.get(at..)?;
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_'))?;
    let encoding = Encoding::for_label(rest.get(..end)?)?;
    // What browsers call GBK may contain the characters of GB18030.
    Some(if encoding.name() == "GBK" { GB18030 } else { encoding })
}

/// Whether most of the bytes beyond ASCII are characters of UTF-8: then a few are damaged, and read as GB18030 all others would
/// be wrong.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let beyond = |text: &[u8]| text.iter().filter(|byte| !byte.is_ascii()).count();
    let good: usize = bytes.utf8_chunks().map(|chunk| beyond(chunk.valid().as_bytes())).sum();
    good * 2 > beyond(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>名称 类型 是否必填</p>";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let gbk = encoding_rs::GBK.encode(TEXT).0.into_owned();
        let marked = |mark: [u8; 2], big| [mark.to_vec(), utf16(TEXT, big)].concat();
        for page in [TEXT.as_bytes().to_vec(), gbk, marked([0xff, 0xfe], false), marked([0xfe, 0xff], true)] {
            assert_eq!(text(&page).expect("a text"), TEXT);
        }
        let latin = "<meta charset=\"gb2312\"><p>crate: 箱子</p>";
        assert_eq!(text(&encoding_rs::GBK.encode(latin).0).expect("a text"), latin);
        let plain = "<p>ab</p><p>cd</p>";
        assert_eq!(text(&utf16(plain, false)).expect("a text"), plain);
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_another_encoding() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        bytes[4] = 0xff;
        let refusal = text(&bytes).expect_err("a refusal");
        assert_eq!((refusal.code, refusal.at), (Code::NotUtf8, Some(3..3)));
    }
}
