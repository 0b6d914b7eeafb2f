//! Converts an XML answer to the JSON form of the same answer.
//!
//! Requests ask for JSON, but a gateway that did not receive the request's parameters answers in its default, XML. Both
//! forms have the same structure, so the JSON decoder handles the rest: a repeated element is a list, the items of a
//! list are under their inner key, and all values are text. Attributes, text beside elements, and elements below the
//! maximum depth are counted. Document types, and entities beyond XML's own, are rejected.
// specs/top/PROTOCOL.md#xml-answers

use roxmltree::{Document, Node};

use crate::coercion::{CoercionKind, Ledger};
use crate::encode::push_text;
use crate::path::Path;
use crate::sign::is_blank;

/// Maximum depth of nested elements, so that no answer overflows the stack.
const MAX_DEPTH: usize = 64;

/// Returns the JSON of an XML answer whose root element's name `is_root` accepts, or `None` for other markup. Counts what
/// the JSON does not contain.
pub(super) fn to_json(text: &str, is_root: impl Fn(&str) -> bool, ledger: &mut Ledger) -> Option<String> {
    let document = Document::parse(text.trim_start()).ok()?;
    let root = document.root_element();
    let name = root.tag_name().name();
    if !is_root(name) {
        return None;
    }
    let mut writer = Writer { json: String::from("{"), path: Path::default(), ledger };
    push_text(&mut writer.json, name);
    writer.json.push(':');
    writer.value(root, 0);
    writer.json.push('}');
    Some(writer.json)
}

/// Writes elements as JSON.
struct Writer<'a> {
    json: String,
    path: Path,
    ledger: &'a mut Ledger,
}

impl Writer<'_> {
    /// Writes an element with child elements as an object, and any other as text.
    fn value(&mut self, element: Node<'_, '_>, depth: usize) {
        for attribute in element.attributes() {
            self.lost(&format!("@{}", attribute.name()), 1);
        }
        let children: Vec<Node<'_, '_>> = element.children().filter(Node::is_element).collect();
        // The text of a comment is not part of the answer.
        let texts = element.children().filter(Node::is_text).filter_map(|node| node.text());
        if children.is_empty() {
            return push_text(&mut self.json, &texts.collect::<String>());
        }
        match texts.filter(|text| !is_blank(text)).count() {
            0 => {}
            count => self.lost("#text", count),
        }
        if depth == MAX_DEPTH {
            self.ledger.note(self.path.as_str(), CoercionKind::TooDeep, 1);
            return self.json.push_str("null");
        }
        self.object(&children, depth);
    }

    fn object(&mut self, children: &[Node<'_, '_>], depth: usize) {
        self.json.push('{');
        for (index, (name, same)) in by_name(children).into_iter().enumerate() {
            if index > 0 {
                self.json.push(',');
            }
            push_text(&mut self.json, name);
            self.json.push(':');
            let mark = self.path.member(name);
            match same.as_slice() {
                [only] => self.value(*only, depth + 1),
                all => self.list(all, depth + 1),
            }
            self.path.back(mark);
        }
        self.json.push('}');
    }

    fn list(&mut self, elements: &[Node<'_, '_>], depth: usize) {
        let mark = self.path.items();
        self.json.push('[');
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.json.push(',');
            }
            self.value(*element, depth);
        }
        self.json.push(']');
        self.path.back(mark);
    }

    /// Counts a part of an element for which JSON has no place.
    fn lost(&mut self, name: &str, times: usize) {
        let mark = self.path.member(name);
        self.ledger.note(self.path.as_str(), CoercionKind::UnknownField, times);
        self.path.back(mark);
    }
}

/// Groups elements by name, in the order of first appearance.
fn by_name<'a, 'input>(elements: &[Node<'a, 'input>]) -> Vec<(&'a str, Vec<Node<'a, 'input>>)> {
    let mut groups: Vec<(&str, Vec<Node<'a, 'input>>)> = Vec::new();
    let mut places: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for element in elements {
        let name = element.tag_name().name();
        let place = *places.entry(name).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, same)) => same.push(*element),
            None => groups.push((name, vec![*element])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(xml: &str) -> Option<String> {
        to_json(xml, |name| name == "a_response", &mut Ledger::default())
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
