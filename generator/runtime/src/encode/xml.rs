//! Writes objects as XML: an element per member, and an element per item of a list.

use super::encoder::{Encoder, MAX_DEPTH};
use super::sent::Sent;
use crate::decode::{Branch, Tree};
use crate::error::Rule;
use crate::object::{Field, List, Object, View};
use crate::protocol::ScalarLists;
use crate::value::MapValue;

impl Encoder {
    /// Returns an element called `root` with an element per field, except the fields at the indices `left_out`, and per
    /// extra parameter.
    pub(super) fn xml_text(
        &mut self,
        root: &str,
        object: &dyn Object,
        left_out: &[usize],
        extra: &[&(String, MapValue)],
    ) -> String {
        let mut markup = Markup::new(self);
        markup.element(root, |markup| {
            markup.members(object, left_out);
            extra.iter().for_each(|(name, value)| markup.extra(name, value));
        });
        markup.finish()
    }
}

/// XML that is being written. The encoder writes the texts of elements and checks them.
pub(super) struct Markup<'e> {
    encoder: &'e mut Encoder,
    out: String,
    depth: usize,
}

impl<'e> Markup<'e> {
    pub(super) fn new(encoder: &'e mut Encoder) -> Self {
        Self { encoder, out: String::new(), depth: 0 }
    }

    /// Returns what was written.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Writes the fields of an object, except those at the indices `left_out`.
    pub(super) fn members(&mut self, object: &dyn Object, left_out: &[usize]) {
        if self.depth == MAX_DEPTH {
            return self.encoder.violation(Rule::TooDeep);
        }
        self.depth += 1;
        for (_, field, view) in Sent::of(object).iter().filter(|(index, ..)| !left_out.contains(index)) {
            let mark = self.encoder.path.member(field.wire);
            match (view, field.list_key()) {
                (View::Absent, _) => drop(self.encoder.missing(field)),
                // The request is rejected, so nothing needs to be written.
                (view, _) if self.encoder.missing_text(field, &view) => {}
                (View::List(list), inner) => {
                    self.encoder.limits(field, &View::List(list));
                    match inner {
                        Some(inner) => self.element(field.wire, |markup| markup.items(field, inner, list)),
                        None => self.items(field, field.wire, list),
                    }
                }
                (view, _) => self.element(field.wire, |markup| markup.value(field, &view)),
            }
            self.encoder.path.back(mark);
        }
        self.depth -= 1;
    }

    fn items(&mut self, field: Field, name: &str, list: &dyn List) {
        for index in 0..list.count() {
            let mark = self.encoder.path.item(index);
            self.element(name, |markup| markup.value(field, &list.item(index)));
            self.encoder.path.back(mark);
        }
    }

    /// Writes an object as elements, and any other value as the text that a parameter has.
    fn value(&mut self, field: Field, view: &View<'_>) {
        match view {
            View::Object(object) => self.members(*object, &[]),
            View::Json(json) if field.is_opaque() && json.is_valid() => self.json(&Tree::of_valid(json.as_str())),
            view => {
                let text = self.encoder.flat_text(field, view, ScalarLists::Json);
                push_escaped(&mut self.out, &text);
            }
        }
    }

    /// Writes a parameter that has no field.
    fn extra(&mut self, name: &str, value: &MapValue) {
        let mark = self.encoder.path.key(name);
        if is_name(name) {
            let text = self.encoder.extra_text(value).into_owned();
            self.element(name, |markup| push_escaped(&mut markup.out, &text));
        } else {
            self.encoder.violation(Rule::BlankName);
        }
        self.encoder.path.back(mark);
    }

    /// Writes an object without documented members: its members as elements, and a list as an element per item.
    fn json(&mut self, json: &Tree<'_>) {
        match json.branch() {
            Branch::Null => {}
            Branch::Boolean(_) | Branch::Number(_) | Branch::Text(_) | Branch::Items(_) => {
                push_escaped(&mut self.out, &json.text_or_json());
            }
            Branch::Members(members) => {
                for (name, value) in members.iter() {
                    let mark = self.encoder.path.key(name);
                    match value.branch() {
                        _ if !is_name(name) => self.encoder.violation(Rule::BlankName),
                        Branch::Items(items) => {
                            items.iter().for_each(|item| self.element(name, |writer| writer.json(item)));
                        }
                        _ => self.element(name, |writer| writer.json(value)),
                    }
                    self.encoder.path.back(mark);
                }
            }
        }
    }

    pub(super) fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.out.extend(["<", name, ">"]);
        content(self);
        self.out.extend(["</", name, ">"]);
    }
}

/// Whether XML allows an element of this name. A request with another one is rejected.
fn is_name(name: &str) -> bool {
    name.starts_with(|char: char| char.is_alphabetic() || char == '_')
        && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.'))
}

/// Appends an element with text.
#[cfg(any(feature = "testing", test))]
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
