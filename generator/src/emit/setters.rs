//! `new` and one setter per field, named like the field.

use super::rt::Imports;
use super::structure::Struct;
use super::{docs, field_docs, ty};
use crate::model::{Arity, Field};
use crate::names::Identifier;
use crate::render::text::{self, Around};

/// The inherent impl of a request-side struct.
pub(super) fn inherent_impl(object: &Struct<'_>, imports: &mut Imports) -> String {
    let mut text = format!(
        "\
impl {} {{
    /// Creates a value with no fields set.
    #[inline]
    pub fn new() -> Self {{
        Self::default()
    }}
",
        object.name
    );
    for ((field, rust), successor) in object.fields().zip(object.successors()) {
        text.push('\n');
        text.push_str(&setter(field, rust, successor, object, imports));
    }
    text.push_str("}\n");
    text
}

/// Generic methods are compiled where they are called, so `#[inline]` would change nothing.
fn setter(
    field: &Field,
    rust: &Identifier,
    successor: Option<&Identifier>,
    object: &Struct<'_>,
    imports: &mut Imports,
) -> String {
    let item = ty::field(field, object.names, imports).item;
    let (argument, set) = match field.arity {
        Arity::One => (format!("impl Into<{item}>"), "set"),
        Arity::Boxed => (format!("impl Into<Box<{item}>>"), "set"),
        Arity::Many => (format!("impl IntoIterator<Item = impl Into<{item}>>"), "set_list"),
    };
    let docs = text::docs(&field_docs::lines(object, field, rust, successor), "    ");
    let deprecated = docs::deprecation(field.deprecated.as_deref(), "    ");
    let code = format!(
        "\
{deprecated}    pub fn {rust}(mut self, value: {argument}) -> Self {{
        crate::rt::{set}(&mut self.{rust}, value);
        self
    }}
"
    );
    docs + &text::fitted(code, Around::Impl)
}
