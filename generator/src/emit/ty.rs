//! Field types.

use proc_macro2::TokenStream;
use quote::quote;

use super::rt::{Imports, Rt};
use crate::model::{Arity, Field, Item};
use crate::names::SideNames;

/// Returns the type of one element, such as `String`.
pub(super) fn item(field: &Field, names: &SideNames, imports: &mut Imports) -> TokenStream {
    let runtime = |imports: &mut Imports, name| {
        let name = imports.name(name);
        quote! { #name }
    };
    match field.item {
        Item::Text => quote! { String },
        Item::Integer => quote! { i64 },
        Item::Boolean => quote! { bool },
        Item::Decimal => runtime(imports, Rt::Decimal),
        Item::Date => runtime(imports, Rt::Date),
        Item::Json | Item::Opaque => runtime(imports, Rt::Json),
        Item::Map => runtime(imports, Rt::Map),
        Item::File => runtime(imports, Rt::File),
        Item::Enum(id) => {
            let name = names.enumeration(id);
            quote! { #name }
        }
        Item::Object(id) => {
            let name = names.object(id);
            quote! { #name }
        }
    }
}

/// Returns the type of a field, such as `Option<Vec<String>>`.
pub(super) fn field(field: &Field, names: &SideNames, imports: &mut Imports) -> TokenStream {
    let item = item(field, names, imports);
    match field.arity {
        Arity::One => quote! { Option<#item> },
        Arity::Boxed => quote! { Option<Box<#item>> },
        Arity::Many => quote! { Option<Vec<#item>> },
    }
}
