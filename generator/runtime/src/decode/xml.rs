//! Converts an XML answer to the JSON form of the same answer.
//!
//! Requests ask for JSON, but a gateway that did not receive the request's parameters answers in its default, XML. Both
//! forms have the same structure, so the JSON decoder handles the rest: a repeated element is a list, the items of a
//! list are under their inner key, and all values are text. Attributes, text beside elements, and elements below the
//! maximum depth are counted.
// specs/top/PROTOCOL.md#xml-answers

use std::collections::BTreeMap;

use super::budget::Budget;
use super::elements::{Element, Elements, read};
use crate::coercion::{CoercionKind, Ledger};
use crate::encode::push_text;
use crate::error::DecodeProblem;
use crate::path::Path;

/// Maximum depth of nested elements, so that no answer overflows the stack.
const MAX_DEPTH: usize = 64;

/// Returns the JSON of an XML answer whose root element's name `is_root` accepts, or `None` for other markup. Counts what
/// the JSON does not contain.
pub(super) fn to_json(
    text: &str,
    is_root: impl Fn(&str) -> bool,
    ledger: &mut Ledger,
    budget: &mut Budget,
) -> Result<Option<String>, DecodeProblem> {
    let document = read(text, is_root, budget);
    budget.check()?;
    let Some(elements) = document else { return Ok(None) };
    let Some(root) = elements.root() else { return Ok(None) };
    let mut writer =
        Writer { json: String::from("{"), counted: 0, path: Path::default(), elements: &elements, ledger, budget };
    push_text(&mut writer.json, root.name);
    writer.json.push(':');
    writer.value(root, 0);
    writer.json.push('}');
    writer.count();
    let json = writer.json;
    elements.release(budget);
    budget.check()?;
    Ok(Some(json))
}

/// An element, and the rank of its name among the names of its parent's children.
type Ranked<'a, 'w> = (usize, &'w Element<'a>);

/// Bytes that the rank of one name takes.
const RANK: usize = 48;

/// Writes elements as JSON.
struct Writer<'a, 'w> {
    json: String,
    /// Capacity of `json` that the budget contains.
    counted: usize,
    path: Path,
    elements: &'w Elements<'a>,
    ledger: &'w mut Ledger,
    budget: &'w mut Budget,
}

impl<'a, 'w> Writer<'a, 'w> {
    /// Writes an element with child elements as an object, and any other as text.
    fn value(&mut self, element: &'w Element<'a>, depth: usize) {
        for name in self.elements.attributes(element) {
            self.lost(&format!("@{name}"), 1);
        }
        if !element.has_children() {
            push_text(&mut self.json, &element.text);
            return self.count();
        }
        match element.texts {
            0 => {}
            count => self.lost("#text", count as usize),
        }
        if depth == MAX_DEPTH {
            self.ledger.note(self.path.as_str(), CoercionKind::TooDeep, 1);
            return self.json.push_str("null");
        }
        self.object(element, depth);
    }

    fn object(&mut self, element: &'w Element<'a>, depth: usize) {
        let children = self.by_name(element);
        self.json.push('{');
        for (index, same) in children.chunk_by(|(one, _), (other, _)| one == other).enumerate() {
            if self.budget.is_exhausted() {
                break;
            }
            let Some((_, first)) = same.first() else { continue };
            if index > 0 {
                self.json.push(',');
            }
            push_text(&mut self.json, first.name);
            self.json.push(':');
            let mark = self.path.member(first.name);
            match same {
                [_] => self.value(first, depth + 1),
                all => self.list(all, depth + 1),
            }
            self.path.back(mark);
        }
        self.json.push('}');
        self.budget.release_list(children);
    }

    fn list(&mut self, elements: &[Ranked<'a, 'w>], depth: usize) {
        let mark = self.path.items();
        self.json.push('[');
        for (index, (_, element)) in elements.iter().enumerate() {
            if self.budget.is_exhausted() {
                break;
            }
            if index > 0 {
                self.json.push(',');
            }
            self.value(element, depth);
        }
        self.json.push(']');
        self.path.back(mark);
    }

    /// Returns the children of an element grouped by name, in the order in which each name appears first.
    fn by_name(&mut self, element: &Element<'a>) -> Vec<Ranked<'a, 'w>> {
        let mut ranks: BTreeMap<&str, usize> = BTreeMap::new();
        let mut children: Vec<Ranked<'a, 'w>> = Vec::new();
        for child in self.elements.children(element) {
            let next = ranks.len();
            let rank = *ranks.entry(child.name).or_insert(next);
            let fits = rank < next || self.budget.spend(RANK);
            if !fits || !self.budget.push(&mut children, (rank, child)) {
                break;
            }
        }
        self.budget.release(ranks.len() * RANK);
        // Sorting needs memory, and most children are in order.
        if !children.is_sorted_by_key(|(rank, _)| *rank) && self.budget.spend(size_of_val(children.as_slice())) {
            children.sort_by_key(|(rank, _)| *rank);
            self.budget.release(size_of_val(children.as_slice()));
        }
        children
    }

    /// Counts a part of an element for which JSON has no place.
    fn lost(&mut self, name: &str, times: usize) {
        let mark = self.path.member(name);
        self.ledger.note(self.path.as_str(), CoercionKind::UnknownField, times);
        self.path.back(mark);
    }

    /// Counts what the JSON text has allocated since the last time.
    fn count(&mut self) {
        let capacity = self.json.capacity();
        if capacity > self.counted {
            self.budget.spend(capacity - self.counted);
            self.counted = capacity;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(xml: &str) -> Option<String> {
        to_json(xml, |name| name == "a_response", &mut Ledger::default(), &mut Budget::of(xml.len())).expect("small")
    }

    #[test]
    fn elements_become_members_and_repeated_ones_a_list() {
        let xml = "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<a_response><ids list=\"true\"><number>1</number>\
            <number>2</number></ids><name>a&amp;b \"中\"</name><none/></a_response><!--server-->";
        let expected = r#"{"a_response":{"ids":{"number":["1","2"]},"name":"a&b \"中\"","none":""}}"#;
        assert_eq!(json(xml).as_deref(), Some(expected));
    }

    #[test]
    fn other_markup_is_left_alone() {
        assert_eq!(json("<html><body>busy</body></html>"), None);
        assert_eq!(json("<a_response>"), None);
        assert_eq!(json("<!DOCTYPE a [<!ENTITY b \"c\">]><a_response>&b;</a_response>"), None);
    }

    #[test]
    fn deep_nesting_ends() {
        let depth = 200_000;
        let xml = format!("<a_response>{}{}</a_response>", "<x>".repeat(depth), "</x>".repeat(depth));
        assert!(json(&xml).is_none_or(|json| json.matches('{').count() <= MAX_DEPTH + 1));
    }
}
