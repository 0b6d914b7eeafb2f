//! The hand-written half of every crate that apograph generates.
//!
//! A generated crate holds the platforms' endpoints as small typed tables; this crate does the work for all of them:
//!
//! * [`Client`] turns an endpoint's request into a signed [`http::Request`] and an [`http::Response`] into an
//!   [`Answer`]. It does no I/O by itself; [`Transport`] is where I/O is plugged in, and `BlockingTransport` (feature
//!   `blocking`) is one that works out of the box.
//! * [`Error`] says what went wrong, whether a later attempt may succeed, and how long to wait before it.
//! * [`Date`], [`Decimal`], [`Json`], [`Map`] and [`File`] are the values that Rust has no type of its own for. They
//!   keep the text that travels and parse it on demand.
//! * [`Secret`], [`Clock`] and [`Nonce`] keep keys out of logs and make signatures reproducible.
//!
//! Decoding is tolerant, because pages and servers disagree, and every tolerance is counted in [`Answer::coercions`].
//! `Debug` of requests and answers shows kinds and lengths instead of values, because they carry personal data.
//!
//! What only generated code names is public and hidden from these pages.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod client;
mod clock;
mod coercion;
mod decode;
mod encode;
mod error;
#[cfg(test)]
mod fixture;
mod generic;
mod nonce;
mod object;
mod operation;
mod path;
mod protocol;
mod request;
mod retry;
mod secret;
mod serde_bridge;
mod show;
#[doc(hidden)]
pub mod sign;
mod transport;
mod value;

pub use answer::Answer;
#[cfg(feature = "blocking")]
pub use blocking::BlockingTransport;
pub use client::Client;
pub use clock::{Clock, FixedClock, SystemClock, Zone};
pub use coercion::{Coercion, CoercionKind, Coercions};
pub use decode::from_json;
pub use encode::{Checks, to_json, to_json_pretty};
pub use error::{
    BaseUrlError, DecodeError, DecodeProblem, Error, HttpError, PlatformError, Rule, StatusError, TransportError,
    TransportProblem, Violation, Violations,
};
/// The crate whose requests and responses the client speaks.
///
/// Named here so that users need no dependency of their own, and no version that differs.
pub use http;
pub use nonce::{Nonce, NonceError, SystemNonce};
pub use operation::{Endpoint, ErrorRow, Method, Operation, Session};
pub use protocol::{Credentials, Environment, Platform};
pub use secret::Secret;
pub use sign::SignError;
pub use transport::Transport;
pub use value::{Date, Decimal, File, Json, JsonError, JsonKind, Map, MapValue, UnknownValue};

#[doc(hidden)]
pub use generic::{debug, equal};
#[doc(hidden)]
pub use object::{
    Element, EnumSlot, Field, Kind, List, ListSlot, Object, ObjectSlot, Shape, Slot, Value, View, enum_slot, enum_view,
};
#[doc(hidden)]
pub use protocol::{
    Blank, BodyForm, DateForm, DecimalForm, Envelope, JsonForm, Parameter, ParameterValue, Place, Protocol,
    RequestRules, ResponseRules, RetryRules, RootEnvelope, ScalarLists, StatusEnvelope, ValueRules,
};
/// The traits that generated types delegate to [`serialize`] and [`deserialize`].
#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use serde_bridge::{deserialize, serialize};
#[doc(hidden)]
pub use sign::{Moment, NonceForm, Parts};
#[doc(hidden)]
pub use value::{OpenEnum, Wire, open_enum, wire_value};
