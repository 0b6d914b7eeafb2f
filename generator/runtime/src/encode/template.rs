//! Fills fields into paths such as `/voice/recordGroup/{voiceId}`.

use core::fmt::Write;

use super::encoder::Encoder;
use crate::error::Rule;
use crate::object::{Object, View};
use crate::protocol::ScalarLists;
use crate::sign::is_blank;

/// Replaces every `{name}` with the field of that wire name. Returns the path and the indices of these fields.
pub(super) fn fill(path: &str, call: &dyn Object, encoder: &mut Encoder) -> (String, Vec<usize>) {
    let (mut filled, mut used) = (String::new(), Vec::new());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        filled.push_str(before);
        used.extend(segment(name, call, encoder, &mut filled));
        rest = after;
    }
    filled.push_str(rest);
    (filled, used)
}

/// Appends the field `name` as one segment. Returns the field's index.
fn segment(name: &str, call: &dyn Object, encoder: &mut Encoder, path: &mut String) -> Option<usize> {
    let index = call.shape().find(name, 0);
    let mark = encoder.path.key(name);
    let known = index.and_then(|index| call.shape().fields().get(index).zip(call.field(index)));
    let text = match known.map(|(field, value)| (field, value.view())) {
        None | Some((_, View::Absent)) => String::new(),
        Some((field, view)) => encoder.flat_text(field, &view, ScalarLists::Comma),
    };
    // The URL needs it, whatever the page marks as required.
    if is_blank(&text) {
        encoder.violation(Rule::Missing);
    } else if matches!(text.as_str(), "." | "..") {
        encoder.violation(Rule::InvalidPathSegment);
    }
    encoder.path.back(mark);
    percent_encode(&text, path);
    index
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
