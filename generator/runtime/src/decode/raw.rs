//! Splits valid JSON text, one level at a time.
//!
//! The whole text is validated once. Each level is then split into slices of the text, so that numbers, decimals and
//! JSON values keep their text. With an index of the text (`ends`), no byte is read once per level. On valid JSON nothing
//! here fails; on other text the result is incomplete, but nothing panics.

use std::borrow::Cow;

use super::ends::{Ends, LONG};

/// The text of one JSON value, without white space around it.
#[derive(Copy, Clone)]
pub(crate) struct Raw<'a> {
    text: &'a str,
    ends: Option<&'a Ends>,
}

/// The form of a JSON value.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}

impl<'a> Raw<'a> {
    /// Wraps `text`, which must be valid JSON.
    pub(super) fn of_valid(text: &'a str) -> Self {
        Self { text: text.trim_matches(is_space), ends: None }
    }

    /// Wraps `text` if it is valid JSON.
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str::<serde::de::IgnoredAny>(text).map(|_| Self::of_valid(text))
    }

    /// Adds the index of the text.
    pub(super) fn indexed(self, ends: &'a Ends) -> Self {
        Self { ends: Some(ends), ..self }
    }

    /// Returns the JSON text.
    pub(crate) fn as_str(self) -> &'a str {
        self.text
    }

    pub(crate) fn form(self) -> Form {
        match self.text.as_bytes().first() {
            Some(b'{') => Form::Object,
            Some(b'[') => Form::Array,
            Some(b'"') => Form::Text,
            Some(b't' | b'f') => Form::Boolean,
            Some(b'-' | b'0'..=b'9') => Form::Number,
            _ => Form::Null,
        }
    }

    /// Returns the text of a string, number or boolean, and whether all escapes in it are characters. Returns `None` for
    /// everything else.
    pub(super) fn scalar(self) -> Option<(Cow<'a, str>, bool)> {
        match self.form() {
            Form::Text => Some(self.text()),
            Form::Number | Form::Boolean => Some((Cow::Borrowed(self.text), true)),
            Form::Null | Form::Array | Form::Object => None,
        }
    }

    /// Returns the text that a JSON string represents, and whether all of its escapes are characters.
    pub(crate) fn text(self) -> (Cow<'a, str>, bool) {
        let inner = self.text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        unescape(inner.unwrap_or_default())
    }

    /// Iterates over the members of an object.
    pub(crate) fn members(self) -> Members<'a> {
        Members(Scanner::inside(self, '{'))
    }

    /// Iterates over the items of an array.
    pub(crate) fn items(self) -> Items<'a> {
        Items(Scanner::inside(self, '['))
    }
}

/// A member of an object.
pub(crate) struct Member<'a> {
    pub(crate) name: Cow<'a, str>,
    /// Whether all escapes in the name are characters.
    pub(crate) sound: bool,
    pub(crate) value: Raw<'a>,
}

#[derive(Clone)]
pub(crate) struct Members<'a>(Scanner<'a>);

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (name, sound) = self.0.value()?.text();
        self.0.skip(b':');
        let value = self.0.value()?;
        self.0.skip(b',');
        Some(Member { name, sound, value })
    }
}

pub(crate) struct Items<'a>(Scanner<'a>);

impl<'a> Iterator for Items<'a> {
    type Item = Raw<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.0.value()?;
        self.0.skip(b',');
        Some(item)
    }
}

/// Cuts values off the front of a text.
#[derive(Clone)]
struct Scanner<'a> {
    rest: &'a str,
    ends: Option<&'a Ends>,
}

impl<'a> Scanner<'a> {
    fn inside(raw: Raw<'a>, open: char) -> Self {
        Self { rest: raw.text.strip_prefix(open).unwrap_or_default(), ends: raw.ends }
    }

    /// Returns the next value, or `None` before a closing bracket and at the end.
    fn value(&mut self) -> Option<Raw<'a>> {
        self.rest = self.rest.trim_start_matches(is_space);
        let length = match self.rest.as_bytes().first()? {
            b'}' | b']' | b',' | b':' => return None,
            b'"' => string_length(self.rest.as_bytes()),
            b'{' | b'[' => self.nested(),
            _ => self.rest.find(|char| matches!(char, ',' | '}' | ']') || is_space(char)).unwrap_or(self.rest.len()),
        };
        let (value, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Raw { text: value, ends: self.ends })
    }

    /// Returns the length of the array or object at the start of the rest in bytes, brackets included.
    fn nested(&self) -> usize {
        let text = self.rest.as_bytes();
        let known = self.ends.and_then(|ends| ends.near(self.rest));
        let short = || nested_length(text.get(..LONG).unwrap_or(text));
        let long = || self.ends.and_then(|ends| ends.length(self.rest));
        known.or_else(short).or_else(long).or_else(|| nested_length(text)).unwrap_or(text.len())
    }

    fn skip(&mut self, mark: u8) {
        self.rest = self.rest.trim_start_matches(is_space);
        self.rest = self.rest.strip_prefix(char::from(mark)).unwrap_or(self.rest);
    }
}

/// Returns the length of the string at the start of `text` in bytes, quotes included.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// Returns the length of the array or object at the start of `text` in bytes, or `None` if it does not end in `text`.
fn nested_length(text: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => at += string_length(text.get(at..).unwrap_or_default()) - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    #[cfg(test)]
    tests::SEARCHED.set(tests::SEARCHED.get() + at);
    (depth == 0).then_some(at)
}

fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\r')
}

/// Resolves the escapes in a string without its quotes. Half a surrogate pair becomes U+FFFD, and the second value is
/// `false`.
pub(super) fn unescape(inner: &str) -> (Cow<'_, str>, bool) {
    if !inner.contains('\\') {
        return (Cow::Borrowed(inner), true);
    }
    let (mut out, mut rest, mut sound) = (String::with_capacity(inner.len()), inner, true);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (char, after) = escape(after);
        sound &= char.is_some();
        out.push(char.unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = after;
    }
    out.push_str(rest);
    (Cow::Owned(out), sound)
}

/// Returns the character of the escape after a backslash, and the text after the escape.
fn escape(text: &str) -> (Option<char>, &str) {
    let mut chars = text.chars();
    let char = match chars.next() {
        Some('n') => Some('\n'),
        Some('r') => Some('\r'),
        Some('t') => Some('\t'),
        Some('b') => Some('\u{8}'),
        Some('f') => Some('\u{c}'),
        Some('u') => return unicode(chars.as_str()),
        other => other,
    };
    (char, chars.as_str())
}

/// Returns the character of four hexadecimal digits, or of eight in two escapes.
fn unicode(text: &str) -> (Option<char>, &str) {
    let Some((first, rest)) = unit(text) else {
        return (None, text);
    };
    if let Some(char) = char::from_u32(first) {
        return (Some(char), rest);
    }
    let second = rest.strip_prefix("\\u").and_then(unit).filter(|(low, _)| (0xDC00..0xE000).contains(low));
    match second {
        Some((low, rest)) if first < 0xDC00 => {
            (char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00)), rest)
        }
        _ => (None, rest),
    }
}

fn unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    u32::from_str_radix(digits, 16).ok().map(|unit| (unit, rest))
}

#[cfg(test)]
pub(super) mod tests {
    use core::cell::Cell;

    use super::*;
    use crate::decode::budget::Budget;

    thread_local! {
        /// Number of bytes that were searched for the ends of arrays and objects.
        pub(in crate::decode) static SEARCHED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn an_index_changes_nothing() {
        let deep = |unit: &str, close: &str| unit.repeat(300) + "1" + &close.repeat(300);
        let long = format!(r#"{{"a":[{0}],"b]":"{0}[","c":{{"d":"\"{0}"}}}}"#, "[[],{}],".repeat(20) + "1");
        for json in [long, deep("[", "]"), deep(r#"{"]":"#, "}"), format!("[{}]", [r#"{"a":[1,"]"]}"#; 50].join(","))] {
            let json =
                if serde_json::from_str::<serde::de::IgnoredAny>(&json).is_ok() { json } else { "[]".to_owned() };
            let ends = Ends::of(&json, &mut Budget::of(0));
            let (mut plain, mut indexed) = (vec![Raw::of_valid(&json)], vec![Raw::of_valid(&json).indexed(&ends)]);
            while let (Some(one), Some(other)) = (plain.pop(), indexed.pop()) {
                assert_eq!(one.as_str(), other.as_str());
                plain.extend(one.items().chain(one.members().map(|member| member.value)));
                indexed.extend(other.items().chain(other.members().map(|member| member.value)));
            }
            assert_eq!((plain.len(), indexed.len()), (0, 0));
        }
    }

    #[test]
    fn objects_come_apart() {
        let raw = Raw::of_valid(" { \"a\" : 1.50 , \"b\\u0041\":{\"x\":[1,2,\"]}\\\"\"]}, \"c\":[ ] ,\"d\":null} ");
        let members: Vec<_> = raw.members().map(|member| (member.name.into_owned(), member.value.as_str())).collect();
        let expected = [("a", "1.50"), ("bA", "{\"x\":[1,2,\"]}\\\"\"]}"), ("c", "[ ]"), ("d", "null")];
        assert_eq!(members, expected.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn arrays_come_apart() {
        let items: Vec<_> = Raw::of_valid("[1, true,\"a,b\", [3,4] ,{}]").items().map(Raw::as_str).collect();
        assert_eq!(items, ["1", "true", "\"a,b\"", "[3,4]", "{}"]);
        assert_eq!(Raw::of_valid("[ ]").items().count(), 0);
    }

    #[test]
    fn strings_lose_their_escapes() {
        let text = |json| {
            let (text, sound) = Raw::of_valid(json).text();
            (text.into_owned(), sound)
        };
        assert_eq!(text(r#""a\"\\\/\b\f\n\r\t中""#), ("a\"\\/\u{8}\u{c}\n\r\t中".to_owned(), true));
        assert_eq!(text(r#""\u4e2d\ud83d\udc4d""#), ("中👍".to_owned(), true));
        assert_eq!(text(r#""\ud83dx\udc4d\ud83d\ud83d""#), ("\u{fffd}x\u{fffd}\u{fffd}\u{fffd}".to_owned(), false));
    }
}
