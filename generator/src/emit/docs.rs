//! Turns vendors' prose into rustdoc: one attribute per line.

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use crate::markdown::{code, first_line, is_invisible, paragraphs, prose, table};
use crate::render::text;
use crate::terms::REMOVED;

/// Returns one doc attribute per line.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// Returns the line of `#[deprecated]` with its reason.
pub(super) fn deprecation(reason: Option<&str>, indent: &str) -> String {
    reason.map(|note| format!("{indent}#[deprecated(note = {})]\n", text::literal(note))).unwrap_or_default()
}

/// Returns the note on an item that only the lock still contains.
pub(super) fn removed(removed: bool) -> Vec<String> {
    if removed { vec![format!("Was {REMOVED}.")] } else { Vec::new() }
}
