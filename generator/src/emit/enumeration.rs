//! A documented value set as an open enum.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::rt::{Imports, Rt};
use super::terms::RuntimeVariant;
use crate::model::{Enum, Origin};
use crate::names::EnumNames;
use crate::terms::{EnumWire, REMOVED};

/// Returns the items for readers of one value set of the endpoint `owner`: its definition.
pub(super) fn readable(set: &Enum, names: &EnumNames, owner: &Origin, imports: &mut Imports) -> Vec<TokenStream> {
    vec![definition(set, names, owner, imports), as_str_method(names)]
}

/// Returns the items for the compiler only.
pub(super) fn plumbing(set: &Enum, names: &EnumNames, imports: &mut Imports) -> Vec<TokenStream> {
    let mut items = vec![open_enum_impl(set, names, imports), element_impl(names, imports)];
    items.push(display_impl(names));
    items.extend(conversions(set, names));
    items
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

fn open_enum_impl(set: &Enum, names: &EnumNames, imports: &mut Imports) -> TokenStream {
    let name = &names.name;
    let [open_enum, wire, unknown] = [Rt::OpenEnum, Rt::Wire, Rt::UnknownValue].map(|name| imports.name(name));
    let form = set.wire.variant();
    let rows = set.values.iter().zip(&names.variants).map(|(value, variant)| {
        let value = &value.wire;
        quote! { (#value, Self::#variant) }
    });
    quote! {
        impl #open_enum for #name {
            const WIRE: #wire = #wire::#form;
            const VALUES: &'static [(&'static str, Self)] = &[#(#rows),*];
            #[inline]
            fn unknown(value: #unknown) -> Self {
                Self::Unknown(value)
            }
            #[inline]
            fn as_unknown(&self) -> Option<&#unknown> {
                match self {
                    Self::Unknown(value) => Some(value),
                    _ => None,
                }
            }
        }
    }
}

/// Implements the trait of field types; both methods only call the runtime.
fn element_impl(names: &EnumNames, imports: &mut Imports) -> TokenStream {
    let name = &names.name;
    let [element, kind, slot, view] = [Rt::Element, Rt::Kind, Rt::Slot, Rt::View].map(|name| imports.name(name));
    quote! {
        impl #element for #name {
            const KIND: #kind = #kind::Enum;
            #[inline]
            fn view(&self) -> #view<'_> {
                crate::rt::enum_view(self)
            }
            #[inline]
            fn slot(slot: &mut Option<Self>) -> #slot<'_> {
                crate::rt::enum_slot(slot)
            }
        }
    }
}

fn display_impl(names: &EnumNames) -> TokenStream {
    let name = &names.name;
    quote! {
        impl std::fmt::Display for #name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

/// Returns the conversions for setters, which accept the wire value as well as the enum.
fn conversions(set: &Enum, names: &EnumNames) -> Vec<TokenStream> {
    let from = |source: TokenStream, value: TokenStream| {
        let name = &names.name;
        quote! {
            impl From<#source> for #name {
                #[inline]
                fn from(value: #source) -> Self {
                    crate::rt::open_enum(#value)
                }
            }
        }
    };
    let mut impls = vec![from(quote! { &str }, quote! { value }), from(quote! { String }, quote! { value })];
    if set.wire == EnumWire::Number {
        impls.push(from(quote! { i64 }, quote! { value.to_string() }));
    }
    impls
}
