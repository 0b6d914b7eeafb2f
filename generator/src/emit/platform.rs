//! A platform's module: the type that stands for it, its gateways, its protocol and its families.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, protocol, signing};
use crate::model::{Family, Platform};
use crate::names::{FamilyNames, PlatformNames};
use crate::render::SourceFile;

/// The `mod.rs` of one platform.
pub(super) fn file(platform: &Platform, names: &PlatformNames) -> SourceFile {
    let families = platform.families.iter().zip(&names.families).map(|(family, names)| family_module(family, names));
    let mut items: Vec<TokenStream> = families.collect();
    items.push(quote! { mod signing; });
    items.push(signing::exports(platform, names));
    items.push(quote! { use crate::rt; });
    items.push(marker(platform, names));
    items.extend(environment(platform, names));
    items.push(platform_impl(platform, names));
    let docs = docs::prose(&platform.title);
    SourceFile { origin: format!("specs/{}/platform.yaml", platform.name), docs, items }
}

fn family_module(family: &Family, names: &FamilyNames) -> TokenStream {
    let (module, feature) = (&names.module, &family.feature);
    quote! {
        #[cfg(feature = #feature)]
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
            let docs = docs::attributes(&[docs::code(&environment.url)]);
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
