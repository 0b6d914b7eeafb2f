//! The root of the crate: the binding to the runtime, re-exports for users, and the platforms.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, example};
use crate::model::{Environment, Model};
use crate::names::Names;
use crate::render::SourceFile;

/// Returns `src/lib.rs`.
pub(super) fn file(model: &Model, names: &Names) -> SourceFile {
    let modules = model.platforms.iter().zip(&names.platforms).map(|(_, names)| {
        let module = &names.module;
        quote! { pub mod #module; }
    });
    let items = [show_features(), runtime(), exports(), optional_exports()].into_iter().chain(modules).collect();
    SourceFile { origin: "specs/crate.yaml".to_owned(), docs: crate_docs(model, names), items }
}

/// Lets docs.rs, which builds with a nightly compiler, mark each item with the feature that it needs.
fn show_features() -> TokenStream {
    quote! { #![cfg_attr(docsrs, feature(doc_cfg))] }
}

/// Binds the runtime. All generated code refers to it through this line.
fn runtime() -> TokenStream {
    quote! {
        #[doc(hidden)]
        pub use ::apograph_runtime as rt;
    }
}

fn exports() -> TokenStream {
    quote! {
        #[doc(inline)]
        pub use ::apograph_runtime::{
            Answer, AsyncClient, AsyncTransport, Attempt, BaseUrlError, BlockingClient, Call, Checks, Client, Clock, ClockSkew, Coercion, CoercionKind, Coercions, Comparison, Coverage, CredentialsError, CredentialsProblem, Date, Decimal, DecodeError,
            DecodeProblem, Encoding, Endpoint, Error, ErrorRow, Excerpt, File, FixedClock, HttpError, Json, JsonError, JsonKind, Location, Map, MapValue, Method,
            Nonce,
            NonceError, Operation, Platform, PlatformError, RateLimit, RawRequest, RetryPolicy, Rule, Secret, SentParameter, Session, SignError, SigningReport, SigningStep, StatusError, Subject, Timeout, Transport,
            TransportError, TransportFuture, TransportProblem, UnknownValue, Violation, Violations, Zone, from_json, http, to_json,
            to_json_pretty,
        };
    }
}

fn optional_exports() -> TokenStream {
    quote! {
        #[cfg(feature = "async")]
        #[doc(inline)]
        pub use ::apograph_runtime::ReqwestTransport;
        #[cfg(feature = "blocking")]
        #[doc(inline)]
        pub use ::apograph_runtime::UreqTransport;
        #[cfg(any(feature = "async", feature = "blocking"))]
        #[doc(inline)]
        pub use ::apograph_runtime::{HttpOptions, Proxy};
        #[cfg(feature = "system")]
        #[doc(inline)]
        pub use ::apograph_runtime::{SystemClock, SystemNonce};
        #[cfg(feature = "testing")]
        pub use ::apograph_runtime::testing;
    }
}

fn crate_docs(model: &Model, names: &Names) -> Vec<String> {
    let example = example::pick(model, names).map(|example| example.lines());
    docs::paragraphs([
        docs::prose(&model.package.description),
        platforms(model, names),
        vec![
            "A request is a struct with setters. A [`Client`] signs it and decodes the answer, without any I/O. With one of".to_owned(),
            "the features `async` and `blocking` it becomes an [`AsyncClient`] or a [`BlockingClient`], which sends requests".to_owned(),
            "and repeats failed ones. Each family of APIs is a Cargo feature. Without the feature `system`, which is on by".to_owned(),
            "default, `Client::with_sources` replaces `Client::new`, and the crate builds for `wasm32-unknown-unknown`.".to_owned(),
        ],
        example.unwrap_or_default(),
    ])
}

fn gateway(environment: &Environment) -> String {
    let mark = if environment.insecure { " (insecure)" } else { "" };
    format!("{}{mark}", docs::code(&environment.url))
}

fn platforms(model: &Model, names: &Names) -> Vec<String> {
    let mut table = vec!["| platform | module | default gateway |".to_owned(), "|---|---|---|".to_owned()];
    for (platform, names) in model.platforms.iter().zip(&names.platforms) {
        let title = docs::prose(&platform.title).into_iter().next().unwrap_or_default();
        let gateway = platform.environments.first().map(gateway).unwrap_or_default();
        table.push(format!("| {title} | [`{module}`](mod@{module}) | {gateway} |", module = names.module));
    }
    table
}
