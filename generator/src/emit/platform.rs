//! A platform's module: its marker type, its gateways, its protocol and its families.

use proc_macro2::TokenStream;
use quote::quote;

use super::{DOCUMENT, docs, feature, protocol, signing};
use crate::model::{Environment, Family, Platform};
use crate::names::{FamilyNames, PlatformNames};
use crate::render::{SourceFile, markdown_banner};
use crate::terms::REMOVED;

/// Returns the `mod.rs` of one platform.
pub(super) fn file(platform: &Platform, names: &PlatformNames) -> SourceFile {
    let families = || platform.families.iter().zip(&names.families);
    let contents: TokenStream = families().map(|(family, names)| contents(family, names)).collect();
    let mut items = Vec::new();
    if !contents.is_empty() {
        items.push(contents);
    }
    items.extend(families().map(|(family, names)| family_module(family, names)));
    items.push(quote! { mod signing; });
    items.push(signing::exports(platform, names));
    items.push(quote! { use crate::rt; });
    items.push(marker(platform, names));
    items.extend(environment(platform, names));
    items.push(platform_impl(platform, names));
    items.extend(platform.protocol_document.as_ref().map(|_| document_module()));
    let document = "The rules of requests, signatures and answers: [`protocol`].";
    let document = platform.protocol_document.as_ref().map(|_| vec![document.to_owned()]);
    let docs = docs::paragraphs([docs::prose(&platform.title), document.unwrap_or_default(), contents_head(platform)]);
    SourceFile::new(format!("specs/{}/platform.yaml", platform.name), docs, items)
}

/// Returns the copy of the platform's `PROTOCOL.md` that the package carries.
///
/// Unlike vendors' texts it is not escaped: people who write specs write and review it, as Markdown, and its code blocks
/// are never run because doc tests of the package are off.
pub(super) fn document(platform: &Platform, text: &str) -> String {
    format!("{}\n{text}", markdown_banner(&format!("specs/{}/{DOCUMENT}", platform.name)))
}

/// The document as a page of the docs.
fn document_module() -> TokenStream {
    quote! {
        /// How requests, signatures and answers work on this platform, with the evidence for each rule.
        ///
        #[doc = include_str!(#DOCUMENT)]
        pub mod protocol {}
    }
}

/// Returns the head of the table of APIs, if there are any. Its rows follow as attributes.
fn contents_head(platform: &Platform) -> Vec<String> {
    let head = "# APIs\n\n| API | title | request |\n|---|---|---|";
    if platform.families.is_empty() { Vec::new() } else { head.lines().map(str::to_owned).collect() }
}

/// Returns the rows of a family in the table of APIs.
///
/// A link to a module that is not compiled would be broken, so the rows depend on the family's feature. Without it, one row
/// names the feature.
fn contents(family: &Family, names: &FamilyNames) -> TokenStream {
    let (module, condition) = (&names.module, feature::condition(family));
    let rows = family.endpoints.iter().zip(&names.endpoints).map(|(endpoint, names)| {
        let (api, title) = (docs::code(&endpoint.api), docs::first_line(&endpoint.title));
        let title = if endpoint.origin.is_lock() { REMOVED.to_owned() } else { title };
        format!(" | {api} | {title} | [`{module}::{request}`] |", request = names.request)
    });
    let title = docs::first_line(&family.title);
    let off = format!(
        " | {} | {title} | not compiled: enable the feature {} |",
        count(family.endpoints.len()),
        docs::code(&family.feature)
    );
    quote! {
        #(#![cfg_attr(#condition, doc = #rows)])*
        #![cfg_attr(not(#condition), doc = #off)]
    }
}

/// `1 API`, `2 APIs`
pub(super) fn count(apis: usize) -> String {
    match apis {
        1 => "1 API".to_owned(),
        count => format!("{count} APIs"),
    }
}

fn family_module(family: &Family, names: &FamilyNames) -> TokenStream {
    let (module, condition) = (&names.module, feature::condition(family));
    quote! {
        #[cfg(#condition)]
        pub mod #module;
    }
}

fn marker(platform: &Platform, names: &PlatformNames) -> TokenStream {
    let marker = &names.marker;
    let docs = docs::attributes(&docs::prose(&platform.title));
    quote! {
        #docs
        #[derive(Copy, Clone, Debug)]
        pub struct #marker;
    }
}

fn environment(platform: &Platform, names: &PlatformNames) -> [TokenStream; 2] {
    let variants =
        platform.environments.iter().zip(&names.environments).enumerate().map(|(index, (environment, name))| {
            let docs = docs::attributes(&address(environment));
            let default = (index == 0).then(|| quote! { #[default] });
            quote! { #docs #default #name }
        });
    let arms = platform.environments.iter().zip(&names.environments).map(|(environment, name)| {
        let url = &environment.url;
        quote! { Self::#name => #url }
    });
    [
        quote! {
            /// The platform's gateways.
            #[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
            #[non_exhaustive]
            pub enum Environment { #(#variants),* }
        },
        quote! {
            impl rt::Environment for Environment {
                fn base_url(self) -> &'static str {
                    match self { #(#arms),* }
                }
            }
        },
    ]
}

/// What the docs of an environment state.
fn address(environment: &Environment) -> Vec<String> {
    let warning = "**Insecure:** requests and answers are not encrypted. Everybody between the client and the gateway \
                   can read and change them.";
    let warning = environment.insecure.then(|| vec![warning.to_owned()]);
    docs::paragraphs([vec![docs::code(&environment.url)], warning.unwrap_or_default()])
}

fn platform_impl(platform: &Platform, names: &PlatformNames) -> TokenStream {
    let marker = &names.marker;
    let protocol = protocol::value(&platform.protocol);
    let sign = signing::sign_method(platform, names);
    quote! {
        impl rt::Platform for #marker {
            type Credentials = Credentials;
            type Environment = Environment;
            const PROTOCOL: rt::Protocol = #protocol;
            #sign
        }
    }
}
