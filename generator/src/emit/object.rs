//! A struct: its definition, and the line per field from which a macro of the runtime makes the machine's half.
//!
//! This shape is the cheapest to compile of those measured (CHANGELOG): derived codecs cost callers ten times as much.

use std::fmt::Write;

use apograph_runtime::Mark;

use super::rt::Imports;
use super::structure::Struct;
use super::{alias, docs, field_docs, setters, ty};
use crate::model::{Field, SideName};
use crate::names::Identifier;
use crate::render::text::{self, Around};

/// Returns the items for readers: definition and setters.
pub(super) fn readable(object: &Struct<'_>, imports: &mut Imports) -> Vec<String> {
    let mut items = vec![definition(object, imports)];
    if object.side == SideName::Request {
        items.push(setters::inherent_impl(object, imports));
    }
    items
}

/// Returns the machine's half: the field table, and the std traits that the runtime implements once for all types.
pub(super) fn plumbing(object: &Struct<'_>) -> String {
    let mut text = format!("crate::rt::object! {{\n    {};\n", object.name);
    for ((field, rust), successor) in object.fields().zip(object.successors()) {
        text.push_str(&row(field, rust, successor.is_some()));
    }
    text.push_str("}\n");
    text
}

fn definition(object: &Struct<'_>, imports: &mut Imports) -> String {
    let mut text = text::docs(&object.docs, "");
    let mut attributes = alias::attributes(&object.aliases);
    attributes.push_str(&docs::deprecation(object.deprecated, ""));
    attributes.push_str("#[non_exhaustive]\n");
    if object.side == SideName::Request {
        // On the type, not on each setter: it covers `new` too.
        attributes.push_str("#[must_use = \"setters return the changed value\"]\n");
    }
    text.push_str(&text::fitted(attributes, Around::Item));
    let fields = object.fields().zip(object.successors());
    let fields: String = fields
        .map(|((field, rust), successor)| {
            let docs = text::docs(&field_docs::lines(object, field, rust, successor), "    ");
            let deprecated = docs::deprecation(field.deprecated.as_deref(), "    ");
            let ty = ty::field(field, object.names, imports);
            docs + &text::fitted(format!("{deprecated}    pub {rust}: {ty},\n"), Around::Struct)
        })
        .collect();
    let lines = if fields.is_empty() { "" } else { "\n" };
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "pub struct {} {{{lines}{fields}}}", object.name);
    text
}

/// Returns a line of the field table: `name: "name" [Required, MaxLength(9)];`
fn row(field: &Field, rust: &Identifier, is_superseded: bool) -> String {
    let wire = text::literal(&field.wire);
    let marks: Vec<String> = field.marks(is_superseded).into_iter().map(mark).collect();
    let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
    format!("    {rust}: {wire}{marks};\n")
}

fn mark(mark: Mark<'_>) -> String {
    match mark {
        Mark::Required => "Required".to_owned(),
        Mark::Opaque => "Opaque".to_owned(),
        Mark::AsText => "AsText".to_owned(),
        Mark::Superseded => "Superseded".to_owned(),
        Mark::Shown => "Shown".to_owned(),
        Mark::Query => "Query".to_owned(),
        Mark::Header => "Header".to_owned(),
        Mark::List(key) => format!("List({})", text::literal(key)),
        Mark::MaxLength(limit) => format!("MaxLength({limit})"),
        Mark::MaxItems(limit) => format!("MaxItems({limit})"),
        Mark::Min(limit) => format!("Min({})", text::literal(limit)),
        Mark::Max(limit) => format!("Max({})", text::literal(limit)),
    }
}
