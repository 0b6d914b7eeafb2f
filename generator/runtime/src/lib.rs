//! Runtime of the API clients that apograph generates.
//!
//! A generated crate describes the platforms' endpoints as small typed tables. This crate does the work for all of
//! them:
//!
//! * [`Client`] turns a typed request into a signed [`http::Request`], and an [`http::Response`] into an [`Answer`]. It
//!   does no I/O of its own.
//! * [`BlockingClient`] and [`AsyncClient`] send calls with a [`Transport`] or [`AsyncTransport`], and repeat failed
//!   attempts by the [`RetryPolicy`]. `UreqTransport` (feature `blocking`) and `ReqwestTransport` (feature `async`)
//!   are ready-made transports.
//! * [`Error`] explains why a call failed and what to do, whether a later attempt may succeed, and how long to wait.
//! * [`Date`], [`Decimal`], [`Json`], [`Map`] and [`File`] are value types that Rust's standard library lacks. They
//!   keep the text that is sent or received, and parse it on demand.
//! * [`SigningReport`] shows what was signed and how, with secrets masked: see [`Client::explain`].
//! * [`Secret`], [`Clock`] and [`Nonce`] keep keys out of logs and make signatures reproducible.
//!
//! Decoding is tolerant, because servers do not always follow the documentation. Each deviation is recorded as a
//! [`Coercion`] in [`Answer::coercions`]. `Debug` of requests and answers shows kinds and lengths instead of values,
//! because they carry personal data.
//!
//! # Features
//!
//! No feature is on by default.
//!
//! | feature | content |
//! |---|---|
//! | `async` | `ReqwestTransport`, an asynchronous HTTP transport with TLS, for tokio; includes `system` |
//! | `blocking` | `UreqTransport`, a blocking HTTP transport with TLS; includes `system` |
//! | `system` | `Client::new`, with the clock and the random source of the operating system: `SystemClock` and `SystemNonce` |
//! | `serde` | `Serialize` and `Deserialize` of generated types |
//! | `chrono` | setters accept the dates of chrono 0.4, and [`Date::to_chrono`](Date) converts back |
//! | `jiff` | setters accept the dates of jiff 0.2, and [`Date::to_jiff`](Date) converts back |
//! | `rust_decimal` | conversions of [`Decimal`] from and to that of rust_decimal 1 |
//! | `tracing` | spans for each call and attempt, of the crate `tracing` |
//! | `debug-values` | `Debug` shows values, which may be personal data: for tests only |
//! | `testing` | for tests: `testing::Mock`, a platform in the process |
//! | `hmac`, `md5`, `rsa`, `sha1`, `sha2` | digests and signatures; a generated crate enables those that its platforms use |
//!
//! The features `chrono`, `jiff` and `rust_decimal` make types of other crates a part of this crate's interface. Another
//! major version of such a crate (the second number, for a version 0.x) is a breaking change here.
//!
//! Without `system`, [`Client::with_sources`] takes a [`Clock`] and a [`Nonce`] from the caller, and the crate builds for
//! `wasm32-unknown-unknown`.
//!
//! Items that only generated code uses are public, but hidden from these pages.

#![cfg_attr(docsrs, feature(doc_cfg))]

// There, std's clock compiles and panics when it is read.
#[cfg(all(feature = "system", target_family = "wasm", target_os = "unknown"))]
compile_error!(
    "the feature `system` needs an operating system, which this target lacks: turn it off (it is a default feature of a \
     generated crate, and `async` and `blocking` include it) and create clients with `Client::with_sources`"
);

mod answer;
#[doc(hidden)]
pub mod base_url;
mod client;
mod clock;
mod coercion;
mod decode;
mod encode;
mod error;
mod error_table;
mod explain;
mod explanation;
#[cfg(test)]
mod fixture;
mod generic;
#[doc(hidden)]
pub mod grow;
mod nonce;
mod object;
mod operation;
mod path;
mod plain_text;
mod protocol;
mod received;
mod request;
mod retry;
mod secret;
mod serde_bridge;
mod show;
#[doc(hidden)]
pub mod sign;
mod skew;
#[cfg(feature = "sources")]
#[doc(hidden)]
pub mod sources;
#[cfg(any(feature = "testing", test))]
pub mod testing;
mod transport;
mod value;
#[cfg(any(feature = "testing", test))]
#[doc(hidden)]
pub mod vectors;

pub use answer::Answer;
pub use client::{AsyncClient, Attempt, BlockingClient, Call, Client, RawRequest, Subject};
#[cfg(any(feature = "system", test))]
pub use clock::SystemClock;
pub use clock::{Clock, FixedClock, Zone};
pub use coercion::{Coercion, CoercionKind, Coercions};
pub use decode::from_json;
pub use encode::{Checks, to_json, to_json_pretty};
pub use error::{
    BaseUrlError, CredentialsError, CredentialsProblem, DecodeError, DecodeProblem, Error, HttpError, PlatformError,
    Rule, StatusError, Timeout, TransportError, TransportProblem, Violation, Violations,
};
pub use explain::{Comparison, Coverage, Encoding, Excerpt, SentParameter, SigningReport, SigningStep};
/// The crate that defines the requests and responses of the client, re-exported so that users need no dependency on a
/// matching version.
pub use http;
#[cfg(any(feature = "system", test))]
pub use nonce::SystemNonce;
pub use nonce::{Nonce, NonceError};
pub use operation::{Endpoint, ErrorRow, Method, Operation, Session};
pub use protocol::{Credentials, Environment, Platform};
pub use retry::{RateLimit, RetryPolicy};
pub use secret::Secret;
pub use sign::{KeyAlgorithm, KeySource, Location, PrivateKey, SignError, Signer, UnreadableKey};
pub use skew::ClockSkew;
#[cfg(feature = "async")]
pub use transport::ReqwestTransport;
#[cfg(feature = "blocking")]
pub use transport::UreqTransport;
pub use transport::{AsyncTransport, Transport, TransportFuture};
#[cfg(any(feature = "async", feature = "blocking"))]
pub use transport::{HttpOptions, Proxy};
pub use value::{Date, Decimal, File, Json, JsonError, JsonKind, Map, MapValue, UnknownValue};

/// For calls of APIs that no generated type represents.
#[doc(hidden)]
pub use client::TableRequest;
#[doc(hidden)]
pub use decode::{Branch, Tree, load};
/// For tests.
#[doc(hidden)]
pub use decode::{readers_agree, readers_agree_on_text};
#[doc(hidden)]
pub use encode::integer_against;
#[doc(hidden)]
pub use error::{CredentialText, credential};
pub use error_table::{ErrorTable, KnownError};
#[doc(hidden)]
pub use generic::{cloned, debug, equal};
#[doc(hidden)]
pub use object::{
    Element, EnumSlot, Field, Fields, Kind, List, ListSlot, Mark, Object, ObjectSlot, Shape, Slot, Value, View,
    enum_slot, enum_view, list_of, list_of_mut, set, set_list, table,
};
#[doc(hidden)]
pub use protocol::{
    Absent, Blank, BodyForm, DateForm, DecimalForm, Envelope, EnvelopeNames, HttpEnvelope, IntegerForm, JsonForm,
    KeyOrder, NullForm, Parameter, ParameterValue, Paths, Protocol, RequestRules, ResponseRules, RetryRules,
    RootEnvelope, ScalarLists, StatusEnvelope, ValueRules,
};
/// The crate whose traits generated types implement through [`serialize`] and [`deserialize`].
#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use serde_bridge::{deserialize, serialize};
#[doc(hidden)]
pub use sign::{Moment, NonceForm, Notes, Parts, private_key};
#[doc(hidden)]
pub use value::{OpenEnum, Wire, find_value, open_enum, wire_value};
