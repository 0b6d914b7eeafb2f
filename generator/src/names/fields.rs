//! Names of struct fields, which are also the names of their setters.

use std::collections::BTreeSet;

use super::scope::{FIX_FIELD, Scope};
use super::{Identifier, KeptName, reserved, useless, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Arity, Field, Item};

/// Names of the fields of one struct, in their order.
#[derive(Debug)]
pub struct FieldNames(pub Vec<Identifier>);

/// Names the fields of one struct around the names that some of them keep.
pub(super) fn names(fields: &[Field], kept: &[Option<KeptName>], diagnostics: &mut Diagnostics) -> FieldNames {
    let all_kept: BTreeSet<&str> = kept.iter().flatten().map(|(name, _)| name.as_str()).collect();
    let is_kept = |name: &str| all_kept.contains(name);
    let mut scope = Scope::new(FIX_FIELD);
    let mut names = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let kept = kept.get(index).and_then(Option::as_ref);
        let name = name(field, kept, &is_kept, diagnostics);
        scope.claim(&name, &field.wire, field.origin.place(), diagnostics);
        names.push(name);
    }
    FieldNames(names)
}

/// The name that a fix asks for, else the kept one, else the field's own.
fn name(
    field: &Field,
    kept: Option<&KeptName>,
    is_kept: &dyn Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Identifier {
    let own = reserved::escape_member(words::snake(&field.wire));
    let Some((wanted, place)) = field.rust_name.as_ref().or(kept) else {
        let free = qualified(words::lead(own), field, is_kept);
        return Identifier::or_report(free, &field.wire, field.origin.place(), diagnostics);
    };
    if field.rust_name.is_some() && *wanted == own {
        let what = format!("`{}`", field.wire);
        diagnostics.push(useless(&what, &own, place, "rust_name", kept));
    }
    let usable = Identifier::new(wanted).filter(|name| reserved::escape_member(name.to_string()) == *wanted);
    usable.unwrap_or_else(|| {
        diagnostics.push(Diagnostic::new(
            Code::UnusableName,
            place.clone(),
            format!("`{wanted}` cannot be the name of a field"),
        ));
        Identifier::or_report(own, &field.wire, field.origin.place(), diagnostics)
    })
}

/// The name, followed by the field's type where another field keeps the name: `status_integer`.
fn qualified(own: String, field: &Field, is_kept: &dyn Fn(&str) -> bool) -> String {
    if !is_kept(&own) {
        return own;
    }
    let list = if field.arity == Arity::Many { "_list" } else { "" };
    let mut name = format!("{own}_{}{list}", type_word(field.item));
    while is_kept(&name) {
        name.push('_');
    }
    name
}

fn type_word(item: Item) -> &'static str {
    match item {
        Item::Text => "text",
        Item::Integer => "integer",
        Item::Decimal => "decimal",
        Item::Boolean => "boolean",
        Item::Date => "date",
        Item::Json | Item::Opaque => "json",
        Item::Map => "map",
        Item::File => "file",
        Item::Enum(_) => "value",
        Item::Object(_) => "object",
    }
}
