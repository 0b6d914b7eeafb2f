//! Valid JSON text as a tree, for visiting all of it.

use std::borrow::Cow;

use super::raw::{Form, Raw};

/// One value of a JSON text.
pub(crate) struct Tree<'a>(Raw<'a>);

/// A value with its children.
pub(crate) enum Branch<'a> {
    Null,
    Boolean(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    Items(Vec<Tree<'a>>),
    Members(Vec<(Cow<'a, str>, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// Wraps `json`, which must be valid.
    pub(crate) fn of_valid(json: &'a str) -> Self {
        Self(Raw::of_valid(json))
    }

    /// Returns the text of a string, and the JSON of anything else.
    #[cfg(any(feature = "testing", test))]
    pub(crate) fn text_or_json(&self) -> String {
        self.0.scalar().map_or_else(|| self.0.as_str().to_owned(), |(text, _)| text.into_owned())
    }

    pub(crate) fn branch(&self) -> Branch<'a> {
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
