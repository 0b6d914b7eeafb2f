//! Version and identifiers of the runtime, and the imports of a generated file.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

pub(super) use crate::terms::RuntimeName as Rt;

/// Version of the runtime that generated code is written for. Generator and runtime are released together, under one
/// version.
pub const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// A variant or method of the runtime's interface.
pub(super) fn fixed(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The runtime names that one file uses.
#[derive(Default)]
pub(super) struct Imports(BTreeSet<Rt>);

impl Imports {
    /// Returns the name, and adds it to the imports.
    pub(super) fn name(&mut self, name: Rt) -> Ident {
        self.0.insert(name);
        fixed(name.word())
    }

    /// Returns the file's `use` statement.
    pub(super) fn statement(&self) -> TokenStream {
        let names = self.0.iter().map(|name| fixed(name.word()));
        quote! { use crate::rt::{#(#names),*}; }
    }
}
