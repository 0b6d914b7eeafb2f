//! `new` and one setter per field, named like the field.

use proc_macro2::TokenStream;
use quote::quote;

use super::rt::Imports;
use super::structure::Struct;
use super::{docs, field_docs, ty};
use crate::model::{Arity, Field};
use crate::names::Identifier;

/// The inherent impl of a request-side struct.
pub(super) fn inherent_impl(object: &Struct<'_>, imports: &mut Imports) -> TokenStream {
    let name = object.name;
    let setters = object.fields().zip(object.successors());
    let setters: Vec<_> =
        setters.map(|((field, rust), successor)| setter(field, rust, successor, object, imports)).collect();
    quote! {
        impl #name {
            /// Creates a value with no fields set.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }
            #(#setters)*
        }
    }
}

/// Generic methods are compiled where they are called, so `#[inline]` would change nothing.
fn setter(
    field: &Field,
    rust: &Identifier,
    successor: Option<&Identifier>,
    object: &Struct<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let item = ty::item(field, object.names, imports);
    let (argument, set) = match field.arity {
        Arity::One => (quote! { impl Into<#item> }, quote! { set }),
        Arity::Boxed => (quote! { impl Into<Box<#item>> }, quote! { set }),
        Arity::Many => (quote! { impl IntoIterator<Item = impl Into<#item>> }, quote! { set_list }),
    };
    let docs = docs::attributes(&field_docs::lines(object, field, rust, successor));
    let deprecated = docs::deprecation(field.deprecated.as_deref());
    quote! {
        #docs
        #deprecated
        pub fn #rust(mut self, value: #argument) -> Self {
            crate::rt::#set(&mut self.#rust, value);
            self
        }
    }
}
