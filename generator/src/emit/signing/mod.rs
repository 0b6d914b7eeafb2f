//! A platform's signature: its credentials, its methods, and the function that signs.

mod credentials;
mod expression;
mod filters;
mod function;
mod methods;
mod pairs;
mod value;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::mentions::{calls_module, mentions};
use super::rt::fixed;
use crate::model::Platform;
use crate::names::{Identifier, PlatformNames, SchemeNames};
use crate::recipe::{Location, Methods, Scheme};
use crate::render::SourceFile;

/// Returns the `signing.rs` of one platform.
pub(super) fn file(platform: &Platform, names: &PlatformNames) -> SourceFile {
    let (scheme, names) = (&platform.scheme, &names.scheme);
    let mut items = credentials::items(scheme, names);
    items.extend(sign_method_enum(platform, &variants(names)));
    items.push(sign_function(scheme, names));
    items.insert(0, imports(&items));
    let docs = vec![format!("The signature, compiled from the recipe {}.", docs::code(&scheme.name))];
    SourceFile::new(format!("specs/{}/platform.yaml", platform.name), docs, items)
}

/// Returns the function that signs.
fn sign_function(scheme: &Scheme, names: &SchemeNames) -> TokenStream {
    match (&scheme.methods, names.plans.first()) {
        (Methods::Single(plan), Some(locals)) => function::item(scheme, plan, names, locals),
        _ => methods::item(scheme, names),
    }
}

/// Returns the re-exports in the platform's module.
pub(super) fn exports(_: &Platform, names: &PlatformNames) -> TokenStream {
    if variants(&names.scheme).is_empty() {
        quote! { pub use self::signing::Credentials; }
    } else {
        quote! { pub use self::signing::{Credentials, SignMethod}; }
    }
}

/// Returns the signing items of `impl Platform`.
pub(super) fn sign_method(_: &Platform, names: &PlatformNames) -> TokenStream {
    let (method_type, parameter, argument) = if variants(&names.scheme).is_empty() {
        (quote! { () }, quote! { (): () }, quote! {})
    } else {
        (quote! { SignMethod }, quote! { method: SignMethod }, quote! { method, })
    };
    quote! {
        type SignMethod = #method_type;

        fn sign(
            parts: &mut crate::rt::sign::Parts,
            credentials: &Credentials,
            #parameter,
            moment: &crate::rt::sign::Moment<'_>,
        ) -> Result<(), crate::rt::sign::SignError> {
            signing::sign(parts, credentials, #argument moment)
        }
    }
}

fn variants(names: &SchemeNames) -> Vec<&Identifier> {
    names.plans.iter().filter_map(|plan| plan.variant.as_ref()).collect()
}

fn sign_method_enum(platform: &Platform, names: &[&Identifier]) -> Option<TokenStream> {
    let Methods::Variants { all, default } = &platform.scheme.methods else { return None };
    let variants = all.iter().zip(names).enumerate().map(|(index, (variant, name))| {
        let docs = docs::attributes(&[docs::code(&variant.name)]);
        let default = (index == *default).then(|| quote! { #[default] });
        quote! { #docs #default #name }
    });
    Some(quote! {
        /// Methods of signing a request.
        #[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum SignMethod { #(#variants),* }
    })
}

/// Returns the runtime's variant for a location.
pub(super) fn location(location: Location) -> TokenStream {
    match location {
        Location::Path => quote! { Location::Path },
        Location::Query => quote! { Location::Query },
        Location::Form => quote! { Location::Form },
        Location::Json => quote! { Location::Json },
        Location::Xml => quote! { Location::Xml },
        Location::Headers => quote! { Location::Headers },
        Location::Set(index) => {
            let index = Literal::u8_unsuffixed(index);
            quote! { Location::Set(#index) }
        }
    }
}

/// Names of the runtime that signing functions may use.
const IMPORTS: &[&str] = &[
    "KeyAlgorithm",
    "Location",
    "Moment",
    "NonceForm",
    "Order",
    "Pairs",
    "Parts",
    "SecretBytes",
    "SecretText",
    "SignError",
];

/// Returns the `use` statements for the names that the items mention.
fn imports(items: &[TokenStream]) -> TokenStream {
    let all: TokenStream = items.iter().cloned().collect();
    let module = calls_module(&all, "sign").then(|| quote! { self, });
    let names = IMPORTS.iter().filter(|name| mentions(&all, name));
    let names = names.map(|name| fixed(name));
    let of_credentials = ["CredentialsError", "KeySource", "PrivateKey", "Secret"]
        .into_iter()
        .filter(|name| mentions(&all, name))
        .map(fixed);
    let of_credentials: Vec<_> = of_credentials.collect();
    let of_credentials = (!of_credentials.is_empty()).then(|| quote! { use crate::rt::{#(#of_credentials),*}; });
    quote! {
        #of_credentials
        use crate::rt::sign::{#module #(#names),*};
    }
}

#[cfg(test)]
mod tests;
