//! Tests of the generated crate: every known signature of every platform, and the properties that follow from it.

mod helpers;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::mentions::mentions;
use super::rt::fixed;
use crate::model::{Model, Platform};
use crate::names::{Identifier, Names, PlanNames, PlatformNames};
use crate::recipe::{Location, Plan, Reach, Source, Vector, reach};
use crate::render::SourceFile;

/// Returns `tests/signing.rs`.
pub(super) fn file(model: &Model, names: &Names) -> SourceFile {
    let platforms = || model.platforms.iter().zip(&names.platforms);
    let tests: Vec<TokenStream> = platforms().flat_map(|(platform, names)| platform_tests(platform, names)).collect();
    let mut items = Vec::new();
    if !tests.is_empty() {
        let with_tests = platforms().filter(|(platform, _)| !platform.scheme.vectors.is_empty());
        let helpers = helpers::used_by(&tests);
        items.push(imports(&names.package, &tests, &helpers));
        items.extend(with_tests.map(|(_, platform)| platform_import(&names.package, platform)));
        items.extend(helpers);
        items.extend(tests);
    }
    let docs = vec![
        "Known signatures of the platforms, and the properties of each: a change of any signed value changes the"
            .to_owned(),
        "signature, while the order of the parameters and an earlier signature do not matter.".to_owned(),
    ];
    SourceFile { origin: "specs".to_owned(), docs, items }
}

fn imports(package: &Identifier, tests: &[TokenStream], helpers: &[TokenStream]) -> TokenStream {
    let all: TokenStream = tests.iter().chain(helpers).cloned().collect();
    let names = ["Location", "Moment", "Parts"].into_iter().filter(|name| mentions(&all, name));
    let names = names.map(fixed);
    quote! {
        use std::time::{Duration, UNIX_EPOCH};
        use #package::rt::sign::{#(#names),*};
        use #package::rt::{Platform, SystemNonce};
    }
}

fn platform_import(package: &Identifier, names: &PlatformNames) -> TokenStream {
    let module = &names.module;
    quote! { use #package::#module; }
}

fn platform_tests(platform: &Platform, names: &PlatformNames) -> Vec<TokenStream> {
    let plans: Vec<(&Plan, &PlanNames)> =
        platform.scheme.plans().map(|(_, plan)| plan).zip(&names.scheme.plans).collect();
    let vectors = platform.scheme.vectors.iter().zip(&names.scheme.vectors);
    let written = vectors.filter_map(|(vector, name)| {
        let (plan, plan_names) = plans.get(vector.variant)?;
        Some(Test { platform, names, vector, plan, plan_names }.module(name))
    });
    written.collect()
}

/// A vector from which a module of tests is made.
struct Test<'a> {
    platform: &'a Platform,
    names: &'a PlatformNames,
    vector: &'a Vector,
    plan: &'a Plan,
    plan_names: &'a PlanNames,
}

impl Test<'_> {
    fn module(&self, name: &Identifier) -> TokenStream {
        let docs = docs::attributes(&docs::prose(&format!("{} ({})", self.vector.name, self.vector.source)));
        let input = self.input();
        let answer = self.known_answer();
        let reach = reach(self.plan, self.vector);
        let signature = reach.as_ref().map(signature);
        let derived = reach.map(|reach| self.derived(&reach));
        quote! {
            #docs
            mod #name {
                use super::*;
                #signature
                #input
                #answer
                #derived
            }
        }
    }

    fn input(&self) -> TokenStream {
        let (module, marker) = (&self.names.module, &self.names.marker);
        let request = &self.vector.request;
        let (method, url) = (request.method(), request.url());
        let chained = self.chained();
        let pairs = [Location::Query, Location::Form, Location::Headers].into_iter().flat_map(|location| {
            let word = super::signing::location(location);
            request.pairs(location).iter().map(move |(name, value)| quote! { parts.push(#word, #name, #value); })
        });
        let pairs: Vec<TokenStream> = pairs.collect();
        let mutable = (!pairs.is_empty()).then(|| quote! { mut });
        let credentials = self.credentials(None);
        let sign_method = match &self.plan_names.variant {
            Some(variant) => quote! { #module::SignMethod::#variant },
            None => quote! { () },
        };
        let seconds = Literal::u64_unsuffixed(self.vector.clock);
        let nonces = self.vector.nonces.iter().map(|(name, value)| quote! { (#name, #value) });
        quote! {
            fn input() -> Input<#module::#marker> {
                let #mutable parts = Parts::new(#method, #url).expect("a URL") #chained;
                #(#pairs)*
                Input { parts, credentials: #credentials, method: #sign_method, seconds: #seconds, nonces: &[#(#nonces),*] }
            }
        }
    }

    /// Returns the calls that add body, files and facts.
    fn chained(&self) -> TokenStream {
        let request = &self.vector.request;
        let body = std::str::from_utf8(request.body()).unwrap_or_default();
        let body = (!body.is_empty()).then(|| quote! { .with_body(#body) });
        let files = request.files().iter().map(|file| quote! { .with_file(#file) });
        let facts = self.vector.facts.iter().map(|(name, value)| quote! { (#name, #value) });
        let facts = (!self.vector.facts.is_empty()).then(|| quote! { .with_facts(&[#(#facts),*]) });
        quote! { #body #(#files)* #facts }
    }

    /// Returns the vector's credentials, one of them changed if `altered` names it.
    fn credentials(&self, altered: Option<usize>) -> TokenStream {
        let module = &self.names.module;
        let value = |index: usize, value: &String| {
            if altered == Some(index) {
                quote! { "altered" }
            } else {
                quote! { #value }
            }
        };
        let known =
            self.platform.scheme.credentials.iter().zip(&self.names.scheme.credentials).zip(&self.vector.credentials);
        let known = known.enumerate().filter_map(|(index, ((credential, names), text))| {
            text.as_ref().map(|text| (credential.optional, names, value(index, text)))
        });
        let (optional, required): (Vec<_>, Vec<_>) = known.partition(|(is_optional, ..)| *is_optional);
        let checked = (!required.is_empty()).then(|| quote! { .expect("usable credentials") });
        let required = required.iter().map(|(_, _, value)| value);
        let optional = optional.iter().map(|(_, names, value)| {
            let setter = &names.setter;
            quote! { .#setter(#value) }
        });
        quote! { #module::Credentials::new(#(#required),*) #checked #(#optional)* }
    }

    fn known_answer(&self) -> Option<TokenStream> {
        let asserted = self.vector.fields().map(|(location, name, text)| {
            let location = super::signing::location(location);
            quote! { assert_eq!(signed.get(#location, #name), Some(#text)); }
        });
        let asserted: Vec<TokenStream> = asserted.collect();
        (!asserted.is_empty()).then(|| {
            quote! {
                #[test]
                fn known_answer() {
                    let signed = input().signed();
                    #(#asserted)*
                }
            }
        })
    }

    fn derived(&self, reach: &Reach) -> TokenStream {
        let covered = self.covered(reach);
        let request = &self.vector.request;
        let has_order = [Location::Query, Location::Form].into_iter().any(|location| request.pairs(location).len() > 1);
        let order = (has_order && !reach.reads_order(self.vector)).then(|| {
            quote! {
                #[test]
                fn order_does_not_matter() { assert_ignores_order(input, SIGNATURE); }
            }
        });
        let itself = (!reach.reads_itself(self.vector)).then(|| {
            quote! {
                #[test]
                fn an_earlier_signature_does_not_matter() { assert_ignores_itself(input, SIGNATURE); }
            }
        });
        quote! {
            #[test]
            fn every_signed_value_matters() { #(#covered)* }

            #order
            #itself
        }
    }

    fn covered(&self, reach: &Reach) -> Vec<TokenStream> {
        let mut statements = Vec::new();
        if !reach.values.is_empty() {
            let values = reach.values.iter().map(|(location, name)| {
                let location = super::signing::location(*location);
                quote! { (#location, #name) }
            });
            statements.push(quote! { assert_covers(input, SIGNATURE, &[#(#values),*]); });
        }
        if reach.reads_body(self.vector) {
            statements.push(quote! { assert_covers_body(input, SIGNATURE); });
        }
        if reach.reads_clock() {
            statements.push(quote! { assert_covers_clock(input, SIGNATURE); });
        }
        let has_value = |index: usize| self.vector.credentials.get(index).is_some_and(Option::is_some);
        let altered = reach.sources.iter().filter_map(|source| match source {
            Source::Credential(index) if has_value(*index) => Some(self.credentials(Some(*index))),
            _ => None,
        });
        let altered: Vec<TokenStream> = altered.collect();
        if !altered.is_empty() {
            statements.push(quote! { assert_covers_credentials(input, SIGNATURE, [#(#altered),*]); });
        }
        statements
    }
}

/// Returns the constant with the location of the signature.
fn signature(reach: &Reach) -> TokenStream {
    let (location, field) = (super::signing::location(reach.location), &reach.field);
    quote! { const SIGNATURE: (Location, &str) = (#location, #field); }
}
