//! Fields that only a JSON sample shows, because the page has no rows for them.

use super::field::{DEEPEST, Field};
use super::sample::Tree;
use super::types::Kind;
use crate::terms::{About, Note, Required};

/// How fields are made of what a sample shows.
pub(crate) struct Sampled<'a> {
    /// What the samples show.
    pub(crate) shape: &'a Tree,
    /// Whether the values of the samples have types. Those of a query have none.
    pub(crate) is_typed: bool,
    /// Whether the values are examples.
    pub(crate) has_examples: bool,
    /// The required mark of each field.
    pub(crate) required: Required,
    /// What is in doubt about each field.
    pub(crate) doubts: &'a [(About, Note)],
    /// Whether a field can have a name. Members with other names make no fields.
    pub(crate) is_name: fn(&str) -> bool,
}

impl Sampled<'_> {
    /// The fields that the members of a node are, down to the deepest level that a field can have.
    pub(crate) fn fields(&self, node: usize, depth: usize) -> Vec<Field> {
        if depth == DEEPEST {
            return Vec::new();
        }
        self.shape.children(node).filter_map(|child| self.field(child, depth)).collect()
    }

    fn field(&self, node: usize, depth: usize) -> Option<Field> {
        let name = &self.shape.nodes.get(node).filter(|node| (self.is_name)(&node.name))?.name;
        let fields = self.fields(node, depth + 1);
        let mut field = Field {
            name: name.clone(),
            type_word: self.type_word(node, !fields.is_empty()),
            required: self.required,
            fields,
            ..Field::default()
        };
        if self.has_examples && field.fields.is_empty() {
            field.example = self.shape.example(node);
        }
        for (about, note) in self.doubts {
            field.doubt(*about, *note);
        }
        Some(field)
    }

    /// The type word for what a node shows.
    pub(crate) fn type_word(&self, node: usize, has_members: bool) -> String {
        match (self.shape.shown(node).filter(|_| self.is_typed), self.shape.elements(node)) {
            (Some(Kind::List), [only]) if only.is_scalar() => format!("{}[]", only.word()),
            (Some(Kind::List), _) if has_members => "Object[]".to_owned(),
            (Some(Kind::List), _) => "Array".to_owned(),
            _ if has_members => "Object".to_owned(),
            (Some(kind), _) if kind.is_scalar() || kind == Kind::Object => kind.word().to_owned(),
            _ => "String".to_owned(),
        }
    }
}
