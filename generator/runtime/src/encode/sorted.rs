//! Sorts the members of every object in a JSON text.

use super::encoder::Encoder;
use super::json::push_text;
use crate::decode::{Branch, Tree};
use crate::protocol::KeyOrder;

impl Encoder {
    /// Returns the JSON text that `write` writes, with the members of its objects in the platform's order.
    pub(super) fn json_text(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let before = core::mem::take(&mut self.out);
        write(self);
        let text = core::mem::replace(&mut self.out, before);
        match self.rules.keys {
            KeyOrder::Page => text,
            KeyOrder::Sorted => sorted(&text),
        }
    }
}

/// Returns valid JSON with the members of its objects sorted by name in byte order. Values stay as they are written.
pub(crate) fn sorted(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    write(&Tree::of_valid(json), &mut out);
    out
}

fn write(value: &Tree<'_>, out: &mut String) {
    match value.branch() {
        Branch::Members(mut members) => {
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            enclosed(['{', '}'], &members, out, |(name, value), out| {
                push_text(out, name);
                out.push(':');
                write(value, out);
            });
        }
        Branch::Items(items) => enclosed(['[', ']'], &items, out, write),
        Branch::Null | Branch::Boolean(_) | Branch::Number(_) | Branch::Text(_) => out.push_str(value.as_str()),
    }
}

fn enclosed<T>([open, close]: [char; 2], values: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push(open);
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(value, out);
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_sorted_at_every_depth_and_values_stay() {
        let json = r#" {"b":[{"z":1.50,"a":"x\u0041/"},[]],"B":null,"中":{},"a":{"2":true,"10":-0}} "#;
        let expected = r#"{"B":null,"a":{"10":-0,"2":true},"b":[{"a":"x\u0041/","z":1.50},[]],"中":{}}"#;
        assert_eq!(sorted(json), expected);
        for scalar in ["7", "\"{b,a}\"", "null", ""] {
            assert_eq!(sorted(scalar), scalar);
        }
    }
}
