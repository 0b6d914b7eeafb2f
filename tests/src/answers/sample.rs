//! Answers as documented: from a page's sample, or from the fields of a spec.

use apograph::spec::{Entries, FieldSpec};
use serde_json::Value;

use super::node::{Marks, Node};

/// The value of a page's sample, with scalars that are unique.
pub fn of_json(value: &Value, marks: &mut Marks) -> Node {
    match value {
        Value::Null => Node::Null,
        Value::Bool(value) => Node::Bool(*value),
        Value::Number(_) => Node::Number(marks.next_mark().to_string()),
        Value::String(text) => Node::Text(format!("{text} {}", marks.next_mark())),
        Value::Array(items) => Node::List(items.iter().map(|item| of_json(item, marks)).collect()),
        Value::Object(members) => {
            Node::Object(members.iter().map(|(name, value)| (name.clone(), of_json(value, marks))).collect())
        }
    }
}

/// An object with every field of a spec, with scalars that are unique. Lists are enclosed in an object with one member if
/// `wrapped` is set.
pub fn of_spec(fields: &Entries<FieldSpec>, wrapped: bool, marks: &mut Marks) -> Node {
    Node::Object(fields.iter().map(|(name, field)| (name.to_owned(), of_field(field, wrapped, marks))).collect())
}

fn of_field(field: &FieldSpec, wrapped: bool, marks: &mut Marks) -> Node {
    let word = field.type_word.trim();
    let in_angles = || Some(word.strip_prefix("List<")?.strip_suffix('>')?.trim());
    let in_brackets = || word.strip_suffix("[]").map(str::trim_end).filter(|item| *item != "byte");
    let untyped = || matches!(word, "List" | "Array").then(|| field.items.as_deref().unwrap_or_default());
    let Some(item) = in_angles().or_else(in_brackets).or_else(untyped) else {
        return one(word, field, wrapped, marks);
    };
    let items = Node::List(vec![one(item, field, wrapped, marks), one(item, field, wrapped, marks)]);
    if wrapped { Node::Object(vec![(underscored(item), items)]) } else { items }
}

fn one(word: &str, field: &FieldSpec, wrapped: bool, marks: &mut Marks) -> Node {
    if !field.fields.is_empty() {
        return of_spec(&field.fields, wrapped, marks);
    }
    let listed = field.values.iter().next();
    let mark = marks.next_mark();
    match word {
        "Number" | "Long" | "Int" | "Integer" => Node::Number(mark.to_string()),
        "Price" | "BigDecimal" | "Money" => Node::Text(format!("{mark}.50")),
        "Double" => Node::Number(format!("{mark}.50")),
        "Boolean" => Node::Bool(mark.is_multiple_of(2)),
        "String" | "Date" | "LocalDateTime" => {
            Node::Text(listed.map_or_else(|| format!("中 {mark}"), |(value, _)| value.to_owned()))
        }
        _ => Node::Object(vec![
            ("a".to_owned(), Node::Number(mark.to_string())),
            ("b".to_owned(), Node::Text(marks.next_mark().to_string())),
            ("c".to_owned(), Node::Bool(true)),
        ]),
    }
}

/// The key of a list's items: an underscore before every capital letter but the first.
fn underscored(word: &str) -> String {
    let mut key = String::new();
    for char in word.chars() {
        if char.is_ascii_uppercase() && !key.is_empty() {
            key.push('_');
        }
        key.push(char.to_ascii_lowercase());
    }
    key
}
