//! Typed values as JSON for the caller's own use: test logs, fixtures, caches.

use super::encoder::{Checks, Encoder, Purpose, Rules};
use crate::clock::Zone;
use crate::object::Object;
use crate::protocol::{DateForm, DecimalForm, IntegerForm, JsonForm, KeyOrder, NullForm};

/// Dates and decimals are text, JSON values are their text, files are base64, which [`from_json`](crate::from_json)
/// reads.
const RULES: Rules = Rules {
    date: DateForm { pattern: "%Y-%m-%dT%H:%M:%S%.fZ", zone: Zone::UTC },
    decimal: DecimalForm::Text,
    integer: IntegerForm::Number,
    json: JsonForm::Text,
    nulls: NullForm::Omit,
    keys: KeyOrder::Page,
    purpose: Purpose::Dump,
};

/// Writes `object` as JSON with wire names, on one line. The output contains every value, personal data included.
///
/// This is not the text that is sent: lists and values have one format for all platforms, so that
/// [`from_json`](crate::from_json) restores the object. Only JSON in a [`Map`](crate::Map) that nests more than 127
/// levels deep comes back as text.
pub fn to_json(object: &dyn Object) -> String {
    dump(object)
}

/// Like [`to_json`], on several lines indented by two spaces. JSON that a [`Map`](crate::Map) keeps as text is broken
/// into lines too.
pub fn to_json_pretty(object: &dyn Object) -> String {
    indented(&dump(object))
}

pub(crate) fn dump(object: &dyn Object) -> String {
    let mut encoder = Encoder::new(RULES, Checks::Off);
    encoder.members(object, &[]);
    encoder.out
}

/// Breaks valid JSON into lines.
fn indented(json: &str) -> String {
    let mut out = String::with_capacity(json.len().saturating_mul(2));
    let mut depth = 0_usize;
    let mut chars = json.chars().filter(|char| !char.is_control()).peekable();
    while let Some(char) = chars.next() {
        match char {
            ' ' => {}
            '"' => string(&mut chars, &mut out),
            '{' | '[' => {
                out.push(char);
                match chars.next_if(|next| matches!(next, '}' | ']')) {
                    Some(close) => out.push(close),
                    None => {
                        depth += 1;
                        line(&mut out, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(char);
            }
            ',' => {
                out.push(char);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            other => out.push(other),
        }
    }
    out
}

/// Copies a string, from after its opening quote.
fn string(chars: &mut impl Iterator<Item = char>, out: &mut String) {
    out.push('"');
    while let Some(char) = chars.next() {
        out.push(char);
        match char {
            '"' => break,
            '\\' => out.extend(chars.next()),
            _ => {}
        }
    }
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(core::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_follow_the_structure_and_not_the_strings() {
        let json = r#"{"a":[1,{"b":"x,{\"\\"}],"c":{},"d":[]}"#;
        let expected =
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x,{\\\"\\\\\"\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}";
        assert_eq!(indented(json), expected);
    }
}
