//! A request as Rust statements, built from the page's own sample values.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::literal;
use super::rt::{Rt, fixed};
use crate::model::{Arity, Endpoint, Field, Item, ObjectId, Protocol, Side};
use crate::names::{EndpointNames, FieldNames, Identifier, SideNames};

/// Names of local variables that the examples use themselves.
const VARIABLES: [&str; 3] = ["answer", "call", "client"];

/// Statements that build a request.
pub(super) struct Sample {
    /// One `let` per nested object, then `let call = …;`.
    pub(super) statements: TokenStream,
    /// Names of the types in the statements.
    pub(super) types: BTreeSet<String>,
}

/// Returns the request of an API with every required field, and with optional ones until `fill` fields of an object are set.
///
/// Optional fields are set only if the page has a value for them that passes the checks. Required fields get a made-up
/// value otherwise.
pub(super) fn request(endpoint: &Endpoint, names: &EndpointNames, protocol: &Protocol, fill: usize) -> Sample {
    let mut writer = Writer {
        protocol,
        side: &endpoint.request,
        names: &names.request_side,
        fill,
        variables: VARIABLES.map(str::to_owned).into(),
        sample: Sample { statements: TokenStream::new(), types: BTreeSet::new() },
        open: Vec::new(),
    };
    let (call, _) = writer.object(&names.request, &endpoint.request.root, &names.request_side.root);
    writer.sample.statements.extend(quote! { let call = #call; });
    writer.sample
}

struct Writer<'a> {
    side: &'a Side,
    names: &'a SideNames,
    protocol: &'a Protocol,
    fill: usize,
    /// Names of variables that are taken.
    variables: BTreeSet<String>,
    sample: Sample,
    /// The objects around the current one, whose values would never end.
    open: Vec<ObjectId>,
}

impl<'a> Writer<'a> {
    /// Returns the expression of an object and the number of fields that it sets. The objects in it are written to variables
    /// before.
    fn object(&mut self, name: &Identifier, fields: &'a [Field], names: &'a FieldNames) -> (TokenStream, usize) {
        self.sample.types.insert(name.to_string());
        let usable = |field: &&Field| field.required || (!field.origin.is_lock() && field.deprecated.is_none());
        let mut left = self.fill.saturating_sub(fields.iter().filter(|field| field.required).count());
        let (mut expression, mut count) = (quote! { #name::new() }, 0);
        for (field, setter) in fields.iter().zip(&names.0).filter(|(field, _)| usable(field)) {
            if !field.required && left == 0 {
                continue;
            }
            let Some(value) = self.value(field, setter) else { continue };
            left -= usize::from(!field.required);
            count += 1;
            expression.extend(quote! { .#setter(#value) });
        }
        (expression, count)
    }

    /// Returns the argument of a setter.
    fn value(&mut self, field: &'a Field, setter: &Identifier) -> Option<TokenStream> {
        if let Item::Object(id) = field.item {
            let value = self.nested(id, field, setter)?;
            return Some(if field.arity == Arity::Many {
                quote! { [#value] }
            } else {
                quote! { #value }
            });
        }
        let example = field.example.as_deref().or(field.default.as_deref());
        if field.arity != Arity::Many {
            return self.scalar(field, example, setter);
        }
        let form = self.protocol.scalar_lists;
        let texts = example.map(|text| literal::elements(field, text, form)).unwrap_or_default();
        let mut values: Vec<_> = texts.iter().filter_map(|text| self.known(field, text)).collect();
        if values.is_empty() {
            values.extend(self.scalar(field, None, setter));
        }
        (!values.is_empty()).then(|| quote! { [#(#values),*] })
    }

    /// Writes a nested object to a variable and returns its name. An optional one is left out if nothing in it would be set.
    fn nested(&mut self, id: ObjectId, field: &Field, setter: &Identifier) -> Option<Ident> {
        if self.open.contains(&id) {
            return None;
        }
        self.open.push(id);
        let (side, names) = (self.side, self.names);
        let (name, members) = names.objects.get(id.0)?;
        let (value, count) = self.object(name, &side.object(id).fields, members);
        self.open.pop();
        if !field.required && count == 0 {
            return None;
        }
        let variable = self.variable(setter.as_str());
        self.sample.statements.extend(quote! { let #variable = #value; });
        Some(variable)
    }

    /// Returns a variable of this name, or of this name with a number if it is taken.
    fn variable(&mut self, name: &str) -> Ident {
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let free = [name.to_owned()].into_iter().chain(numbered).find(|name| !self.variables.contains(name));
        let free = free.unwrap_or_default();
        let variable = fixed(&free);
        self.variables.insert(free);
        variable
    }

    /// Returns the page's value, or a made-up one if the field is required.
    fn scalar(&mut self, field: &Field, example: Option<&str>, setter: &Identifier) -> Option<TokenStream> {
        let known = example.and_then(|text| self.known(field, text));
        known.or_else(|| if field.required { self.invented(field, setter) } else { None })
    }

    /// Returns the page's value if it is one of the field's type.
    fn known(&mut self, field: &Field, text: &str) -> Option<TokenStream> {
        match field.item {
            Item::Enum(_) => self.variant(field, Some(text)),
            _ => literal::known(field, text),
        }
    }

    fn invented(&mut self, field: &Field, setter: &Identifier) -> Option<TokenStream> {
        match field.item {
            Item::Enum(_) => self.variant(field, None),
            Item::File => {
                self.sample.types.insert(Rt::File.word().to_owned());
                literal::invented(field, setter.as_str(), &self.protocol.date)
            }
            _ => literal::invented(field, setter.as_str(), &self.protocol.date),
        }
    }

    /// Returns the variant of a wire value, or the first one.
    fn variant(&mut self, field: &Field, wire: Option<&str>) -> Option<TokenStream> {
        let Item::Enum(id) = field.item else { return None };
        let (set, names) = (self.side.enums.get(id.0)?, self.names.enums.get(id.0)?);
        let mut variants = set.values.iter().zip(&names.variants).filter(|(value, _)| !value.origin.is_lock());
        let (_, variant) = variants.find(|(value, _)| wire.is_none_or(|wire| value.wire == wire))?;
        self.sample.types.insert(names.name.to_string());
        let name = &names.name;
        Some(quote! { #name::#variant })
    }
}
