//! The docs of a field: its description, and the facts that the page documents about it.

use super::docs;
use super::structure::Struct;
use crate::model::Field;
use crate::names::Identifier;
use crate::terms::FieldPlace;

/// Returns the docs of a field and of its setter.
pub(super) fn lines(
    object: &Struct<'_>,
    field: &Field,
    rust: &Identifier,
    successor: Option<&Identifier>,
) -> Vec<String> {
    let mut text = docs::prose(&field.description);
    if field.required {
        match text.first_mut() {
            Some(first) => first.insert_str(0, "Required. "),
            None => text.push("Required.".to_owned()),
        }
    }
    let removed = docs::removed(field.origin.is_tombstone_in(object.origin));
    let successor = successor.map(|rust| format!("The page has it again, as [`{rust}`](Self::{rust})."));
    docs::paragraphs([removed, successor.into_iter().collect(), text, facts(field, rust)])
}

/// Returns the documented facts of a field besides its description, on one line.
fn facts(field: &Field, rust: &Identifier) -> Vec<String> {
    let mut facts = Vec::new();
    if field.wire != rust.as_str() {
        facts.push(format!("Wire name: {}.", docs::code(&field.wire)));
    }
    match field.place {
        Some(FieldPlace::Query) => facts.push("Sent in the query.".to_owned()),
        Some(FieldPlace::Header) => facts.push("Sent as a header.".to_owned()),
        Some(FieldPlace::Path | FieldPlace::Body) | None => {}
    }
    let limits = &field.limits;
    facts.extend(limits.max_length.map(|length| at_most(length, "character")));
    facts.extend(limits.max_items.map(|items| at_most(items, "item")));
    facts.extend(limits.min.as_deref().map(|min| format!("At least {}.", docs::code(min))));
    facts.extend(limits.max.as_deref().map(|max| format!("At most {}.", docs::code(max))));
    let mut fact = |what: &str, value: &Option<String>| {
        facts.extend(
            value.as_deref().filter(|value| !value.is_empty()).map(|value| format!("{what}: {}.", docs::code(value))),
        );
    };
    fact("Default", &field.default);
    fact("Example", &field.example);
    facts.extend(field.log_shown.then(|| "`Debug` shows the value.".to_owned()));
    if facts.is_empty() { Vec::new() } else { vec![facts.join(" ")] }
}

/// `At most 1 item.`
fn at_most(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("At most {number} {what}{plural}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        assert_eq!(at_most(1, "item"), "At most 1 item.");
        assert_eq!(at_most(0, "item"), "At most 0 items.");
        assert_eq!(at_most(20, "character"), "At most 20 characters.");
    }
}
