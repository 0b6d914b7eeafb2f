//! Fills fields into paths such as `/voice/recordGroup/{voiceId}`.

use core::fmt::Write;

use super::encoder::Encoder;
use super::extra::Extra;
use crate::error::Rule;
use crate::object::{Object, View};
use crate::protocol::ScalarLists;
use crate::sign::is_blank;

/// A path without placeholders, and what was filled into it.
pub(super) struct Filled<'p> {
    pub(super) path: String,
    /// Indices of the fields that the path contains.
    pub(super) fields: Vec<usize>,
    /// Names of the placeholders.
    pub(super) names: Vec<&'p str>,
}

/// Replaces every `{name}` with the extra parameter or else the field of that wire name. The signature fills those of `signed`.
pub(super) fn fill<'p>(
    path: &'p str,
    call: &dyn Object,
    extra: Extra<'_>,
    signed: &[&str],
    encoder: &mut Encoder,
) -> Filled<'p> {
    let violations = encoder.violations.len();
    let mut filled = Filled { path: String::new(), fields: Vec::new(), names: Vec::new() };
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}').filter(|(name, _)| !is_blank(name)) else {
            break;
        };
        filled.path.push_str(before);
        if signed.contains(&name) {
            left_open(name, extra, encoder, &mut filled.path);
        } else {
            filled.fields.extend(segment(name, call, extra, encoder, &mut filled.path));
        }
        filled.names.push(name);
        rest = after;
    }
    filled.path.push_str(rest);
    // A value that does not fit into the path has been reported by its own name.
    let sent = signed.iter().fold(filled.path.clone(), |path, name| path.replace(&format!("{{{name}}}"), "-"));
    if encoder.violations.len() == violations && !is_valid(&sent) {
        let mark = encoder.path.member("path");
        encoder.violation(Rule::InvalidPath);
        encoder.path.back(mark);
    }
    filled
}

/// Appends a placeholder that the signature fills, which no caller can.
fn left_open(name: &str, extra: Extra<'_>, encoder: &mut Encoder, path: &mut String) {
    if extra.get(name).is_some() {
        let mark = encoder.path.key(name);
        encoder.violation(Rule::Reserved);
        encoder.path.back(mark);
    }
    path.extend(["{", name, "}"]);
}

/// Appends the parameter or field `name` as one segment. Returns the field's index.
fn segment(name: &str, call: &dyn Object, extra: Extra<'_>, encoder: &mut Encoder, path: &mut String) -> Option<usize> {
    let found = call.shape().find(name);
    let mark = encoder.path.key(name);
    let fields = call.fields();
    let known = found.and_then(|(index, field)| Some((field, fields.get(index)?)));
    let text = match (extra.get(name), known.map(|(field, value)| (field, value.view()))) {
        (Some(value), _) => encoder.extra_text(value).into_owned(),
        (None, None | Some((_, View::Absent))) => String::new(),
        (None, Some((field, view))) => encoder.flat_text(field, &view, ScalarLists::Comma),
    };
    // The URL needs it, whatever the page marks as required.
    if is_blank(&text) {
        encoder.violation(Rule::Missing);
    } else if matches!(text.as_str(), "." | "..") {
        encoder.violation(Rule::InvalidPathSegment);
    }
    encoder.path.back(mark);
    percent_encode(&text, path);
    found.map(|(index, _)| index)
}

/// Whether HTTP libraries send `path` as it is: it has only the characters of RFC 3986, section 3.3, and no segment that
/// they resolve. What they send must be what was signed.
fn is_valid(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte);
    let is_hex = |text: Option<&[u8]>| text.is_some_and(|text| text.iter().all(u8::is_ascii_hexdigit));
    let bytes = path.as_bytes();
    let are_characters_valid = bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'%' => is_hex(bytes.get(at + 1..at + 3)),
        byte => is_plain(*byte),
    });
    are_characters_valid && !path.split('/').any(is_dots)
}

/// Whether a segment refers to a folder: `.` or `..`, where a dot can be percent-encoded.
fn is_dots(segment: &str) -> bool {
    matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..")
}

/// Appends `text`, percent-encoded except for unreserved characters (RFC 3986, section 2.3).
fn percent_encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            // Writing to a string cannot fail.
            other => drop(write!(out, "%{other:02X}")),
        }
    }
}
