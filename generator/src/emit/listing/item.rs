//! The lines of one item.

use super::show::{flat, is_public, marks};
use super::{Line, join};

/// Returns the lines of an item of a module; none for private items.
pub(super) fn lines(module: &str, item: &syn::Item) -> Vec<Line> {
    match item {
        syn::Item::Mod(found) if is_public(&found.vis) => {
            let path = join(module, &found.ident.to_string());
            vec![Line::new(&path, format!("pub mod {path}{}", marks(&found.attrs)))]
        }
        syn::Item::Struct(found) if is_public(&found.vis) => structure(module, found),
        syn::Item::Enum(found) if is_public(&found.vis) => enumeration(module, found),
        syn::Item::Impl(found) => implementation(module, found),
        syn::Item::Macro(found) => table(module, &found.mac),
        _ => Vec::new(),
    }
}

/// Returns the type that an item belongs to.
pub(super) fn owner(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(found) => Some(found.ident.to_string()),
        syn::Item::Enum(found) => Some(found.ident.to_string()),
        syn::Item::Impl(found) => Some(flat(&found.self_ty)),
        _ => None,
    }
}

/// Traits that the runtime's macro `object` implements.
const OBJECT: &[&str] = &["impl Clone", "impl Debug", "impl Default", "impl PartialEq", "impl rt::Object"];

/// Those with the feature `serde`.
const OBJECT_SERDE: &[&str] = &["impl Serialize", "impl<'de> Deserialize<'de>"];

/// Traits that the runtime's macro `open_enum` implements.
const OPEN_ENUM: &[&str] =
    &["impl Display", "impl From<&str>", "impl From<String>", "impl rt::Element", "impl rt::OpenEnum"];

/// Those of an enum that is sent as a number.
const OPEN_ENUM_NUMBER: &[&str] = &["impl From<i64>"];

/// Returns the lines of the impls that a macro of the runtime makes from the table of a type, whose name comes first.
fn table(module: &str, table: &syn::Macro) -> Vec<Line> {
    let mut tokens = table.tokens.clone().into_iter();
    let name = tokens.next().map(|token| token.to_string()).unwrap_or_default();
    let path = join(module, &name);
    let lines = |impls: &[&str], mark: &str| -> Vec<Line> {
        impls.iter().map(|of| Line::new(&path, format!("{of} for {path}{mark}"))).collect()
    };
    match table.path.segments.last().map(|segment| segment.ident.to_string()).as_deref() {
        Some("object") => [lines(OBJECT, ""), lines(OBJECT_SERDE, " #[cfg(feature = \"serde\")]")].concat(),
        Some("open_enum") if tokens.nth(1).is_some_and(|wire| wire.to_string() == "Number") => {
            [lines(OPEN_ENUM, ""), lines(OPEN_ENUM_NUMBER, "")].concat()
        }
        Some("open_enum") => lines(OPEN_ENUM, ""),
        _ => Vec::new(),
    }
}

fn structure(module: &str, item: &syn::ItemStruct) -> Vec<Line> {
    let path = join(module, &item.ident.to_string());
    let mut lines = vec![Line::new(&path, format!("pub struct {path}{}", marks(&item.attrs)))];
    lines.extend(derives(&item.attrs, &path));
    for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        let text = format!("pub field {path}.{name}: {}{}", flat(&field.ty), marks(&field.attrs));
        lines.push(Line::new(&format!("{path}::{name}"), text));
    }
    lines
}

fn enumeration(module: &str, item: &syn::ItemEnum) -> Vec<Line> {
    let path = join(module, &item.ident.to_string());
    let mut lines = vec![Line::new(&path, format!("pub enum {path}{}", marks(&item.attrs)))];
    lines.extend(derives(&item.attrs, &path));
    for variant in &item.variants {
        let fields = if variant.fields.is_empty() { String::new() } else { flat(&variant.fields) };
        let own = format!("{path}::{}", variant.ident);
        lines.push(Line::new(&own, format!("pub variant {own}{fields}{}", marks(&variant.attrs))));
    }
    lines
}

fn derives(attributes: &[syn::Attribute], path: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // What is no list of paths derives nothing.
        let _ = attribute.parse_nested_meta(|meta| {
            lines.push(Line::new(path, format!("impl {} for {path}", flat(&meta.path))));
            Ok(())
        });
    }
    lines
}

fn implementation(module: &str, item: &syn::ItemImpl) -> Vec<Line> {
    let path = join(module, &flat(&item.self_ty));
    match &item.trait_ {
        Some((of, _)) => trait_impl(&path, &flat(of), item),
        None => item.items.iter().filter_map(|member| own_member(&path, member)).collect(),
    }
}

fn trait_impl(path: &str, of: &str, item: &syn::ItemImpl) -> Vec<Line> {
    let generics = if item.generics.params.is_empty() { String::new() } else { flat(&item.generics) };
    let mut lines = vec![Line::new(path, format!("impl{generics} {of} for {path}"))];
    for member in &item.items {
        if let syn::ImplItem::Type(member) = member {
            let text = format!("type <{path} as {of}>::{} = {}", member.ident, flat(&member.ty));
            lines.push(Line::new(path, text));
        }
    }
    lines
}

fn own_member(path: &str, member: &syn::ImplItem) -> Option<Line> {
    match member {
        syn::ImplItem::Fn(member) if is_public(&member.vis) => {
            let text = format!("pub {}{}", signature(path, &member.sig), marks(&member.attrs));
            Some(Line::new(&format!("{path}::{}", member.sig.ident), text))
        }
        syn::ImplItem::Const(member) if is_public(&member.vis) => {
            let own = format!("{path}::{}", member.ident);
            Some(Line::new(&own, format!("pub const {own}: {}{}", flat(&member.ty), marks(&member.attrs))))
        }
        _ => None,
    }
}

/// Formats a function as `fn top::alsc::…::brand_id(self, impl Into<String>) -> Self`: without parameter names and
/// `mut`.
fn signature(path: &str, signature: &syn::Signature) -> String {
    let inputs: Vec<String> = signature
        .inputs
        .iter()
        .map(|input| match input {
            syn::FnArg::Typed(input) => flat(&input.ty),
            receiver => flat(receiver).replace("mut self", "self"),
        })
        .collect();
    let constness = if signature.constness.is_some() { "const " } else { "" };
    let generics = if signature.generics.params.is_empty() { String::new() } else { flat(&signature.generics) };
    let output = match &signature.output {
        syn::ReturnType::Default => String::new(),
        syn::ReturnType::Type(_, ty) => format!(" -> {}", flat(ty)),
    };
    let name = &signature.ident;
    format!("{constness}fn {path}::{name}{generics}({}){output}", inputs.join(", "))
}
