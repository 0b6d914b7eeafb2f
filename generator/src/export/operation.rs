//! One API as an operation of OpenAPI.

use super::api::{Api, Home, Source};
use super::node::{Members, Node};
use super::prose;
use super::request::{JSON, Request, content};
use super::schema::documented;
use super::system::{Origin, SystemField};
use crate::model::{Endpoint, Envelope};
use crate::recipe::Location;
use crate::terms::SessionNeed;

/// Where the components of an OpenAPI document are.
const SCHEMAS: &str = "#/components/schemas/";

/// Programming languages of samples, by the end of a sample's name, as viewers call them.
const LANGUAGES: [(&str, &str); 10] = [
    ("java", "Java"),
    ("php", "PHP"),
    ("python", "Python"),
    ("node", "JavaScript"),
    ("nodejs", "JavaScript"),
    ("csharp", "C#"),
    ("net", "C#"),
    ("go", "Go"),
    ("curl", "Shell"),
    ("ruby", "Ruby"),
];

/// An operation, and the schemas that it refers to.
pub(super) struct Operation {
    pub(super) operation: Members,
    pub(super) schemas: Vec<(String, Node)>,
}

/// Returns the name of the schema of the platform's errors. Types of APIs have no hyphen in their names.
pub(super) fn error_name(source: &Source<'_>) -> String {
    format!("{}-error", source.platform.name)
}

/// Returns the home of the schemas of a document.
pub(super) fn home(has_modules: bool) -> Home {
    Home { path: SCHEMAS, has_modules }
}

/// Describes an API.
pub(super) fn operation<'m>(source: &Source<'m>, api: &Api<'m>, home: Home) -> Operation {
    let endpoint = api.endpoint;
    let types = source.request_types(api, home);
    let request = Request { endpoint, protocol: &source.platform.protocol, types: &types, system: &source.system };
    let name = api.names.request.as_str();
    let body = request.body(&home.reference(api, name), source.request_sample(api));
    let mut schemas = Vec::new();
    let body = body.map(|body| {
        let component = body.component.map(|schema| Members::new().with("title", name).and(schema));
        schemas.extend(component.map(|schema| (home.name(api, name), schema.into())));
        body.body
    });
    schemas.extend(source.definitions(api, home));
    let operation = Members::new()
        .with("operationId", &endpoint.api)
        .with("summary", api.title())
        .with_filled("description", description(endpoint))
        .with("tags", vec![api.family.name.as_str()])
        .with_some("externalDocs", page(endpoint))
        .with_some("deprecated", endpoint.deprecated.as_ref().map(|_| true))
        .with("security", security(&source.system, endpoint.session))
        .with_filled("parameters", request.parameters(shared))
        .with_some("requestBody", body)
        .with("responses", responses(source, api, home))
        .and(extensions(source, api));
    Operation { operation, schemas }
}

fn description(endpoint: &Endpoint) -> String {
    let deprecated =
        endpoint.deprecated.as_deref().map(|reason| format!("**Deprecated**: {}", prose::markdown(reason)));
    // A page without a description of its own repeats its title.
    let text = if endpoint.description == endpoint.title { "" } else { &endpoint.description };
    prose::sections([deprecated.unwrap_or_default(), prose::markdown(text), prose::tables(endpoint)])
}

fn page(endpoint: &Endpoint) -> Option<Members> {
    let is_address = endpoint.page.starts_with("http://") || endpoint.page.starts_with("https://");
    (is_address && !endpoint.page.contains(char::is_whitespace)).then(|| Members::new().with("url", &endpoint.page))
}

/// Refers to the component of a parameter that is the same in all APIs.
fn shared(field: &SystemField, is_required: bool) -> Option<Members> {
    let is_same = !matches!(field.origin, Origin::Api | Origin::Session) && is_required == field.is_required;
    let name = is_same.then(|| shared_name(field)).flatten()?;
    Some(Members::reference(format!("#/components/parameters/{name}")))
}

/// Returns the name of the component of a parameter.
pub(super) fn shared_name(field: &SystemField) -> Option<String> {
    let place = match field.location {
        Location::Query => "query",
        Location::Headers => "header",
        _ => return None,
    };
    Some(format!("{place}.{}", super::schema::key(&field.name)))
}

/// Returns the alternatives of credentials, each a set of security schemes.
fn security(system: &[SystemField], session: SessionNeed) -> Vec<Members> {
    let named = |has_session: bool| -> Members {
        let fields = system.iter().filter(|field| has_session || !matches!(field.origin, Origin::Session));
        fields.filter_map(SystemField::security_name).map(|name| (name, Node::List(Vec::new()))).collect()
    };
    let has_scheme =
        system.iter().any(|field| matches!(field.origin, Origin::Session) && field.security_name().is_some());
    match session {
        SessionNeed::Optional if has_scheme => vec![named(false), named(true)],
        SessionNeed::Required => vec![named(true)],
        SessionNeed::None | SessionNeed::Optional => vec![named(false)],
    }
}

fn responses<'m>(source: &Source<'m>, api: &Api<'m>, home: Home) -> Members {
    let answer = source.answer(api, home);
    let common = Members::reference(format!("{SCHEMAS}{}", error_name(source)));
    let error = answer.error.unwrap_or(common);
    let media_type = if source.is_markup(api) { "text/xml" } else { JSON };
    let protocol = &source.platform.protocol;
    let is_by_status = matches!(protocol.envelope, Envelope::Http(_));
    let (text, schema) = if is_by_status {
        ("Success", answer.success)
    } else {
        ("Success, or an error", Members::new().with("anyOf", vec![answer.success, error.clone()]))
    };
    let example = (media_type == JSON).then(|| source.answer_sample(api)).flatten();
    let media = Members::new().with("schema", schema).with_some("example", example);
    let header = protocol.request_id_header.as_deref().map(|name| {
        let schema = Members::new().with("type", "string");
        Members::new().with(name, Members::new().with("description", "Id of the request.").with("schema", schema))
    });
    let success = Members::new().with("description", text).with_some("headers", header);
    let success = success.with("content", Members::new().with(media_type, media));
    let mut responses = Members::new().with("200", success);
    if is_by_status {
        if documented(&api.endpoint.response.root).next().is_none() {
            responses.put("204", Members::new().with("description", "Success, without a body"));
        }
        responses
            .put("default", Members::new().with("description", "An error").with("content", content(media_type, error)));
    }
    responses
}

/// Returns the facts that OpenAPI has no words for.
fn extensions(source: &Source<'_>, api: &Api<'_>) -> Members {
    let endpoint = api.endpoint;
    let errors: Vec<Members> = endpoint
        .errors
        .iter()
        .map(|row| {
            let row_of = Members::new().with("code", &row.code).with_filled("message", &row.message);
            row_of.with_filled("solution", &row.solution)
        })
        .collect();
    let statuses: Members = endpoint.statuses.iter().map(|(code, meaning)| (code.clone(), meaning.into())).collect();
    let (platform, family) = (&source.names.module, &api.family_names.module);
    let rust = format!("{platform}::{family}::{}::{}", api.names.module, api.names.request);
    let samples: Vec<Members> = source.samples(api).filter_map(|(name, text)| code_sample(name, text)).collect();
    Members::new()
        .with_filled("x-errors", errors)
        .with_filled("x-statuses", statuses)
        .with_some("x-idempotent", endpoint.idempotent.then_some(true))
        .with("x-rust-type", rust)
        .with_filled("x-codeSamples", samples)
}

/// Returns a sample of a request in a programming language, as viewers show it.
fn code_sample(name: &str, text: &str) -> Option<Members> {
    let (_, language) = LANGUAGES.iter().find(|(known, _)| name.strip_prefix("request_") == Some(*known))?;
    Some(Members::new().with("lang", *language).with("label", *language).with("source", text))
}
