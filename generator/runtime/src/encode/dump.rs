//! Typed values as JSON for the caller's own use: logs of tests, fixtures, caches.

use super::encoder::{Checks, Encoder, Purpose, Rules};
use crate::clock::Zone;
use crate::object::Object;
use crate::protocol::{DateForm, DecimalForm, JsonForm};

/// Dates and decimals as text, JSON values as their text, files in base64: what [`from_json`](crate::from_json) reads.
const RULES: Rules = Rules {
    date: DateForm { pattern: "%Y-%m-%dT%H:%M:%S%.fZ", zone: Zone::UTC },
    decimal: DecimalForm::Text,
    json: JsonForm::Text,
    purpose: Purpose::Dump,
};

/// `object` as JSON in one line, under its wire names. Shows every value: mind who reads it.
///
/// Not the text that is sent: lists and values are written one way for all platforms, so that
/// [`from_json`](crate::from_json) gives the same object back.
pub fn to_json(object: &dyn Object) -> String {
    dump(object)
}

/// [`to_json`] on many lines, indented by two blanks; JSON that a [`Map`](crate::Map) keeps as text is broken, too.
pub fn to_json_pretty(object: &dyn Object) -> String {
    indented(&dump(object))
}

pub(crate) fn dump(object: &dyn Object) -> String {
    let mut encoder = Encoder::new(RULES, Checks::Off);
    encoder.members(object, &[]);
    encoder.out
}

/// Valid JSON, broken into lines.
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

/// Copies a string whose opening quote is read.
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
