//! Text filters: letter case, white space, and JSON.

use std::borrow::Cow;

use crate::decode::{Form, Raw};

/// Changes to lower case.
pub fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// Changes to upper case.
pub fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// Changes the first letter and every letter after something that is neither letter nor digit to upper case, and all others to
/// lower case: `X-Acs-Date`.
pub fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_start = true;
    for character in text.chars() {
        if is_start {
            out.extend(character.to_uppercase());
        } else {
            out.extend(character.to_lowercase());
        }
        is_start = !character.is_alphanumeric();
    }
    out
}

/// Removes white space from both ends.
pub fn trim(text: &str) -> String {
    text.trim().to_owned()
}

/// Replaces each run of white space with one space.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_space = false;
    for character in text.chars() {
        let is_space = character.is_whitespace();
        if !(is_space && in_space) {
            out.push(if is_space { ' ' } else { character });
        }
        in_space = is_space;
    }
    out
}

/// Returns the JSON string with this text. Only quotation marks, backslashes and control characters are escaped.
pub fn json_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_json_text(&mut out, text);
    out
}

/// Sorts the members of all objects in a JSON text by name, as bytes, and removes white space around its values. Numbers and
/// texts stay as written. Text that is not JSON is not changed.
pub fn sort_json(text: &str) -> String {
    let Ok(raw) = Raw::parse(text) else { return text.to_owned() };
    let mut out = String::with_capacity(text.len());
    sorted(&mut out, raw, 0);
    out
}

/// Deeper values stay as they are, so that a hostile text cannot exhaust the stack. `serde_json` refuses texts that are deeper.
const MAX_DEPTH: usize = 128;

fn sorted(out: &mut String, raw: Raw<'_>, depth: usize) {
    match raw.form() {
        Form::Object if depth < MAX_DEPTH => {
            let mut members: Vec<(Cow<'_, str>, Raw<'_>)> =
                raw.members().map(|member| (member.name, member.value)).collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            out.push('{');
            for (index, (name, value)) in members.into_iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                push_json_text(out, &name);
                out.push(':');
                sorted(out, value, depth + 1);
            }
            out.push('}');
        }
        Form::Array if depth < MAX_DEPTH => {
            out.push('[');
            for (index, item) in raw.items().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                sorted(out, item, depth + 1);
            }
            out.push(']');
        }
        _ => out.push_str(raw.as_str()),
    }
}

pub(super) fn push_json_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => {
                out.push_str("\\u00");
                let code = u32::from(control);
                out.extend([code >> 4, code & 0xf].map(|half| char::from_digit(half, 16).unwrap_or('0')));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_change_their_case() {
        assert_eq!((lower("X-É"), upper("ß-é")), ("x-é".to_owned(), "SS-É".to_owned()));
        assert_eq!(title("x-acs-DATE x2y"), "X-Acs-Date X2y");
    }

    #[test]
    fn white_space_is_trimmed_and_squeezed() {
        assert_eq!(trim(" \ta  b\n"), "a  b");
        assert_eq!(squeeze(" a \n  b\tc "), " a b c ");
    }

    #[test]
    fn texts_become_json() {
        let text = "\"\\/\n\u{1}中\u{7f}";
        assert_eq!(json_text(text), "\"\\\"\\\\/\\n\\u0001中\u{7f}\"");
        assert_eq!(serde_json::from_str::<String>(&json_text(text)).unwrap(), text);
    }

    #[test]
    fn members_are_sorted_at_every_depth() {
        let text = " {\"b\": [ {\"z\":1.0,\"a\":\"x y\\u0031\"}, 2 ],\n\"a\": {}, \"B\": [] } ";
        assert_eq!(sort_json(text), r#"{"B":[],"a":{},"b":[{"a":"x y\u0031","z":1.0},2]}"#);
        assert_eq!((sort_json("{a"), sort_json("7")), ("{a".to_owned(), "7".to_owned()));
    }
}
