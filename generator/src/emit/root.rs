//! The crate's root: the binding to the runtime, what users need of it, and the platforms.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::model::Model;
use crate::names::Names;
use crate::render::SourceFile;

/// `src/lib.rs`.
pub(super) fn file(model: &Model, names: &Names) -> SourceFile {
    let modules = model.platforms.iter().zip(&names.platforms).map(|(_, names)| {
        let module = &names.module;
        quote! { pub mod #module; }
    });
    let items = [runtime(), exports(), transport()].into_iter().chain(modules).collect();
    SourceFile { origin: "specs/crate.yaml".to_owned(), docs: crate_docs(model, names), items }
}

/// The one line through which all generated code reaches the runtime.
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
            Answer, BaseUrlError, Checks, Client, Clock, Coercion, CoercionKind, Coercions, Date, Decimal, DecodeError,
            DecodeProblem, Endpoint, Error, ErrorRow, File, FixedClock, HttpError, Json, JsonError, JsonKind, Map, MapValue, Method,
            Nonce,
            NonceError, Operation, Platform, PlatformError, Rule, Secret, Session, SignError, StatusError, SystemClock, SystemNonce, Transport,
            TransportError, TransportProblem, UnknownValue, Violation, Violations, Zone, from_json, http, to_json,
            to_json_pretty,
        };
    }
}

fn transport() -> TokenStream {
    quote! {
        #[cfg(feature = "blocking")]
        #[doc(inline)]
        pub use ::apograph_runtime::BlockingTransport;
    }
}

fn crate_docs(model: &Model, names: &Names) -> Vec<String> {
    let mut table = vec!["| platform | module | default gateway |".to_owned(), "|---|---|---|".to_owned()];
    for (platform, names) in model.platforms.iter().zip(&names.platforms) {
        let title = docs::prose(&platform.title).into_iter().next().unwrap_or_default();
        let gateway = platform.environments.first().map(|environment| docs::code(&environment.url)).unwrap_or_default();
        table.push(format!("| {title} | [`{module}`](mod@{module}) | {gateway} |", module = names.module));
    }
    docs::paragraphs([
        docs::prose(&model.package.description),
        table,
        vec![
            "A request is a struct with setters; a `Client` of its platform signs it into an `http::Request` and reads the".to_owned(),
            "`http::Response` into a typed answer. Each family of endpoints is a Cargo feature.".to_owned(),
        ],
    ])
}
