//! `impl Endpoint` for a request: what differs from a plain call of the platform, one line each.

use super::rt::{Imports, Rt};
use super::terms::RuntimeVariant;
use crate::model::Endpoint;
use crate::names::{EndpointNames, PlatformNames};
use crate::render::text::literal;

/// Returns the impl, which connects request, response and platform.
pub(super) fn endpoint_impl(
    endpoint: &Endpoint,
    names: &EndpointNames,
    platform: &PlatformNames,
    imports: &mut Imports,
) -> String {
    let [endpoint_trait, operation] = [Rt::Endpoint, Rt::Operation].map(|name| imports.name(name));
    let (request, response) = (&names.request, &names.response);
    let (module, marker) = (&platform.module, &platform.marker);
    let (new, facts) = (new(endpoint, imports), facts(endpoint, imports));
    let facts: String = facts.iter().map(|fact| format!("\n        .{fact}")).collect();
    format!(
        "\
impl {endpoint_trait} for {request} {{
    type Platform = crate::{module}::{marker};
    type Response = {response};
    const OPERATION: {operation} = {operation}::{new}{facts};
}}
"
    )
}

fn new(endpoint: &Endpoint, imports: &mut Imports) -> String {
    let method_type = imports.name(Rt::Method);
    let (api, method, path) = (literal(&endpoint.api), endpoint.method.variant(), literal(&endpoint.path));
    format!("new({api}, {method_type}::{method}, {path})")
}

/// Returns the calls that add facts to the operation.
fn facts(endpoint: &Endpoint, imports: &mut Imports) -> Vec<String> {
    let session_type = imports.name(Rt::Session);
    let mut facts = vec![format!("session({session_type}::{})", endpoint.session.variant())];
    let mut add = |fact: Option<String>| facts.extend(fact);
    add((!endpoint.root.is_empty()).then(|| format!("root({})", literal(&endpoint.root))));
    add(endpoint.body.map(|body| format!("body(crate::rt::BodyForm::{})", body.variant())));
    add(endpoint.origin.is_lock().then(|| "removed()".to_owned()));
    add(endpoint.idempotent.then(|| "idempotent()".to_owned()));
    add(errors(endpoint, imports));
    add(pairs("statuses", &endpoint.statuses));
    add(pairs("facts", &endpoint.facts));
    add(names("status_names", &endpoint.status_names));
    add(names("message_names", &endpoint.message_names));
    add(endpoint.data.as_ref().map(|path| format!("data({})", literal(path))));
    facts
}

fn errors(endpoint: &Endpoint, imports: &mut Imports) -> Option<String> {
    if endpoint.errors.is_empty() {
        return None;
    }
    let row_type = imports.name(Rt::ErrorRow);
    table("errors", &endpoint.errors, |error| {
        let [code, message, solution] = [&error.code, &error.message, &error.solution].map(|text| literal(text));
        format!("{row_type} {{ code: {code}, message: {message}, solution: {solution} }}")
    })
}

fn pairs(method: &str, pairs: &[(String, String)]) -> Option<String> {
    table(method, pairs, |(key, value)| format!("({}, {})", literal(key), literal(value)))
}

fn names(method: &str, names: &[String]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| literal(name)).collect();
    (!names.is_empty()).then(|| format!("{method}(&[{}])", names.join(", ")))
}

/// Returns a call with a list, one line for each row.
fn table<T>(method: &str, rows: &[T], row: impl Fn(&T) -> String) -> Option<String> {
    let lines: String = rows.iter().map(|of| format!("            {},\n", row(of))).collect();
    (!rows.is_empty()).then(|| format!("{method}(&[\n{lines}        ])"))
}
