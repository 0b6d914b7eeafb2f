//! Reads valid JSON text from front to back.
//!
//! Every method returns `None` where the text is not valid JSON, or nested deeper than [`MAX_NESTING`].

use std::borrow::Cow;

use crate::decode::raw::{Raw, unescape};
use crate::plain_text::plain_length;
use crate::value::MAX_NESTING;

/// Text and the position in it, which is never inside a character.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

/// A position in the text.
#[derive(Copy, Clone)]
pub(super) struct Position(usize);

/// A string without its quotes, as written.
#[derive(Copy, Clone)]
pub(super) struct Literal<'a> {
    text: &'a str,
    /// Whether it has escapes, which are valid.
    is_escaped: bool,
}

impl<'a> Literal<'a> {
    /// Returns the text that the string represents, and whether all of its escapes are characters.
    #[inline]
    pub(super) fn text(self) -> (Cow<'a, str>, bool) {
        if self.is_escaped { unescape(self.text) } else { (Cow::Borrowed(self.text), true) }
    }

    /// Whether the string is `text`, written without escapes.
    pub(super) fn is(self, text: &str) -> bool {
        !self.is_escaped && self.text == text
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn position(&self) -> Position {
        Position(self.at)
    }

    /// Returns to an earlier position.
    pub(super) fn back(&mut self, position: Position) {
        self.at = position.0;
    }

    /// Returns the value whose first byte is at `start` and that ends here.
    pub(super) fn since(&self, start: Position) -> Option<Raw<'a>> {
        self.text.get(start.0..self.at).map(Raw::of_valid)
    }

    /// Returns the next byte after white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                other => return Some(*other),
            }
        }
        None
    }

    /// Whether only white space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Skips `mark` if it is next, and returns whether it was.
    #[inline]
    pub(super) fn skips(&mut self, mark: u8) -> bool {
        let is_next = self.peek() == Some(mark);
        self.at += usize::from(is_next);
        is_next
    }

    /// Skips `mark`, which must be next.
    #[inline]
    pub(super) fn require(&mut self, mark: u8) -> Option<()> {
        self.skips(mark).then_some(())
    }

    /// After an item or a member: whether another one follows, or the closing bracket.
    #[inline]
    pub(super) fn continues(&mut self, close: u8) -> Option<bool> {
        if self.skips(b',') {
            return Some(true);
        }
        self.require(close).map(|()| false)
    }

    /// Reads the name of a member, and the colon.
    #[inline]
    pub(super) fn name(&mut self) -> Option<Literal<'a>> {
        let name = self.literal()?;
        self.require(b':')?;
        Some(name)
    }

    /// Reads a string.
    #[inline]
    pub(super) fn literal(&mut self) -> Option<Literal<'a>> {
        self.require(b'"')?;
        let (start, bytes) = (self.at, self.text.as_bytes());
        let mut is_escaped = false;
        loop {
            self.at += plain_length(bytes.get(self.at..)?);
            match bytes.get(self.at)? {
                b'"' => {
                    let text = self.text.get(start..self.at)?;
                    self.at += 1;
                    return Some(Literal { text, is_escaped });
                }
                b'\\' => {
                    is_escaped = true;
                    self.at += escape_length(bytes.get(self.at + 1..)?)? + 1;
                }
                // JSON forbids control characters here; the other reader repairs them.
                _ => return None,
            }
        }
    }

    /// Reads a number, and returns its text.
    pub(super) fn number(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let digits =
            |at: usize| bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count());
        let is = |at: usize, marks: &[u8]| bytes.get(at).is_some_and(|byte| marks.contains(byte));
        let mut at = start + usize::from(is(start, b"-"));
        let whole = digits(at);
        if whole == 0 || (whole > 1 && is(at, b"0")) {
            return None;
        }
        at += whole;
        if is(at, b".") {
            let fraction = digits(at + 1);
            at += 1 + Some(fraction).filter(|digits| *digits > 0)?;
        }
        if is(at, b"eE") {
            at += 1 + usize::from(is(at + 1, b"+-"));
            at += Some(digits(at)).filter(|digits| *digits > 0)?;
        }
        self.at = at;
        self.text.get(start..at)
    }

    /// Skips a word: `true`, `false` or `null`. What follows is checked by whoever reads on.
    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        self.text.as_bytes().get(self.at..)?.strip_prefix(word.as_bytes())?;
        self.at += word.len();
        Some(())
    }

    /// Reads any value. The other reader takes deeper ones, and leaves out what nests too deep.
    pub(super) fn value(&mut self) -> Option<Raw<'a>> {
        self.peek();
        let start = self.position();
        self.skip_value(MAX_NESTING)?;
        self.since(start)
    }

    fn skip_value(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'"' => self.literal().map(drop),
            b'{' => self.skip_members(depth.checked_sub(1)?),
            b'[' => self.skip_items(depth.checked_sub(1)?),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number().map(drop),
        }
    }

    fn skip_members(&mut self, depth: usize) -> Option<()> {
        self.require(b'{')?;
        if self.skips(b'}') {
            return Some(());
        }
        loop {
            self.literal()?;
            self.require(b':')?;
            self.skip_value(depth)?;
            if !self.continues(b'}')? {
                return Some(());
            }
        }
    }

    fn skip_items(&mut self, depth: usize) -> Option<()> {
        self.require(b'[')?;
        if self.skips(b']') {
            return Some(());
        }
        loop {
            self.skip_value(depth)?;
            if !self.continues(b']')? {
                return Some(());
            }
        }
    }
}

/// Returns the length of the escape after a backslash in bytes.
fn escape_length(text: &[u8]) -> Option<usize> {
    match text.first()? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(1),
        b'u' => text.get(1..5)?.iter().all(u8::is_ascii_hexdigit).then_some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the whole text is read as one value.
    fn is_read(text: &str) -> bool {
        let mut scanner = Scanner::new(text);
        scanner.value().is_some_and(|raw| raw.as_str() == text.trim()) && scanner.is_at_end()
    }

    /// Valid JSON, and text that resembles it.
    const TEXTS: &[&str] = &[
        "0",
        "-0",
        "12",
        "-1.50",
        "1e5",
        "1E+05",
        "1e-7",
        "0.0e0",
        "true",
        "false",
        "null",
        "\"\"",
        "[]",
        "{}",
        " [ 1 , {\"a\" : [ ] , \"\\u00e4\" :null} ] ",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\"",
        "\"中👍\u{7f}\"",
        "",
        " ",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "1.e1",
        "tru",
        "nul",
        "nulll",
        "truefalse",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u123g\"",
        "\"\\u+123\"",
        "\"a\tb\"",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{,}",
        "{1:2}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "[1}",
        "{\"a\":1]",
        "\u{feff}1",
        "\u{a0}1",
        "1\u{c}",
        "'a'",
        "NaN",
        "[1]]",
        "// x\n1",
        "\"\\ud800\\u0041\"",
    ];

    #[test]
    fn valid_json_is_read_and_nothing_else() {
        for text in TEXTS {
            let expected = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
            assert_eq!(is_read(text), expected, "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(is_read(&nested(MAX_NESTING)));
        assert!(!is_read(&nested(MAX_NESTING + 1)));
    }
}
