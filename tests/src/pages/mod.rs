//! APIs, and the pages that a vendor would show of them: as flattened text with all that such a page loses, and as a
//! record of the document service, which loses nothing.

mod java;
mod json;
mod text;
mod xml;

pub use text::Shape;

use serde_json::{Value, json};

/// An API.
#[derive(Clone, Debug)]
pub struct Api {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether a call needs a session.
    pub session: bool,
    /// Parameters.
    pub request: Vec<Field>,
    /// Members of the answer.
    pub response: Vec<Field>,
}

/// A field. Texts are empty if the vendor gives none.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type, or that of its elements.
    pub base: String,
    /// Whether it is a list.
    pub list: bool,
    /// Whether a request must have it.
    pub required: bool,
    /// The example.
    pub example: String,
    /// The description.
    pub description: String,
    /// Limits; pages show those of the first level of a request only.
    pub limits: Limits,
    /// Members.
    pub fields: Vec<Field>,
}

/// Limits of a field.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The default value.
    pub default: Option<String>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// Most elements.
    pub max_items: Option<u64>,
}

impl Api {
    /// The page as flattened text.
    #[must_use]
    pub fn text(&self, shape: Shape) -> String {
        text::page(self, shape)
    }

    /// The record of the document service.
    #[must_use]
    pub fn record(&self) -> Value {
        json::record(self)
    }

    /// What a transcript must contain, in the form that [`crate::judge`] takes.
    #[must_use]
    pub fn truth(&self) -> Value {
        json!({
            "api": self.name,
            "session": self.session,
            "request": truth(&self.request),
            "response": truth(&self.response),
        })
    }

    /// The name in other words: without the prefix that classes and roots leave out.
    fn short_name(&self) -> &str {
        self.name.strip_prefix("taobao.").unwrap_or(&self.name)
    }
}

impl Field {
    /// The type as the vendor's records write it.
    #[must_use]
    pub fn type_word(&self) -> String {
        format!("{}{}", self.base, if self.list { "[]" } else { "" })
    }

    fn is_object(&self) -> bool {
        !self.fields.is_empty()
    }
}

fn truth(fields: &[Field]) -> Value {
    let field = |field: &Field| {
        json!({
            "name": field.name,
            "base": field.base,
            "list": field.list,
            "required": field.required,
            "example": field.example,
            "description": field.description,
            "kids": truth(&field.fields),
        })
    };
    fields.iter().map(field).collect()
}
