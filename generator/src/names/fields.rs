//! Names of struct fields, which are also the names of their setters.

use super::{FIX_FIELD, Identifier, Scope, identifier, reserved, useless, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Field;

/// Names of the fields of one struct, in their order.
#[derive(Debug)]
pub struct FieldNames(pub Vec<Identifier>);

/// The name that a field has of its own.
fn own(field: &Field) -> String {
    reserved::escape_member(words::snake(&field.wire))
}

/// The name that a field gets where nothing is locked.
pub(super) fn fresh(field: &Field) -> String {
    let wanted = field.rust_name.as_ref().map(|(name, _)| name.clone());
    wanted.unwrap_or_else(|| identifier::lead(own(field)))
}

/// Names the fields of one struct.
pub(super) fn names(fields: &[Field], diagnostics: &mut Diagnostics) -> FieldNames {
    let mut scope = Scope::new(FIX_FIELD);
    let mut names = Vec::new();
    for field in fields {
        let name = name(field, diagnostics);
        scope.claim(&name, &field.wire, &field.origin, diagnostics);
        names.push(name);
    }
    FieldNames(names)
}

fn name(field: &Field, diagnostics: &mut Diagnostics) -> Identifier {
    let own = own(field);
    let Some((wanted, place)) = field.rust_name.as_ref().or(field.locked.as_ref()) else {
        return Identifier::or_report(own, &field.wire, &field.origin, diagnostics);
    };
    if field.rust_name.is_some() && *wanted == own {
        let what = format!("`{}`", field.wire);
        diagnostics.push(useless(&what, &own, place, "rust_name", field.locked.as_ref()));
    }
    let usable = Identifier::new(wanted).filter(|name| reserved::escape_member(name.to_string()) == *wanted);
    usable.unwrap_or_else(|| {
        diagnostics.push(Diagnostic::new(
            Code::UnusableName,
            place.clone(),
            format!("`{wanted}` cannot be the name of a field"),
        ));
        Identifier::or_report(own, &field.wire, &field.origin, diagnostics)
    })
}
