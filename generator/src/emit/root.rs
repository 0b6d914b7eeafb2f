//! The root of the crate: the binding to the runtime, re-exports for users, and the platforms.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, example, gate, readme};
use crate::model::{Environment, Model};
use crate::names::Names;
use crate::render::SourceFile;

/// Returns `src/lib.rs`.
pub(super) fn file(model: &Model, names: &Names, is_embedded: bool) -> SourceFile {
    let modules = model.platforms.iter().zip(&names.platforms).map(|(platform, names)| {
        let (module, gate) = (&names.module, gate::attribute(platform));
        quote! { #gate pub mod #module; }
    });
    let rt = if is_embedded {
        quote! { crate::rt }
    } else {
        quote! { ::apograph_runtime }
    };
    let fixed = [show_features(), runtime(is_embedded), exports(&rt), optional_exports(&rt)];
    SourceFile::new("specs/crate.yaml".to_owned(), crate_docs(model, names), fixed.into_iter().chain(modules))
}

/// Lets docs.rs, which builds with a nightly compiler, mark each item with the feature that it needs.
fn show_features() -> TokenStream {
    quote! { #![cfg_attr(docsrs, feature(doc_cfg))] }
}

/// Binds the runtime. All generated code refers to it through this line.
fn runtime(is_embedded: bool) -> TokenStream {
    let item = if is_embedded {
        quote! { pub mod rt; }
    } else {
        quote! { pub use ::apograph_runtime as rt; }
    };
    quote! {
        #[doc(hidden)]
        #item
    }
}

fn exports(rt: &TokenStream) -> TokenStream {
    quote! {
        #[doc(inline)]
        pub use #rt::{
            Answer, AsyncClient, AsyncTransport, Attempt, BaseUrlError, BlockingClient, Call, Checks, Client, Clock,
            ClockSkew, Coercion, CoercionKind, Coercions, Comparison, Coverage, CredentialsError, CredentialsProblem,
            Date, Decimal, DecodeError, DecodeProblem, Encoding, Endpoint, Error, ErrorRow, Excerpt, File, FixedClock,
            HttpError, Json, JsonError, JsonKind, Location, Map, MapValue, Method, Nonce, NonceError, Operation,
            Platform, PlatformError, RateLimit, RawRequest, RetryPolicy, Rule, Secret, SentParameter, Session,
            SignError, SigningReport, SigningStep, StatusError, Subject, Timeout, Transport, TransportError,
            TransportFuture, TransportProblem, UnknownValue, Violation, Violations, Zone, from_json, to_json,
            to_json_pretty,
        };
        #[doc(no_inline)]
        pub use #rt::http;
    }
}

fn optional_exports(rt: &TokenStream) -> TokenStream {
    quote! {
        #[cfg(feature = "async")]
        #[doc(inline)]
        pub use #rt::ReqwestTransport;
        #[cfg(feature = "blocking")]
        #[doc(inline)]
        pub use #rt::UreqTransport;
        #[cfg(any(feature = "async", feature = "blocking"))]
        #[doc(inline)]
        pub use #rt::{HttpOptions, Proxy};
        #[cfg(feature = "system")]
        #[doc(inline)]
        pub use #rt::{SystemClock, SystemNonce};
        #[cfg(feature = "testing")]
        pub use #rt::testing;
    }
}

fn crate_docs(model: &Model, names: &Names) -> Vec<String> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let first_call = example::pick(model, names).map(|program| {
        let dependency = readme::dependency(&model.package, program.feature);
        docs::paragraphs([lines("# First call"), dependency, program.lines()])
    });
    docs::paragraphs([
        docs::prose(&model.package.description),
        platforms(model, names),
        lines(FINDING),
        first_call.unwrap_or_default(),
        lines(CLIENTS),
        lines("# Features"),
        readme::features(model),
    ])
}

/// How readers find an API in these docs.
const FINDING: &str = "\
The page of a platform lists its APIs by name and title. The search finds the request of an API by the API's name with
underscores in it, and by the name of its class in the vendor's SDKs. The docs of each request show a call.";

/// What clients, requests, answers and errors are.
const CLIENTS: &str = "\
# Requests and answers

* A request is a struct with setters. Every field is optional in the types; required marks and limits are checked when a
  request is encoded.
* A [`Client`] signs requests and decodes answers, without any I/O. With the feature `blocking` it becomes a
  [`BlockingClient`], with `async` an [`AsyncClient`]: these send requests and repeat failed attempts. Any other HTTP library
  can be used through [`Transport`] and [`AsyncTransport`], or with [`Client::request`] and [`Client::answer`].
* An [`Answer`] has the typed value, the request id, the HTTP response, and each deviation from the documented format.
* An [`Error`] explains what failed and what to do, and states whether a retry can succeed and how long to wait.
* [`Client::explain`] shows how a request is signed: every parameter, the text to sign with secrets masked, and the
  signature. Use it when a platform rejects a signature.
* With the feature `testing`, the module `testing` has a mock that answers calls in the process.";

fn gateway(environment: &Environment) -> String {
    let mark = if environment.insecure { " (insecure)" } else { "" };
    format!("{}{mark}", docs::code(&environment.url))
}

fn platforms(model: &Model, names: &Names) -> Vec<String> {
    let mut table = vec!["| platform | module | default gateway |".to_owned(), "|---|---|---|".to_owned()];
    for (platform, names) in model.platforms.iter().zip(&names.platforms) {
        let title = docs::first_line(&platform.title);
        let gateway = platform.environments.first().map(gateway).unwrap_or_default();
        let module = &names.module;
        // A link to a module that is not compiled would be broken.
        let module =
            if gate::is_gated(platform) { format!("`{module}`") } else { format!("[`{module}`](mod@{module})") };
        table.push(format!("| {title} | {module} | {gateway} |"));
    }
    table
}
