//! Every name that generated code takes from the runtime, spelled once.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// A name of the runtime that an endpoint's file may import. All of them are reserved in `names`.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rt {
    Date,
    Decimal,
    Element,
    Endpoint,
    ErrorRow,
    Field,
    File,
    Json,
    Kind,
    Map,
    Method,
    Object,
    OpenEnum,
    Operation,
    Session,
    Shape,
    Slot,
    UnknownValue,
    Value,
    View,
    Wire,
}

impl Rt {
    fn text(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Decimal => "Decimal",
            Self::Element => "Element",
            Self::Endpoint => "Endpoint",
            Self::ErrorRow => "ErrorRow",
            Self::Field => "Field",
            Self::File => "File",
            Self::Json => "Json",
            Self::Kind => "Kind",
            Self::Map => "Map",
            Self::Method => "Method",
            Self::Object => "Object",
            Self::OpenEnum => "OpenEnum",
            Self::Operation => "Operation",
            Self::Session => "Session",
            Self::Shape => "Shape",
            Self::Slot => "Slot",
            Self::UnknownValue => "UnknownValue",
            Self::Value => "Value",
            Self::View => "View",
            Self::Wire => "Wire",
        }
    }
}

/// A variant or method of the runtime's interface.
pub(super) fn fixed(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The runtime names that one file uses.
#[derive(Default)]
pub(super) struct Imports(BTreeSet<Rt>);

impl Imports {
    /// The name, imported from now on.
    pub(super) fn name(&mut self, name: Rt) -> Ident {
        self.0.insert(name);
        fixed(name.text())
    }

    /// The file's one `use` line.
    pub(super) fn statement(&self) -> TokenStream {
        let names = self.0.iter().map(|name| fixed(name.text()));
        quote! { use crate::rt::{#(#names),*}; }
    }
}
