//! The constant facts of an endpoint as the runtime's table.

use apograph_runtime::{ErrorRow, Method, Operation, Session};

use super::leak;
use super::protocol::body_form;
use crate::model::Endpoint;
use crate::terms::{HttpMethod, SessionNeed};

/// Returns the table.
pub(super) fn table(endpoint: &Endpoint) -> Operation {
    let operation = Operation::new(leak::text(&endpoint.api), method(endpoint.method), leak::text(&endpoint.path));
    let operation = operation
        .session(session(endpoint.session))
        .errors(leak::table(endpoint.errors.iter().map(|row| ErrorRow {
            code: leak::text(&row.code),
            message: leak::text(&row.message),
            solution: leak::text(&row.solution),
        })))
        .statuses(leak::pairs(&endpoint.statuses))
        .facts(leak::pairs(&endpoint.facts))
        .status_names(leak::texts(&endpoint.status_names))
        .message_names(leak::texts(&endpoint.message_names));
    let operation = if endpoint.root.is_empty() { operation } else { operation.root(leak::text(&endpoint.root)) };
    let operation = match endpoint.body {
        Some(body) => operation.body(body_form(body)),
        None => operation,
    };
    let operation = match &endpoint.data {
        Some(path) => operation.data(leak::text(path)),
        None => operation,
    };
    let operation = if endpoint.idempotent { operation.idempotent() } else { operation };
    if endpoint.origin.is_lock() { operation.removed() } else { operation }
}

fn method(method: HttpMethod) -> Method {
    match method {
        HttpMethod::Get => Method::Get,
        HttpMethod::Post => Method::Post,
        HttpMethod::Put => Method::Put,
        HttpMethod::Delete => Method::Delete,
        HttpMethod::Patch => Method::Patch,
    }
}

fn session(need: SessionNeed) -> Session {
    match need {
        SessionNeed::None => Session::None,
        SessionNeed::Optional => Session::Optional,
        SessionNeed::Required => Session::Required,
    }
}
