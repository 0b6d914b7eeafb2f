//! JSON whose members keep their order, and whose numbers keep their digits.

use apograph_runtime::{Branch, Tree};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Node>),
    /// An object.
    Object(Members),
}

/// The members of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Members(Vec<(String, Node)>);

impl Members {
    /// Creates an object without members.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Creates an object that refers to a schema.
    pub(super) fn reference(target: impl Into<String>) -> Self {
        Self::new().with("$ref", target.into())
    }

    /// Adds a member at the end.
    pub(super) fn put(&mut self, name: impl Into<String>, value: impl Into<Node>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds a member at the end.
    #[must_use]
    pub(super) fn with(mut self, name: impl Into<String>, value: impl Into<Node>) -> Self {
        self.put(name, value);
        self
    }

    /// Adds a member at the end, if there is a value for it.
    #[must_use]
    pub(super) fn with_some(self, name: &str, value: Option<impl Into<Node>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a member at the end, unless its object, list or text is empty.
    #[must_use]
    pub(super) fn with_filled(self, name: &str, value: impl Into<Node>) -> Self {
        let value = value.into();
        if value.is_empty() { self } else { self.with(name, value) }
    }

    /// Adds the members of another object.
    #[must_use]
    pub(super) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Whether there are no members.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is a member with this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Returns the member with this name.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Returns the member with this name.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Removes the member with this name and returns it.
    pub(super) fn take(&mut self, name: &str) -> Option<Node> {
        let index = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(index).1)
    }
}

impl FromIterator<(String, Node)> for Members {
    fn from_iter<I: IntoIterator<Item = (String, Node)>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}

impl Node {
    /// Reads JSON. `None` if the text is something else.
    pub(super) fn read(text: &str) -> Option<Self> {
        // Also limits how deep values are nested.
        serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
        Some(Self::of(&Tree::of_valid(text.trim())))
    }

    fn of(tree: &Tree<'_>) -> Self {
        match tree.branch() {
            Branch::Null => Self::Null,
            Branch::Boolean(value) => Self::Boolean(value),
            Branch::Number(text) => Self::Number(text.to_owned()),
            Branch::Text(text) => Self::Text(text.into_owned()),
            Branch::Items(items) => Self::List(items.iter().map(Self::of).collect()),
            Branch::Members(members) => {
                let members = members.iter().map(|(name, value)| (name.clone().into_owned(), Self::of(value)));
                Self::Object(members.collect())
            }
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
            Self::Null | Self::Boolean(_) | Self::Number(_) => false,
        }
    }

    /// Writes the value with two spaces for each level, and a line feed at the end.
    pub(super) fn document(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => write_text(out, text),
            Self::List(items) if items.is_empty() => out.push_str("[]"),
            Self::List(items) => {
                write_lines(out, depth, ['[', ']'], items, |out, item| item.write(out, depth + 1));
            }
            Self::Object(members) if members.is_empty() => out.push_str("{}"),
            Self::Object(Members(members)) => write_lines(out, depth, ['{', '}'], members, |out, (name, value)| {
                write_text(out, name);
                out.push_str(": ");
                value.write(out, depth + 1);
            }),
        }
    }
}

fn write_lines<T>(
    out: &mut String,
    depth: usize,
    [open, close]: [char; 2],
    parts: &[T],
    write: impl Fn(&mut String, &T),
) {
    out.push(open);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        new_line(out, depth + 1);
        write(out, part);
    }
    new_line(out, depth);
    out.push(close);
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Writes a text. Invisible characters and those that change the writing direction become escapes.
fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            char if crate::markdown::is_invisible(char) => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => out.push(char),
        }
    }
    out.push('"');
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<u64> for Node {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<Vec<Node>> for Node {
    fn from(items: Vec<Node>) -> Self {
        Self::List(items)
    }
}

impl From<Vec<Members>> for Node {
    fn from(items: Vec<Members>) -> Self {
        Self::List(items.into_iter().map(Self::Object).collect())
    }
}

impl From<Vec<&str>> for Node {
    fn from(items: Vec<&str>) -> Self {
        Self::List(items.into_iter().map(Self::from).collect())
    }
}

impl From<Members> for Node {
    fn from(members: Members) -> Self {
        Self::Object(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_digits_are_kept() {
        let text =
            "{\n  \"b\": 1.50,\n  \"a\": [\n    12345678901234567890123,\n    {},\n    []\n  ],\n  \"c\": null\n}\n";
        assert_eq!(Node::read(text).expect("JSON").document(), text);
        assert_eq!(Node::read("{"), None);
    }

    #[test]
    fn hidden_characters_are_escapes() {
        let node = Node::from("a\u{202e}\u{0}\u{feff}\"\n");
        assert_eq!(node.document(), "\"a\\u202e\\u0000\\ufeff\\\"\\n\"\n");
        assert_eq!(Node::read(&node.document()), Some(node));
    }
}
