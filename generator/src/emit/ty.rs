//! Field types.

use proc_macro2::TokenStream;
use quote::quote;

use super::rt::Imports;
use crate::model::{Arity, Field};
use crate::names::{Identifier, RustItem, RustType, SideNames};

/// Returns the type of one element, such as `String`.
pub(super) fn item(field: &Field, names: &SideNames, imports: &mut Imports) -> TokenStream {
    tokens(names.rust_type(field).item, imports)
}

/// Returns the type of a field, such as `Option<Vec<String>>`.
pub(super) fn field(field: &Field, names: &SideNames, imports: &mut Imports) -> TokenStream {
    optional(names.rust_type(field), imports)
}

fn optional(ty: RustType<&Identifier>, imports: &mut Imports) -> TokenStream {
    let item = tokens(ty.item, imports);
    match ty.arity {
        Arity::One => quote! { Option<#item> },
        Arity::Boxed => quote! { Option<Box<#item>> },
        Arity::Many => quote! { Option<Vec<#item>> },
    }
}

fn tokens(item: RustItem<&Identifier>, imports: &mut Imports) -> TokenStream {
    match item {
        RustItem::Text => quote! { String },
        RustItem::Integer => quote! { i64 },
        RustItem::Boolean => quote! { bool },
        RustItem::Runtime(name) => {
            let name = imports.name(name);
            quote! { #name }
        }
        RustItem::Named(name) => quote! { #name },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::RuntimeName;

    #[test]
    fn generated_types_are_written_as_reports_name_them() {
        let row = Identifier::new("Row").expect("an identifier");
        let runtime = [RuntimeName::Decimal, RuntimeName::Date, RuntimeName::Json, RuntimeName::Map, RuntimeName::File];
        let items = [RustItem::Text, RustItem::Integer, RustItem::Boolean, RustItem::Named(&row)];
        for item in items.into_iter().chain(runtime.map(RustItem::Runtime)) {
            for arity in [Arity::One, Arity::Boxed, Arity::Many] {
                let ty = RustType { arity, item };
                assert_eq!(optional(ty, &mut Imports::default()).to_string().replace(' ', ""), ty.to_string());
            }
        }
    }
}
