//! The meaning of the specs in vendor terms. Every reference is an id, and nothing is left to resolve. The only Rust names
//! are those that a fix asks for.

mod counts;
mod marks;
mod platform;
mod shared;
mod types;

pub use counts::{Counts, Emitted};
pub use platform::{
    DateFormat, Envelope, EnvelopeNames, Environment, ErrorTable, HttpEnvelope, KnownError, Occasion, Parameter,
    ParameterValue, Protocol, Retry, RootEnvelope, StatusEnvelope, Subject,
};
pub use types::{
    Arity, Enum, EnumId, EnumValue, Field, Item, Limits, Object, ObjectId, Origin, Side, SideName, ValueForm,
};

use crate::recipe::Scheme;
use crate::source::Place;
use crate::terms::{BodyForm, HttpMethod, SessionNeed};

/// Everything that a crate is generated from.
#[derive(Debug)]
pub struct Model {
    /// The generated package, from `specs/crate.yaml`.
    pub package: Package,
    /// The platforms, sorted by name.
    pub platforms: Vec<Platform>,
}

/// The generated package.
#[derive(Debug, Default)]
pub struct Package {
    /// Package name for Cargo.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One line for the registry.
    pub description: String,
    /// SPDX expression.
    pub license: String,
    /// Search words for the registry.
    pub keywords: Vec<String>,
    /// Categories of the registry, by slug.
    pub categories: Vec<String>,
    /// Minimum supported Rust version.
    pub rust_version: String,
    /// Features of families that are on by default, in the order of the crate file.
    pub default_features: Vec<String>,
    /// The crate file, if there is one.
    pub origin: Option<Place>,
}

/// One vendor platform.
#[derive(Debug)]
pub struct Platform {
    /// Name of the platform's folder.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Gateways; the first is the default of a new client.
    pub environments: Vec<Environment>,
    /// How requests and answers travel.
    pub protocol: Protocol,
    /// The signature, checked.
    pub scheme: Scheme,
    /// The declared Cargo features of several families, sorted by name.
    pub features: Vec<Feature>,
    /// The families, sorted by name: every declared one until the lock has been applied, then those with endpoints.
    pub families: Vec<Family>,
    /// Text of `PROTOCOL.md` in the platform's folder, if there is one.
    pub protocol_document: Option<String>,
    /// The platform file.
    pub origin: Place,
}

/// A Cargo feature of several families, as the platform file declares it.
#[derive(Debug)]
pub struct Feature {
    /// Cargo feature, `<platform>-<name>`.
    pub name: String,
    /// Title.
    pub title: String,
    /// Names of its families.
    pub families: Vec<String>,
    /// Place of its declaration.
    pub origin: Place,
}

/// A group of endpoints: one module, compiled if one of its Cargo features is enabled.
#[derive(Debug)]
pub struct Family {
    /// Name of the family's folder.
    pub name: String,
    /// Title; empty if the family is not declared.
    pub title: String,
    /// The Cargo feature to enable. It is `<platform>-<family>` until the lock has been applied.
    pub feature: String,
    /// Other features that enable the family, sorted: callers have reached it by them.
    pub former_features: Vec<String>,
    /// The endpoints, sorted by API name.
    pub endpoints: Vec<Endpoint>,
    /// Place of its declaration.
    pub origin: Place,
}

impl Family {
    /// Every Cargo feature that enables the family.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.feature).chain(&self.former_features).map(String::as_str)
    }
}

/// One API.
#[derive(Debug)]
pub struct Endpoint {
    /// The vendor's name of the API, `alibaba.alsc.crm.open.customer.save`.
    pub api: String,
    /// The API's name without the family's prefix. Module and types are named after it.
    pub stem: String,
    /// File name of the transcript without `.yaml`.
    pub file_stem: String,
    /// Path of the transcript below the specs folder, for banners.
    pub spec_path: String,
    /// Title on the page.
    pub title: String,
    /// Text on the page.
    pub description: String,
    /// Address of the page.
    pub page: String,
    /// HTTP method.
    pub method: HttpMethod,
    /// Path below the gateway; empty where a platform has one path for all.
    pub path: String,
    /// Form of the body, if it is not the platform's.
    pub body: Option<BodyForm>,
    /// Whether the call needs a user's session.
    pub session: SessionNeed,
    /// Key of the answer's root member; empty on platforms without one.
    pub root: String,
    /// Rows of the page's error table.
    pub errors: Vec<ErrorRow>,
    /// The page's status table, code and meaning.
    pub statuses: Vec<(String, String)>,
    /// Whether a call may be sent again without harm.
    pub idempotent: bool,
    /// Facts that the signature asks of every operation (`op.x`).
    pub facts: Vec<(String, String)>,
    /// Names of the status member on this page, where they differ from the platform's.
    pub status_names: Vec<String>,
    /// Names of the message member on this page, where they differ from the platform's.
    pub message_names: Vec<String>,
    /// Path of the member that holds the data, if an answer has one.
    pub data: Option<String>,
    /// Reason for deprecating the API, if a fix gives one.
    pub deprecated: Option<String>,
    /// Name of the request type that a fix asks for.
    pub rust_name: Option<(String, Place)>,
    /// The request's types.
    pub request: Side,
    /// The response's types, without the members that belong to the envelope.
    pub response: Side,
    /// The transcript.
    pub origin: Origin,
}

impl Endpoint {
    /// Returns an API of which only the name is known: without texts, rules and types.
    #[must_use]
    pub fn bare(api: String, origin: Origin) -> Self {
        Self {
            api,
            stem: String::new(),
            file_stem: String::new(),
            spec_path: String::new(),
            title: String::new(),
            description: String::new(),
            page: String::new(),
            method: HttpMethod::Post,
            path: String::new(),
            body: None,
            session: SessionNeed::None,
            root: String::new(),
            errors: Vec::new(),
            statuses: Vec::new(),
            idempotent: false,
            facts: Vec::new(),
            status_names: Vec::new(),
            message_names: Vec::new(),
            data: None,
            deprecated: None,
            rust_name: None,
            request: Side::empty(SideName::Request),
            response: Side::empty(SideName::Response),
            origin,
        }
    }
}

/// One row of a page's error table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorRow {
    /// The code, `isv.some-code`.
    pub code: String,
    /// Its meaning, from the page.
    pub message: String,
    /// The solution that the page suggests.
    pub solution: String,
}
