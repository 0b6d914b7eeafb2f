//! A struct: its definition, its field table, and the std traits that the runtime implements once for all types.
//!
//! This shape is the cheapest to compile of those measured (CHANGELOG): derived codecs cost callers ten times as much,
//! and without `#[inline]` every method would be compiled again in the generated crate.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rt::{Imports, Rt};
use super::structure::Struct;
use super::{alias, docs, setters, ty};
use crate::model::{Field, Item, SideName, ValueForm};
use crate::names::Identifier;

/// Returns the items for readers: definition and setters.
pub(super) fn readable(object: &Struct<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let mut items = vec![definition(object, imports)];
    if object.side == SideName::Request {
        items.push(setters::inherent_impl(object, imports));
    }
    items
}

/// Returns the items for the compiler only.
pub(super) fn plumbing(object: &Struct<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let mut items = vec![table(object, imports)];
    items.extend(delegations(object.name));
    items
}

fn definition(object: &Struct<'_>, imports: &mut Imports) -> TokenStream {
    let name = object.name;
    let docs = docs::attributes(&object.docs);
    let aliases = alias::attributes(&object.aliases);
    let deprecated = docs::deprecation(object.deprecated);
    let fields = object.fields().zip(object.successors()).map(|((field, rust), successor)| {
        let docs = docs::attributes(&field_docs(object, field, rust, successor));
        let deprecated = docs::deprecation(field.deprecated.as_deref());
        let ty = ty::field(field, object.names, imports);
        quote! { #docs #deprecated pub #rust: #ty }
    });
    let fields: Vec<_> = fields.collect();
    quote! {
        #docs
        #aliases
        #deprecated
        #[derive(Clone, Default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields),*
        }
    }
}

fn field_docs(object: &Struct<'_>, field: &Field, rust: &Identifier, successor: Option<&Identifier>) -> Vec<String> {
    let mut text = docs::prose(&field.description);
    if field.required {
        match text.first_mut() {
            Some(first) => first.insert_str(0, "Required. "),
            None => text.push("Required.".to_owned()),
        }
    }
    let removed = docs::removed(field.origin.is_tombstone_in(object.origin));
    let successor = successor.map(|rust| format!("The page has it again, as [`{rust}`](Self::{rust})."));
    docs::paragraphs([removed, successor.into_iter().collect(), text, facts(field, rust)])
}

/// Returns the documented facts of a field besides its description, on one line.
fn facts(field: &Field, rust: &Identifier) -> Vec<String> {
    let mut facts = Vec::new();
    if field.wire != rust.as_str() {
        facts.push(format!("Wire name: {}.", docs::code(&field.wire)));
    }
    let limits = &field.limits;
    facts.extend(limits.max_length.map(|length| format!("At most {length} characters.")));
    facts.extend(limits.max_items.map(|items| format!("At most {items} items.")));
    facts.extend(limits.min.as_deref().map(|min| format!("At least {}.", docs::code(min))));
    facts.extend(limits.max.as_deref().map(|max| format!("At most {}.", docs::code(max))));
    let mut fact = |what: &str, value: &Option<String>| {
        facts.extend(
            value.as_deref().filter(|value| !value.is_empty()).map(|value| format!("{what}: {}.", docs::code(value))),
        );
    };
    fact("Default", &field.default);
    fact("Example", &field.example);
    facts.extend(field.log_shown.then(|| "`Debug` shows the value.".to_owned()));
    if facts.is_empty() { Vec::new() } else { vec![facts.join(" ")] }
}

/// Returns the field table, with which the runtime encodes, checks, decodes, compares and prints the struct.
fn table(object: &Struct<'_>, imports: &mut Imports) -> TokenStream {
    let [object_trait, shape, value] = [Rt::Object, Rt::Shape, Rt::Value].map(|name| imports.name(name));
    let name = object.name;
    let text = name.as_str();
    let rows = object.members.iter().zip(object.successors());
    let rows: Vec<_> = rows.map(|(field, successor)| row(field, successor.is_some(), imports)).collect();
    let (index, shared) = access(object, &quote! { & });
    let (_, mutable) = access(object, &quote! { &mut });
    quote! {
        impl #object_trait for #name {
            #[inline]
            fn shape(&self) -> &'static #shape {
                const SHAPE: #shape = #shape::new(#text, &[#(#rows),*]);
                &SHAPE
            }
            #[inline]
            fn field(&self, #index: usize) -> Option<&dyn #value> {
                #shared
            }
            #[inline]
            fn field_mut(&mut self, #index: usize) -> Option<&mut dyn #value> {
                #mutable
            }
        }
    }
}

/// Returns the parameter for a field's position, and the expression that borrows the field.
fn access(object: &Struct<'_>, borrow: &TokenStream) -> (TokenStream, TokenStream) {
    if object.members.is_empty() {
        return (quote! { _ }, quote! { None });
    }
    let arms = object.fields().enumerate().map(|(index, (_, rust))| {
        let index = Literal::usize_unsuffixed(index);
        quote! { #index => Some(#borrow self.#rust) }
    });
    (quote! { index }, quote! { match index { #(#arms,)* _ => None } })
}

fn row(field: &Field, is_superseded: bool, imports: &mut Imports) -> TokenStream {
    let row = imports.name(Rt::Field);
    let wire = &field.wire;
    let required = field.required.then(|| quote! { .required() });
    let list = field.list_key.as_ref().map(|key| quote! { .list(#key) });
    let opaque = (field.item == Item::Opaque).then(|| quote! { .opaque() });
    let as_text = (field.form == ValueForm::Text).then(|| quote! { .as_text() });
    let superseded = is_superseded.then(|| quote! { .superseded() });
    let shown = field.log_shown.then(|| quote! { .shown() });
    let max_length = number(field.limits.max_length).map(|limit| quote! { .max_length(#limit) });
    let max_items = number(field.limits.max_items).map(|limit| quote! { .max_items(#limit) });
    let min = field.limits.min.as_ref().map(|limit| quote! { .min(#limit) });
    let max = field.limits.max.as_ref().map(|limit| quote! { .max(#limit) });
    quote! { #row::new(#wire) #required #list #opaque #as_text #superseded #shown #max_length #max_items #min #max }
}

fn number(limit: Option<u64>) -> Option<Literal> {
    limit.map(Literal::u64_unsuffixed)
}

/// Implements traits by calling the runtime: derives would cost callers compile time for every field.
fn delegations(name: &Identifier) -> [TokenStream; 4] {
    [
        quote! {
            impl std::fmt::Debug for #name {
                #[inline]
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    crate::rt::debug(self, f)
                }
            }
        },
        quote! {
            impl PartialEq for #name {
                #[inline]
                fn eq(&self, other: &Self) -> bool {
                    crate::rt::equal(self, other)
                }
            }
        },
        quote! {
            impl crate::rt::serde::Serialize for #name {
                #[inline]
                fn serialize<S: crate::rt::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    crate::rt::serialize(self, serializer)
                }
            }
        },
        quote! {
            impl<'de> crate::rt::serde::Deserialize<'de> for #name {
                #[inline]
                fn deserialize<D: crate::rt::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    crate::rt::deserialize(deserializer)
                }
            }
        },
    ]
}
