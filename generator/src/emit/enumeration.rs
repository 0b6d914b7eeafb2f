//! A documented value set as an open enum.

use super::docs;
use super::rt::{Imports, Rt};
use super::terms::RuntimeVariant;
use crate::model::{Enum, EnumValue, Origin};
use crate::names::EnumNames;
use crate::render::text::{self, Around};
use crate::terms::REMOVED;

/// Returns the items for readers of one value set of the endpoint `owner`: its definition.
pub(super) fn readable(set: &Enum, names: &EnumNames, owner: &Origin, imports: &mut Imports) -> Vec<String> {
    vec![definition(set, names, owner, imports), as_str_method(names)]
}

/// Returns the machine's half: the listed values, from which a macro of the runtime makes the conversions.
pub(super) fn plumbing(set: &Enum, names: &EnumNames) -> String {
    let rows = set.values.iter().zip(&names.variants);
    let rows: String =
        rows.map(|(value, variant)| format!("    {variant}: {};\n", text::literal(&value.wire))).collect();
    format!("crate::rt::open_enum! {{\n    {}: {};\n{rows}}}\n", names.name, set.wire.variant())
}

fn definition(set: &Enum, names: &EnumNames, owner: &Origin, imports: &mut Imports) -> String {
    let docs = docs::paragraphs([
        docs::removed(set.origin.is_lock()),
        docs::prose(&set.description),
        vec!["The documented values. Any other value is kept unchanged.".to_owned()],
    ]);
    let unknown = imports.name(Rt::UnknownValue);
    let variants = set.values.iter().zip(&names.variants);
    let variants: String = variants
        .map(|(value, variant)| {
            let deprecated = docs::deprecation(value.origin.is_tombstone_in(&set.origin).then_some(REMOVED), "    ");
            let code = format!("{deprecated}    {variant},\n");
            text::docs(&value_docs(value), "    ") + &text::fitted(code, Around::Enum)
        })
        .collect();
    let deprecated = docs::deprecation(set.origin.is_tombstone_in(owner).then_some(REMOVED), "");
    let docs = text::docs(&docs, "") + &text::fitted(deprecated, Around::Item);
    format!(
        "\
{docs}#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum {} {{
{variants}    /// A value that is not documented.
    Unknown({unknown}),
}}
",
        names.name
    )
}

fn value_docs(value: &EnumValue) -> Vec<String> {
    let mut lines = docs::prose(&value.doc);
    match lines.first_mut() {
        Some(first) => *first = format!("{}: {first}", docs::code(&value.wire)),
        None => lines.push(format!("{}.", docs::code(&value.wire))),
    }
    lines
}

fn as_str_method(names: &EnumNames) -> String {
    format!(
        "\
impl {} {{
    /// Returns the value as it is sent.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {{
        crate::rt::wire_value(self)
    }}
}}
",
        names.name
    )
}
