//! Names of struct fields, which are also the names of their setters.

use super::{FIX_FIELD, Identifier, Scope, reserved, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Field;

/// Names of the fields of one struct, in their order.
#[derive(Debug)]
pub struct FieldNames(pub Vec<Identifier>);

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
    let own = reserved::escape_member(words::snake(&field.wire));
    let Some((wanted, place)) = &field.rust_name else {
        return Identifier::or_report(own, &field.wire, &field.origin, diagnostics);
    };
    if *wanted == own {
        diagnostics.push(Diagnostic::new(
            Code::UselessName,
            place.clone(),
            format!("`{}` is called `{own}` anyway: this `rust_name` changes nothing", field.wire),
        ));
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
