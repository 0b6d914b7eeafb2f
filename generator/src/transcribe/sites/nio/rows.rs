//! Rows of parameters, read from the table alone, before samples are used.

use crate::terms::{About, Note, Required};

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The name.
    pub(super) name: String,
    /// The type as printed; empty if the row has none.
    pub(super) type_word: String,
    /// The required mark.
    pub(super) required: Required,
    /// The description.
    pub(super) description: String,
    /// What is in doubt about it.
    pub(super) doubts: Vec<(About, Note)>,
}

impl Row {
    /// A row with only a name.
    pub(super) fn new(name: &str) -> Self {
        let (type_word, description) = (String::new(), String::new());
        Self { name: name.to_owned(), type_word, required: Required::No, description, doubts: Vec::new() }
    }

    /// Notes a doubt.
    pub(super) fn doubt(&mut self, about: About, note: Note) {
        self.doubts.push((about, note));
    }

    /// Takes a mark.
    pub(super) fn require(&mut self, required: Required) {
        self.required = required;
    }

    /// Marks the parameter as possibly required.
    pub(super) fn require_unknown(&mut self, note: Note) {
        self.required = Required::Unknown;
        self.doubts.push((About::Required, note));
    }

    /// Marks the parameter as optional, because it is required only in cases that its description names.
    pub(super) fn require_sometimes(&mut self, note: Note) {
        self.required = Required::No;
        self.doubts.push((About::Required, note));
    }

    /// Adds to the description.
    pub(super) fn describe(&mut self, text: &str) {
        if !self.description.is_empty() && !text.is_empty() {
            self.description.push(' ');
        }
        self.description.push_str(text);
    }
}
