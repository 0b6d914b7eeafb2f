//! Turns a body's bytes into valid JSON text.

use std::borrow::Cow;

use super::budget::Budget;
use super::bytes;
use super::raw::Raw;
use crate::coercion::{CoercionKind, Ledger};
use crate::error::DecodeProblem;
use crate::received::Received;

/// Returns the body as text. Bytes that are not UTF-8 are replaced and counted, unless the body is compressed or in
/// another character set.
pub(super) fn text<'a>(received: &'a Received, ledger: &mut Ledger) -> Result<Cow<'a, str>, DecodeProblem> {
    let body = received.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&received.body);
    let text = String::from_utf8_lossy(body);
    if let Cow::Owned(_) = text {
        if let Some(problem) = bytes::problem(received) {
            return Err(problem);
        }
        let replaced = body.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        ledger.note("", CoercionKind::InvalidText, replaced);
    }
    Ok(text)
}

/// Returns `text` as valid JSON: unchanged, or with the raw tabs and line ends escaped that servers send inside strings.
// specs/top/PROTOCOL.md#raw-control-characters
pub(super) fn json<'a>(text: &'a str, ledger: &mut Ledger, budget: &mut Budget) -> Result<Cow<'a, str>, DecodeProblem> {
    if text.trim_start().starts_with('<') {
        return Err(DecodeProblem::Markup);
    }
    let error = match Raw::parse(text) {
        Ok(_) => return Ok(Cow::Borrowed(text)),
        Err(error) => DecodeProblem::Syntax { line: error.line(), column: error.column() },
    };
    let mut count = 0;
    controls(text, |_, _| count += 1);
    if count == 0 {
        return Err(error);
    }
    let size = text.len() + count * ESCAPE;
    budget.allocate(size);
    budget.check()?;
    let escaped = escape_controls(text, size);
    if Raw::parse(&escaped).is_err() {
        return Err(error);
    }
    ledger.note("", CoercionKind::ControlCharacter, count);
    Ok(Cow::Owned(escaped))
}

/// Length of an escaped control character, without the character's own byte.
const ESCAPE: usize = r"\u0009".len() - 1;

/// Escapes every control character inside string literals. The result has at most `size` bytes.
fn escape_controls(text: &str, size: usize) -> String {
    let (mut out, mut copied) = (String::with_capacity(size), 0);
    controls(text, |at, escaped| {
        out.push_str(text.get(copied..at).unwrap_or_default());
        // A backslash before it becomes the start of the escape: `\` and a tab mean a tab.
        out.push_str(if escaped { "u00" } else { "\\u00" });
        let byte = text.as_bytes().get(at).copied().unwrap_or_default();
        out.extend([byte >> 4, byte & 0xF].map(|digit| char::from_digit(digit.into(), 16).unwrap_or_default()));
        copied = at + 1;
    });
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// Passes the position of every control character inside string literals to `found`, and whether a backslash precedes it.
fn controls(text: &str, mut found: impl FnMut(usize, bool)) {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            0..b' ' if quoted => {
                found(at, escaped);
                escaped = false;
            }
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> Result<(String, usize), DecodeProblem> {
        let mut ledger = Ledger::default();
        let json = json(text, &mut ledger, &mut Budget::of(text.len()))?.into_owned();
        Ok((json, ledger.finish().count_of(CoercionKind::ControlCharacter)))
    }

    #[test]
    fn control_characters_in_strings_are_escaped() {
        assert_eq!(repaired("{\"a\":\"x\ty\r\n\"\t}"), Ok(("{\"a\":\"x\\u0009y\\u000d\\u000a\"\t}".to_owned(), 3)));
        assert_eq!(repaired("{\"a\":\"\\\"\t\"}"), Ok(("{\"a\":\"\\\"\\u0009\"}".to_owned(), 1)));
        assert_eq!(repaired("{\"a\":\"\\\t\"}"), Ok(("{\"a\":\"\\u0009\"}".to_owned(), 1)));
    }

    #[test]
    fn what_is_not_json_is_an_error() {
        assert_eq!(repaired(" <html>"), Err(DecodeProblem::Markup));
        assert_eq!(repaired("{\"a\":}"), Err(DecodeProblem::Syntax { line: 1, column: 6 }));
        assert_eq!(repaired(""), Err(DecodeProblem::Syntax { line: 1, column: 0 }));
    }

    #[test]
    fn bad_bytes_are_replaced_and_counted() {
        let read = |content_type: &str, body: &[u8]| {
            let response = http::Response::builder().header("Content-Type", content_type).body(body);
            let mut ledger = Ledger::default();
            let received = response.expect("a response").into();
            let text = text(&received, &mut ledger)?.into_owned();
            Ok((text, ledger.finish().count_of(CoercionKind::InvalidText)))
        };
        let gbk = Err(DecodeProblem::Charset("GBK".to_owned()));
        assert_eq!(read("application/json; charset=\"GBK\"", b"\"\xd6\xd0\""), gbk);
        assert_eq!(read("application/json;charset=utf-8", b"\"\xd6\""), Ok(("\"\u{fffd}\"".to_owned(), 1)));
        assert_eq!(read("text/plain; charset=GBK", "\u{feff}{}".as_bytes()), Ok(("{}".to_owned(), 0)));
    }
}
