//! `new` and one setter per field, named like the field.

use proc_macro2::TokenStream;
use quote::quote;

use super::rt::Imports;
use super::structure::Struct;
use super::{docs, ty};
use crate::model::{Arity, Field};
use crate::names::Identifier;

/// The inherent impl of a request-side struct.
pub(super) fn inherent_impl(object: &Struct<'_>, imports: &mut Imports) -> TokenStream {
    let name = object.name;
    let setters = object.fields().map(|(field, rust)| setter(field, rust, object, imports)).collect::<Vec<_>>();
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

fn setter(field: &Field, rust: &Identifier, object: &Struct<'_>, imports: &mut Imports) -> TokenStream {
    let item = ty::item(field, object.names, imports);
    let (argument, value) = match field.arity {
        Arity::One => (quote! { impl Into<#item> }, quote! { value.into() }),
        Arity::Boxed => (quote! { impl Into<Box<#item>> }, quote! { value.into() }),
        Arity::Many => (
            quote! { impl IntoIterator<Item = impl Into<#item>> },
            quote! { value.into_iter().map(Into::into).collect() },
        ),
    };
    let doc = docs::attributes(&[setter_doc(field, rust)]);
    let deprecated = docs::deprecation(field.deprecated.as_deref());
    quote! {
        #doc
        #deprecated
        #[inline]
        pub fn #rust(mut self, value: #argument) -> Self {
            self.#rust = Some(#value);
            self
        }
    }
}

fn setter_doc(field: &Field, rust: &Identifier) -> String {
    let required = if field.required { " Required." } else { "" };
    format!("Sets [`{rust}`](Self::{rust}).{required}")
}
