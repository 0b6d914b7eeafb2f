//! All that is known about one API: its page with its fixes, and what callers see of it.

use serde::Serialize;

use super::chosen::{Chosen, Generated};
use super::field::{Fields, ShownField};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::{Endpoint, ErrorRow};
use crate::resolve::Opened;
use crate::source::{Place, Sources};
use crate::spec::{DoubtSpec, EndpointSpecs, ErrorSpec};
use crate::terms::{BodyForm, HttpMethod, SessionNeed};

/// An API with its request and response as trees.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownApi {
    /// Name of its platform.
    pub platform: String,
    /// The vendor's name of the API.
    pub api: String,
    /// Title of its page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Description on its page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Whether only the lock still has it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
    /// Why callers should no longer use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// Where it is in the crate.
    pub rust: ShownModule,
    /// How it is called.
    pub call: ShownCall,
    /// Where its facts come from.
    pub source: ShownSource,
    /// What is sent.
    pub request: ShownSide,
    /// What comes back, without the envelope.
    pub response: ShownSide,
    /// Names of the response's rows that belong to the envelope.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub envelope: Vec<String>,
    /// The page's error table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorSpec>,
    /// The page's status table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<ShownStatus>,
    /// The doubts that no fix settles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<DoubtSpec>,
}

/// Where an API is in the crate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownModule {
    /// Its module.
    pub module: String,
    /// Cargo feature that it needs.
    pub feature: String,
}

/// How an API is called.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownCall {
    /// HTTP method.
    pub method: HttpMethod,
    /// Path below the base URL.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Form of the body, if it is not that of the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyForm>,
    /// Whether a user's session is needed.
    pub session: SessionNeed,
    /// Whether a call may be repeated without harm.
    pub idempotent: bool,
}

/// Where the facts about an API come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownSource {
    /// Path of its transcript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<String>,
    /// Path of its fixes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<String>,
    /// Address of its page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
}

/// One half of a call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownSide {
    /// Name of its Rust type.
    #[serde(rename = "type")]
    pub rust_type: String,
    /// Its fields, in the order of the page. Removed fields come last.
    pub fields: Vec<ShownField>,
}

/// A row of a status table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownStatus {
    /// The status.
    pub status: String,
    /// What it means.
    pub meaning: String,
}

/// Shows the chosen APIs, sorted by platform and name. `found` are the findings of loading the specs, doubts included.
#[must_use]
pub fn show(chosen: &Chosen, sources: &Sources, found: &Diagnostics) -> Vec<ShownApi> {
    let mut shown: Vec<ShownApi> = chosen.apis().iter().map(|api| page(api, sources, found)).collect();
    shown.sort_by(|one, other| (&one.platform, &one.api).cmp(&(&other.platform, &other.api)));
    shown
}

fn page(generated: &Generated<'_>, sources: &Sources, found: &Diagnostics) -> ShownApi {
    let Generated { platform, family, endpoint, specs, .. } = generated;
    let (request, response, envelope) = sides(generated);
    let status =
        |(status, meaning): &(String, String)| ShownStatus { status: status.clone(), meaning: meaning.clone() };
    ShownApi {
        platform: platform.name.clone(),
        api: endpoint.api.clone(),
        title: endpoint.title.clone(),
        description: endpoint.description.clone(),
        removed: endpoint.origin.is_lock(),
        deprecated: endpoint.deprecated.clone(),
        rust: ShownModule { module: generated.module(), feature: family.feature.clone() },
        call: call(endpoint),
        source: source(endpoint, *specs, sources),
        request,
        response,
        envelope,
        errors: endpoint.errors.iter().map(error).collect(),
        statuses: endpoint.statuses.iter().map(status).collect(),
        doubts: specs.map(|specs| open_doubts(specs, found)).unwrap_or_default(),
    }
}

/// Returns request and response, and the names of the rows that belong to the envelope.
fn sides(generated: &Generated<'_>) -> (ShownSide, ShownSide, Vec<String>) {
    let Generated { platform, platform_specs, endpoint, names, specs, .. } = generated;
    let words = &platform_specs.spec.values.types;
    let opened = specs.map(|specs| Opened::of(&specs.spec, &platform.protocol, words));
    let (rows, envelope) = opened.as_ref().map(Opened::rows).unzip();
    let envelope = envelope.unwrap_or_default();
    let sent = Fields { side: &endpoint.request, names: &names.request_side };
    let received = Fields { side: &endpoint.response, names: &names.response_side };
    let side = |name: &crate::names::Identifier, fields| ShownSide { rust_type: name.to_string(), fields };
    (
        side(&names.request, sent.root(specs.map(|specs| &specs.spec.request), &[])),
        side(&names.response, received.root(rows, &envelope)),
        envelope.into_iter().map(str::to_owned).collect(),
    )
}

fn call(endpoint: &Endpoint) -> ShownCall {
    ShownCall {
        method: endpoint.method,
        path: endpoint.path.clone(),
        body: endpoint.body,
        session: endpoint.session,
        idempotent: endpoint.idempotent,
    }
}

fn source(endpoint: &Endpoint, specs: Option<&EndpointSpecs>, sources: &Sources) -> ShownSource {
    let path = |file| sources.path(file).to_owned();
    ShownSource {
        spec: specs.map(|specs| path(specs.file)),
        fixes: specs.and_then(|specs| specs.fix_file).map(path),
        page: endpoint.page.clone(),
    }
}

fn error(row: &ErrorRow) -> ErrorSpec {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ErrorSpec { code: text(&row.code), message: text(&row.message), solution: text(&row.solution) }
}

/// The doubts of a transcript that no fix settles: loading has reported them.
fn open_doubts(specs: &EndpointSpecs, found: &Diagnostics) -> Vec<DoubtSpec> {
    let open: Vec<&Place> = found
        .iter()
        .filter(|finding| finding.code() == Code::UnsettledDoubt)
        .filter_map(|finding| finding.place())
        .collect();
    let is_open = |doubt: &&DoubtSpec| {
        let fact = Place::value(specs.file, doubt.at.key(doubt.about.word()));
        open.contains(&&fact)
    };
    specs.spec.doubts.iter().filter(is_open).cloned().collect()
}
