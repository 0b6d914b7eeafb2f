//! A documented value set as an open enum.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::rt::{Imports, Rt};
use super::terms::RuntimeVariant;
use crate::model::{Enum, Origin};
use crate::names::EnumNames;
use crate::terms::REMOVED;

/// Returns the items for readers of one value set of the endpoint `owner`: its definition.
pub(super) fn readable(set: &Enum, names: &EnumNames, owner: &Origin, imports: &mut Imports) -> Vec<TokenStream> {
    vec![definition(set, names, owner, imports), as_str_method(names)]
}

/// Returns the machine's half: the listed values, from which a macro of the runtime makes the conversions.
pub(super) fn plumbing(set: &Enum, names: &EnumNames) -> TokenStream {
    let name = &names.name;
    let wire = set.wire.variant();
    let rows = set.values.iter().zip(&names.variants).map(|(value, variant)| {
        let value = &value.wire;
        quote! { #variant: #value; }
    });
    quote! { crate::rt::open_enum! { #name: #wire; #(#rows)* } }
}

fn definition(set: &Enum, names: &EnumNames, owner: &Origin, imports: &mut Imports) -> TokenStream {
    let name = &names.name;
    let docs = docs::attributes(&docs::paragraphs([
        docs::removed(set.origin.is_lock()),
        docs::prose(&set.description),
        vec!["The documented values. Any other value is kept unchanged.".to_owned()],
    ]));
    let unknown = imports.name(Rt::UnknownValue);
    let variants = set.values.iter().zip(&names.variants).map(|(value, variant)| {
        let mut lines = docs::prose(&value.doc);
        match lines.first_mut() {
            Some(first) => *first = format!("{}: {first}", docs::code(&value.wire)),
            None => lines.push(format!("{}.", docs::code(&value.wire))),
        }
        let docs = docs::attributes(&lines);
        let deprecated = docs::deprecation(value.origin.is_tombstone_in(&set.origin).then_some(REMOVED));
        quote! { #docs #deprecated #variant }
    });
    let deprecated = docs::deprecation(set.origin.is_tombstone_in(owner).then_some(REMOVED));
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that is not documented.
            Unknown(#unknown),
        }
    }
}

fn as_str_method(names: &EnumNames) -> TokenStream {
    let name = &names.name;
    quote! {
        impl #name {
            /// Returns the value as it is sent.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                crate::rt::wire_value(self)
            }
        }
    }
}
