//! Writes the business members of answers, for servers in tests: the reverse of decoding.

use super::encoder::{Checks, Encoder, Lists, Rules};
use super::sent::Sent;
use crate::decode::{Branch, Tree};
use crate::object::{Field, List, Object, View};
use crate::protocol::ValueRules;

/// Writes an object as the JSON of an answer. Absent members are left out.
pub(crate) fn json(object: &dyn Object, values: &ValueRules, lists: Lists) -> String {
    // An answer without types is its own JSON.
    let first = Sent::of(object).iter().next();
    if let (true, Some((_, _, View::Json(json)))) = (object.shape().is_whole(), first) {
        return json.as_str().to_owned();
    }
    let mut encoder = Encoder::new(Rules::answer(values, lists), Checks::Off);
    encoder.members(object, &[]);
    encoder.out
}

/// Writes the members of an object as XML elements. Absent members are left out.
// specs/top/PROTOCOL.md#xml-answers
pub(crate) fn xml(object: &dyn Object, values: &ValueRules) -> String {
    let mut writer = Markup { values, out: String::new(), depth: 0 };
    writer.members(object);
    writer.out
}

/// Maximum depth of nested objects, so that no answer overflows the stack.
const MAX_DEPTH: usize = 64;

struct Markup<'v> {
    values: &'v ValueRules,
    out: String,
    depth: usize,
}

impl Markup<'_> {
    fn members(&mut self, object: &dyn Object) {
        if self.depth == MAX_DEPTH {
            return;
        }
        self.depth += 1;
        for (_, field, view) in Sent::of(object).iter() {
            match (view, field.list_key()) {
                (View::Absent, _) => {}
                (View::List(list), Some(inner)) => {
                    self.element(field.wire, |writer| writer.items(field, inner, list));
                }
                (View::List(list), None) => self.items(field, field.wire, list),
                (view, _) => self.element(field.wire, |writer| writer.value(field, &view)),
            }
        }
        self.depth -= 1;
    }

    fn items(&mut self, field: Field, name: &str, list: &dyn List) {
        for index in 0..list.count() {
            self.element(name, |writer| writer.value(field, &list.item(index)));
        }
    }

    /// Writes an object as elements, and any other value as the text that a parameter has.
    fn value(&mut self, field: Field, view: &View<'_>) {
        match view {
            View::Object(object) => self.members(*object),
            View::Text(text) => push_escaped(&mut self.out, text),
            View::Json(json) if field.is_opaque() && json.is_valid() => self.json(&Tree::of_valid(json.as_str())),
            view => {
                let mut encoder = Encoder::new(Rules::answer(self.values, Lists::Bare), Checks::Off);
                let text = encoder.flat_text(field, view, crate::protocol::ScalarLists::Json);
                push_escaped(&mut self.out, &text);
            }
        }
    }

    /// Writes an object without documented members: its members as elements, and a list as an element per item.
    fn json(&mut self, json: &Tree<'_>) {
        match json.branch() {
            Branch::Null => {}
            Branch::Boolean(_) | Branch::Number(_) | Branch::Text(_) | Branch::Items(_) => {
                push_escaped(&mut self.out, &json.text_or_json());
            }
            Branch::Members(members) => {
                for (name, value) in members.iter().filter(|(name, _)| is_name(name)) {
                    match value.branch() {
                        Branch::Items(items) => {
                            items.iter().for_each(|item| self.element(name, |writer| writer.json(item)));
                        }
                        _ => self.element(name, |writer| writer.json(value)),
                    }
                }
            }
        }
    }

    fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.out.extend(["<", name, ">"]);
        content(self);
        self.out.extend(["</", name, ">"]);
    }
}

/// Whether XML allows an element of this name. Others are left out.
fn is_name(name: &str) -> bool {
    name.starts_with(|char: char| char.is_alphabetic() || char == '_')
        && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.'))
}

/// Appends an element with text.
pub(crate) fn push_element(out: &mut String, name: &str, text: &str) {
    out.extend(["<", name, ">"]);
    push_escaped(out, text);
    out.extend(["</", name, ">"]);
}

/// Appends text for an element. Characters that XML forbids become U+FFFD.
fn push_escaped(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Readers make line feeds of them otherwise.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(char),
            '\0'..=' ' | '\u{fffe}' | '\u{ffff}' if char != ' ' => out.push(char::REPLACEMENT_CHARACTER),
            other => out.push(other),
        }
    }
}
