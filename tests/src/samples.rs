//! The documents' samples, read by means that are not the product's.
//!
//! XML becomes JSON with the help of the spec: the field's type decides what is a list; text stays text.

use apograph::spec::{Entries, FieldSpec};
use roxmltree::Node;
use serde_json::{Map, Value};

/// How the JSON of an answer writes a list.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ListForm {
    /// In an object whose one member is called like the element: what the platform sends by default.
    Wrapped,
    /// As an array: what it sends when asked to simplify.
    Bare,
}

/// The members of the sample's root element as JSON.
///
/// # Panics
///
/// If the sample is not XML, or has an element that the spec does not know.
#[must_use]
pub fn xml_to_json(xml: &str, fields: &Entries<FieldSpec>, lists: ListForm) -> Value {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    object(document.root_element(), fields, lists)
}

/// Name of the sample's root element.
///
/// # Panics
///
/// If the sample is not XML.
#[must_use]
pub fn xml_root(xml: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    document.root_element().tag_name().name().to_owned()
}

fn object(element: Node<'_, '_>, fields: &Entries<FieldSpec>, lists: ListForm) -> Value {
    let mut members = Map::new();
    for child in element.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        let field = fields.get(name).unwrap_or_else(|| panic!("the spec has no `{name}`"));
        members.insert(name.to_owned(), value(child, field, lists));
    }
    Value::Object(members)
}

fn value(element: Node<'_, '_>, field: &FieldSpec, lists: ListForm) -> Value {
    if !field.type_word.ends_with("[]") {
        return one(element, field, lists);
    }
    let items: Vec<Node<'_, '_>> = element.children().filter(Node::is_element).collect();
    let inner = items.first().map(|item| item.tag_name().name().to_owned());
    let array = Value::Array(items.into_iter().map(|item| one(item, field, lists)).collect());
    match inner.filter(|_| lists == ListForm::Wrapped) {
        Some(inner) => Value::Object(Map::from_iter([(inner, array)])),
        None => array,
    }
}

fn one(element: Node<'_, '_>, field: &FieldSpec, lists: ListForm) -> Value {
    if !field.fields.is_empty() {
        return object(element, &field.fields, lists);
    }
    let text = element.text().unwrap_or_default();
    match field.type_word.trim_end_matches("[]") {
        "Number" => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        "Boolean" => text.parse::<bool>().map_or_else(|_| Value::from(text), Value::from),
        _ => Value::from(text),
    }
}
