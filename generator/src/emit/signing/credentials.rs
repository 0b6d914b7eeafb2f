//! The credentials of a caller.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::names::{CredentialNames, SchemeNames};
use crate::recipe::{Credential, CredentialKind, Scheme};

/// Returns the struct, its constructor and setters, its session, and an instance for tests.
pub(super) fn items(scheme: &Scheme, names: &SchemeNames) -> Vec<TokenStream> {
    let all: Vec<Entry<'_>> = scheme.credentials.iter().zip(&names.credentials).collect();
    vec![structure(&all), methods(&all), session(scheme, &all), for_test(&all)]
}

type Entry<'a> = (&'a Credential, &'a CredentialNames);

fn structure(all: &[Entry<'_>]) -> TokenStream {
    let fields = all.iter().map(|(credential, names)| {
        let (field, of_value) = (&names.field, value_type(credential));
        if credential.optional {
            quote! { #field: Option<#of_value> }
        } else {
            quote! { #field: #of_value }
        }
    });
    let default = all.iter().all(|(credential, _)| credential.optional).then(|| quote! { #[derive(Default)] });
    quote! {
        /// Credentials of a caller. `Debug` shows `***` for secrets and tokens.
        #[derive(Clone, Debug)]
        #default
        pub struct Credentials { #(#fields),* }
    }
}

fn value_type(credential: &Credential) -> TokenStream {
    match credential.kind {
        CredentialKind::Id => quote! { String },
        CredentialKind::Token | CredentialKind::Secret => quote! { Secret },
        CredentialKind::PrivateKey => quote! { PrivateKey },
    }
}

fn methods(all: &[Entry<'_>]) -> TokenStream {
    let required = all.iter().filter(|(credential, _)| !credential.optional);
    let parameters = required.map(|(credential, names)| {
        let (field, of_value) = (&names.field, value_type(credential));
        if credential.kind == CredentialKind::PrivateKey {
            quote! { #field: impl Into<KeySource> }
        } else {
            quote! { #field: impl Into<#of_value> }
        }
    });
    let fields = all.iter().map(|(credential, names)| {
        let field = &names.field;
        if credential.optional {
            quote! { #field: None }
        } else {
            let name = &credential.name;
            let read = if credential.kind == CredentialKind::PrivateKey {
                quote! { private_key }
            } else {
                quote! { credential }
            };
            quote! { #field: crate::rt::#read(#name, #field)? }
        }
    });
    let (result, value) = (quote! { Self }, quote! { Self { #(#fields),* } });
    let (result, value) = if can_fail(all) {
        (quote! { Result<#result, CredentialsError> }, quote! { Ok(#value) })
    } else {
        (result, value)
    };
    let docs = docs::attributes(&constructor_docs(all));
    let setters = all.iter().filter(|(credential, _)| credential.optional).map(setter);
    quote! {
        impl Credentials {
            #docs
            pub fn new(#(#parameters),*) -> #result {
                #value
            }

            #(#setters)*
        }
    }
}

fn constructor_docs(all: &[Entry<'_>]) -> Vec<String> {
    let mut lines = vec!["Creates the credentials that every call needs.".to_owned(), String::new()];
    for (credential, names) in all.iter().filter(|(credential, _)| !credential.optional) {
        lines.push(format!("* `{}`: {}", names.field, meaning(credential.kind)));
    }
    if !can_fail(all) {
        lines.truncate(1);
        return lines;
    }
    let has_key = all.iter().any(|(credential, _)| credential.kind == CredentialKind::PrivateKey);
    let errors = if has_key {
        "[`CredentialsError`] if one is empty, starts or ends with white space or a control character, or is not a private key."
    } else {
        "[`CredentialsError`] if one is empty, or starts or ends with white space or a control character."
    };
    lines.extend(["", "# Errors", "", errors].map(str::to_owned));
    lines
}

/// Whether the constructor checks anything: optional credentials are set later, and a blank one counts as missing.
fn can_fail(all: &[Entry<'_>]) -> bool {
    all.iter().any(|(credential, _)| !credential.optional)
}

/// Implements credentials for tests, all of which are set.
fn for_test(all: &[Entry<'_>]) -> TokenStream {
    let fields = all.iter().map(|(credential, names)| {
        let (field, text) = (&names.field, format!("test-{}", credential.name));
        if credential.kind == CredentialKind::PrivateKey && credential.optional {
            quote! { #field: Some(PrivateKey::for_test()) }
        } else if credential.kind == CredentialKind::PrivateKey {
            quote! { #field: PrivateKey::for_test() }
        } else if credential.optional {
            quote! { #field: Some(#text.into()) }
        } else {
            quote! { #field: #text.into() }
        }
    });
    quote! {
        #[cfg(feature = "testing")]
        impl crate::rt::testing::TestCredentials for Credentials {
            fn for_test() -> Self {
                Self { #(#fields),* }
            }
        }
    }
}

fn meaning(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Id => "public, sent with every call",
        CredentialKind::Token => "sent with calls, hidden in `Debug`",
        CredentialKind::Secret => "never sent, hidden in `Debug`",
        CredentialKind::PrivateKey => {
            "an RSA private key as PEM or base64, or a `PrivateKey`; never sent, hidden in `Debug`"
        }
    }
}

fn setter((credential, names): &Entry<'_>) -> TokenStream {
    let (field, setter, of_value) = (&names.field, &names.setter, value_type(credential));
    let text = format!("Sets {}: {}.", docs::code(&credential.name), meaning(credential.kind));
    if credential.kind == CredentialKind::PrivateKey {
        let errors = "[`CredentialsError`] if it is not a private key.".to_owned();
        let docs = docs::attributes(&[text, String::new(), "# Errors".to_owned(), String::new(), errors]);
        let name = &credential.name;
        return quote! {
            #docs
            pub fn #setter(mut self, #field: impl Into<KeySource>) -> Result<Self, CredentialsError> {
                self.#field = Some(crate::rt::private_key(#name, #field)?);
                Ok(self)
            }
        };
    }
    let docs = docs::attributes(&[text]);
    quote! {
        #docs
        #[must_use]
        pub fn #setter(mut self, #field: impl Into<#of_value>) -> Self {
            self.#field = Some(#field.into());
            self
        }
    }
}

/// Implements access to the session, which is the only token, and to everything that must be masked.
fn session(scheme: &Scheme, all: &[Entry<'_>]) -> TokenStream {
    let secrets = secrets(all);
    let Some((credential, names)) = scheme.session().and_then(|index| all.get(index)) else {
        return quote! { impl crate::rt::Credentials for Credentials { #secrets } };
    };
    let field = &names.field;
    let (get, set) = if credential.optional {
        (quote! { self.#field.as_ref() }, quote! { self.#field = session; })
    } else {
        (quote! { Some(&self.#field) }, quote! { if let Some(session) = session { self.#field = session; } })
    };
    quote! {
        impl crate::rt::Credentials for Credentials {
            #secrets

            fn session(&self) -> Option<&Secret> {
                #get
            }

            fn with_session(mut self, session: Option<Secret>) -> Self {
                #set
                self
            }
        }
    }
}

fn secrets(all: &[Entry<'_>]) -> TokenStream {
    let is_text = |kind| matches!(kind, CredentialKind::Token | CredentialKind::Secret);
    let confidential = all.iter().filter(|(credential, _)| is_text(credential.kind));
    let secrets = confidential.map(|(credential, names)| {
        let (name, field) = (&credential.name, &names.field);
        let value = if credential.optional {
            quote! { self.#field.as_ref() }
        } else {
            quote! { Some(&self.#field) }
        };
        quote! { (#name, #value) }
    });
    let secrets: Vec<TokenStream> = secrets.collect();
    let value = if secrets.is_empty() {
        quote! { Vec::new() }
    } else {
        quote! { Vec::from([#(#secrets),*]) }
    };
    quote! {
        fn secrets(&self) -> Vec<(&'static str, Option<&Secret>)> {
            #value
        }
    }
}
