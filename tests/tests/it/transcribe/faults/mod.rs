//! Inputs that were once read wrongly without a doubt: complex rows whose cells run together, samples that break off,
//! stretched tables, calls on one line. Each test is about the whole kind.

mod nio;
mod texts;
mod top;

use apograph::source::SpecPath;
use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph::terms::{About, Note};

use super::layouts::{doubts, read, spec};

/// The doubt about the end of a page.
fn end(note: Note) -> (String, About, Note) {
    (String::new(), About::End, note)
}

fn is_doubted(spec: &EndpointSpec, at: &str, about: About) -> bool {
    let at: SpecPath = at.parse().expect("a path");
    spec.doubts.iter().any(|doubt| doubt.at == at && doubt.about == about)
}

fn field<'s>(fields: &'s Entries<FieldSpec>, path: &[&str]) -> &'s FieldSpec {
    let (first, rest) = path.split_first().expect("a name");
    let field = fields.get(first).unwrap_or_else(|| panic!("{first} of {fields:?}"));
    if rest.is_empty() { field } else { self::field(&field.fields, rest) }
}

/// Example and description.
fn texts(field: &FieldSpec) -> (&str, &str) {
    (field.example.as_deref().unwrap_or_default(), field.description.as_deref().unwrap_or_default())
}
