//! Valid JSON text as a tree, for visiting all of it.

use std::borrow::Cow;

use super::raw::{Form, Raw};

/// One value of a JSON text.
pub struct Tree<'a>(Raw<'a>);

/// A value with its children.
pub enum Branch<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// The text of a number.
    Number(&'a str),
    /// The text that a string represents.
    Text(Cow<'a, str>),
    /// An array.
    Items(Vec<Tree<'a>>),
    /// An object.
    Members(Vec<(Cow<'a, str>, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// Wraps `json`, which must be valid.
    pub fn of_valid(json: &'a str) -> Self {
        Self(Raw::of_valid(json))
    }

    /// Returns the JSON text, a part of the whole one.
    pub fn as_str(&self) -> &'a str {
        self.0.as_str()
    }

    /// Returns the value.
    pub fn branch(&self) -> Branch<'a> {
        match self.0.form() {
            Form::Null => Branch::Null,
            Form::Boolean => Branch::Boolean(self.0.as_str() == "true"),
            Form::Number => Branch::Number(self.0.as_str()),
            Form::Text => Branch::Text(self.0.text().0),
            Form::Array => Branch::Items(self.0.items().map(Tree).collect()),
            Form::Object => Branch::Members(self.0.members().map(|member| (member.name, Tree(member.value))).collect()),
        }
    }
}

impl Tree<'_> {
    /// Returns the text of a string, and the JSON of anything else.
    pub(crate) fn text_or_json(&self) -> String {
        self.0.scalar().map_or_else(|| self.0.as_str().to_owned(), |(text, _)| text.into_owned())
    }
}
