//! Turns a body's bytes into valid JSON text.

use std::borrow::Cow;

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
pub(super) fn json<'a>(text: &'a str, ledger: &mut Ledger) -> Result<Cow<'a, str>, DecodeProblem> {
    if text.trim_start().starts_with('<') {
        return Err(DecodeProblem::Markup);
    }
    let error = match Raw::parse(text) {
        Ok(_) => return Ok(Cow::Borrowed(text)),
        Err(error) => DecodeProblem::Syntax { line: error.line(), column: error.column() },
    };
    let (escaped, count) = escape_controls(text);
    if count == 0 || Raw::parse(&escaped).is_err() {
        return Err(error);
    }
    ledger.note("", CoercionKind::ControlCharacter, count);
    Ok(Cow::Owned(escaped))
}

/// Escapes every control character inside string literals, and counts them.
fn escape_controls(text: &str) -> (String, usize) {
    let (mut out, mut count) = (String::with_capacity(text.len() + 16), 0);
    let (mut quoted, mut escaped) = (false, false);
    for char in text.chars() {
        if quoted && char < ' ' {
            // A backslash before it becomes the start of the escape: `\` and a tab mean a tab.
            let start = if escaped { "u" } else { "\\u" };
            out.push_str(start);
            out.push_str(&format!("{:04x}", u32::from(char)));
            count += 1;
            escaped = false;
            continue;
        }
        out.push(char);
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            _ => {}
        }
    }
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> Result<(String, usize), DecodeProblem> {
        let mut ledger = Ledger::default();
        let json = json(text, &mut ledger)?.into_owned();
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
