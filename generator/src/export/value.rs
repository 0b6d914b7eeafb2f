//! Values of pages as JSON: examples, defaults and limits.

use super::node::{Members, Node};
use super::rules::{Rules, Text};
use crate::model::{Arity, Enum, Field, Item, Side, ValueForm};
use crate::terms::{DecimalForm, EnumWire, IntegerForm, JsonForm, ScalarListForm};

/// Returns the value of a field that the page prints as `text`. `None` if the text is not a value of the field's type.
pub(super) fn value(field: &Field, text: &str, side: &Side, rules: &Rules<'_>) -> Option<Node> {
    if field.arity == Arity::Many { list(field, text, side, rules) } else { item(field, text, side, rules) }
}

/// Returns a number. `None` if the text is not a number of JSON.
pub(super) fn number(text: &str) -> Option<Node> {
    Node::read(text.trim()).filter(|node| matches!(node, Node::Number(_)))
}

/// Reads a list: JSON, scalars with commas between them, or one item.
fn list(field: &Field, text: &str, side: &Side, rules: &Rules<'_>) -> Option<Node> {
    let read = match Node::read(text) {
        Some(Node::List(items)) => items.into_iter().map(|node| inner(field, node, side, rules)).collect(),
        _ if is_scalar(field.item) && rules.lists == ScalarListForm::Comma => {
            text.split(',').map(|part| item(field, part.trim(), side, rules)).collect()
        }
        _ if is_scalar(field.item) => item(field, text, side, rules).map(|item| vec![item]),
        _ => None,
    };
    read.filter(|items: &Vec<Node>| !items.is_empty()).map(Node::List)
}

/// Whether a value is a single text, number or boolean.
pub(super) fn is_scalar(item: Item) -> bool {
    matches!(item, Item::Text | Item::Integer | Item::Decimal | Item::Boolean | Item::Date | Item::Enum(_))
}

/// Reads an item of a list that is JSON.
fn inner(field: &Field, node: Node, side: &Side, rules: &Rules<'_>) -> Option<Node> {
    match node {
        Node::Text(text) | Node::Number(text) if is_scalar(field.item) => item(field, &text, side, rules),
        Node::Boolean(_) if field.item == Item::Boolean => Some(node),
        Node::Object(_) if matches!(field.item, Item::Object(_) | Item::Map) => Some(node),
        _ if matches!(field.item, Item::Json | Item::Opaque) => Some(json(field, node, rules)),
        _ => None,
    }
}

fn item(field: &Field, text: &str, side: &Side, rules: &Rules<'_>) -> Option<Node> {
    if field.form == ValueForm::Text {
        return Some(text.into());
    }
    match field.item {
        Item::Text | Item::Date => Some(text.into()),
        Item::Integer => {
            let number: i64 = text.trim().parse().ok()?;
            let text = number.to_string();
            Some(if rules.integer == IntegerForm::Text { Node::Text(text) } else { Node::Number(text) })
        }
        Item::Decimal => {
            let number = number(text)?;
            Some(if rules.decimal == DecimalForm::Text { text.trim().into() } else { number })
        }
        Item::Boolean => match text.trim().to_ascii_lowercase().as_str() {
            "true" => Some(true.into()),
            "false" => Some(false.into()),
            _ => None,
        },
        Item::Json | Item::Opaque => Some(json(field, Node::read(text)?, rules)),
        Item::Map | Item::Object(_) => Node::read(text).filter(|node| matches!(node, Node::Object(_))),
        Item::File => None,
        Item::Enum(id) => enum_value(side.enums.get(id.0)?, text.trim(), rules),
    }
}

/// Returns a JSON value, or its text where the platform sends that.
fn json(field: &Field, node: Node, rules: &Rules<'_>) -> Node {
    let is_text = field.item == Item::Json && rules.json == JsonForm::Text && rules.text != Text::Xml;
    if is_text { Node::Text(node.document().trim_end().to_owned()) } else { node }
}

/// Returns a value of a documented set.
pub(super) fn enum_value(set: &Enum, wire: &str, rules: &Rules<'_>) -> Option<Node> {
    match set.wire {
        EnumWire::Number if rules.integer == IntegerForm::Number => number(wire),
        EnumWire::Number | EnumWire::Text => Some(wire.into()),
    }
}

/// Returns the schema of a file: a part of a form, or what `apograph sign --request` reads.
pub(super) fn file(rules: &Rules<'_>) -> Members {
    if rules.text == Text::Parameters {
        // `format` is how OpenAPI 3.0 calls files; some viewers offer a file dialog only for it.
        let file = Members::new().with("type", "string").with("format", "binary");
        return file.with("contentMediaType", "application/octet-stream");
    }
    let text = || Members::new().with("type", "string");
    let members = Members::new()
        .with("name", text())
        .with("content_type", text())
        .with("base64", text().with("contentEncoding", "base64"));
    Members::new().with("type", "object").with("properties", members).with("required", vec!["base64"])
}
