//! Converts an XML answer to the JSON form of the same answer.
//!
//! Requests ask for JSON, but a gateway that did not receive the request's parameters answers in its default, XML. Both
//! forms have the same structure, so the JSON decoder handles the rest: a repeated element is a list, the items of a
//! list are under their inner key, and all values are text. Document types, and entities beyond XML's own, are
//! rejected.
// specs/top/PROTOCOL.md#xml-answers

use roxmltree::{Document, Node};

use crate::encode::push_text;

/// Maximum depth of nested elements, so that no answer overflows the stack.
const MAX_DEPTH: usize = 64;

/// Returns the JSON of an XML answer whose root element's name `is_root` accepts, or `None` for other markup.
pub(super) fn to_json(text: &str, is_root: impl Fn(&str) -> bool) -> Option<String> {
    let document = Document::parse(text.trim_start()).ok()?;
    let root = document.root_element();
    let name = root.tag_name().name();
    if !is_root(name) {
        return None;
    }
    let mut json = String::from("{");
    push_text(&mut json, name);
    json.push(':');
    push_value(&mut json, root, 0);
    json.push('}');
    Some(json)
}

/// Writes an element with child elements as an object, and any other as text.
fn push_value(json: &mut String, element: Node<'_, '_>, depth: usize) {
    let children: Vec<Node<'_, '_>> = element.children().filter(Node::is_element).collect();
    if children.is_empty() || depth == MAX_DEPTH {
        let text: String = element.children().filter_map(|child| child.text()).collect();
        return push_text(json, &text);
    }
    json.push('{');
    for (index, (name, same)) in by_name(&children).into_iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        push_text(json, name);
        json.push(':');
        match same.as_slice() {
            [only] => push_value(json, *only, depth + 1),
            all => push_list(json, all, depth + 1),
        }
    }
    json.push('}');
}

fn push_list(json: &mut String, elements: &[Node<'_, '_>], depth: usize) {
    json.push('[');
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        push_value(json, *element, depth);
    }
    json.push(']');
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
        to_json(xml, |name| name == "a_response")
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
