//! A struct: its definition, and the line per field from which a macro of the runtime makes the machine's half.
//!
//! This shape is the cheapest to compile of those measured (CHANGELOG): derived codecs cost callers ten times as much.

use apograph_runtime::Mark;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rt::{Imports, fixed};
use super::structure::Struct;
use super::{alias, docs, field_docs, setters, ty};
use crate::model::{Field, SideName};
use crate::names::Identifier;

/// Returns the items for readers: definition and setters.
pub(super) fn readable(object: &Struct<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let mut items = vec![definition(object, imports)];
    if object.side == SideName::Request {
        items.push(setters::inherent_impl(object, imports));
    }
    items
}

/// Returns the machine's half: the field table, and the std traits that the runtime implements once for all types.
pub(super) fn plumbing(object: &Struct<'_>) -> TokenStream {
    let name = object.name;
    let rows = object.fields().zip(object.successors());
    let rows = rows.map(|((field, rust), successor)| row(field, rust, successor.is_some()));
    quote! { crate::rt::object! { #name; #(#rows)* } }
}

fn definition(object: &Struct<'_>, imports: &mut Imports) -> TokenStream {
    let name = object.name;
    let docs = docs::attributes(&object.docs);
    let aliases = alias::attributes(&object.aliases);
    let deprecated = docs::deprecation(object.deprecated);
    let fields = object.fields().zip(object.successors()).map(|((field, rust), successor)| {
        let docs = docs::attributes(&field_docs::lines(object, field, rust, successor));
        let deprecated = docs::deprecation(field.deprecated.as_deref());
        let ty = ty::field(field, object.names, imports);
        quote! { #docs #deprecated pub #rust: #ty }
    });
    let fields: Vec<_> = fields.collect();
    // On the type, not on each setter: it covers `new` too.
    let must_use =
        (object.side == SideName::Request).then(|| quote! { #[must_use = "setters return the changed value"] });
    quote! {
        #docs
        #aliases
        #deprecated
        #[non_exhaustive]
        #must_use
        pub struct #name {
            #(#fields),*
        }
    }
}

fn row(field: &Field, rust: &Identifier, is_superseded: bool) -> TokenStream {
    let wire = &field.wire;
    let marks: Vec<_> = field.marks(is_superseded).into_iter().map(mark).collect();
    let marks = (!marks.is_empty()).then(|| quote! { [#(#marks),*] });
    quote! { #rust: #wire #marks; }
}

fn mark(mark: Mark<'_>) -> TokenStream {
    match mark {
        Mark::Required => quote! { Required },
        Mark::Opaque => quote! { Opaque },
        Mark::AsText => quote! { AsText },
        Mark::Superseded => quote! { Superseded },
        Mark::Shown => quote! { Shown },
        Mark::Query => quote! { Query },
        Mark::Header => quote! { Header },
        Mark::List(key) => quote! { List(#key) },
        Mark::MaxLength(limit) => number("MaxLength", limit),
        Mark::MaxItems(limit) => number("MaxItems", limit),
        Mark::Min(limit) => quote! { Min(#limit) },
        Mark::Max(limit) => quote! { Max(#limit) },
    }
}

fn number(mark: &str, limit: usize) -> TokenStream {
    let (mark, limit) = (fixed(mark), Literal::usize_unsuffixed(limit));
    quote! { #mark(#limit) }
}
