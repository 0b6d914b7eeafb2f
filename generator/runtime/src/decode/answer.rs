//! Decodes a whole answer: HTTP status, text, envelope, value.

use std::borrow::Cow;

use super::budget::{Budget, copied};
use super::decoder::Decoder;
use super::ends::Ends;
use super::envelope::{Metadata, Opening, Refusal};
use super::raw::Raw;
use super::{one_pass, text, xml};
use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::error::{DecodeError, DecodeProblem, Error, HttpError};
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{BodyForm, Envelope, Protocol, RootEnvelope};
use crate::received::Received;
use crate::retry::{Outlook, http_outlook};
use crate::sign::is_blank;

/// What an answer contains besides its value.
pub(crate) struct Reply {
    pub(crate) received: Received,
    pub(crate) request_id: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) coercions: Coercions,
}

/// Decodes an answer into the empty object `target`.
pub(crate) fn answer(
    received: Received,
    operation: &Operation,
    protocol: &Protocol,
    target: &mut dyn Object,
) -> Result<Reply, Error> {
    let outcome = open(&received, operation, protocol, target);
    if received.status.is_success() {
        return match outcome {
            Ok((Metadata { request_id, status, message }, coercions)) => {
                let request_id = request_id.or_else(|| id_in_headers(&received, protocol));
                Ok(Reply { request_id, status, message, coercions, received })
            }
            Err(refusal) => Err(error(refusal, received, protocol, Outlook::default())),
        };
    }
    let outlook = http_outlook(&received);
    Err(match outcome {
        // The platform's own error is more specific than the HTTP status.
        Err(refusal) if !refusal.is_foreign(received.status) => error(refusal, received, protocol, outlook),
        _ => Error::Http(Box::new(HttpError { outlook, received })),
    })
}

/// Returns the request id in the headers, if the platform sends one there.
fn id_in_headers(received: &Received, protocol: &Protocol) -> Option<String> {
    let id = received.headers.get(protocol.response.request_id_header?)?.to_str().ok()?;
    Some(id.trim().to_owned()).filter(|id| !id.is_empty())
}

/// Decodes a well-formed answer in one pass, and any other by the tolerant reader.
fn open(
    received: &Received,
    operation: &Operation,
    protocol: &Protocol,
    target: &mut dyn Object,
) -> Result<(Metadata, Coercions), Refusal> {
    if received.status.is_success()
        && let Some(decoded) = one_pass::answer(&received.body, operation, protocol, target)
    {
        return Ok(decoded);
    }
    tolerant(received, operation, protocol, target)
}

/// Decodes an answer that may deviate from its documentation in many ways.
pub(super) fn tolerant(
    received: &Received,
    operation: &Operation,
    protocol: &Protocol,
    target: &mut dyn Object,
) -> Result<(Metadata, Coercions), Refusal> {
    let (mut ledger, mut budget) = (Ledger::default(), Budget::of(received.body.len()));
    let text = text::text(received, &mut ledger).map_err(Refusal::Problem)?;
    budget.hold(copied(&text)).map_err(Refusal::Problem)?;
    // A platform that reads XML answers in XML, whatever its envelope is.
    let is_markup = protocol.request.body == BodyForm::Xml
        && !matches!(protocol.response.envelope, Envelope::Root(_))
        && text.trim_start().starts_with('<');
    let text = match &protocol.response.envelope {
        Envelope::Root(names) => {
            from_markup(text, names, operation, &mut ledger, &mut budget).map_err(Refusal::Problem)?
        }
        // An empty body is an empty answer: there is nothing that it could lack.
        Envelope::Http(_) if is_blank(&text) => Cow::Borrowed("{}"),
        Envelope::Status(_) | Envelope::Http(_) if is_markup => {
            let is_root = |name: &str| name == protocol.request.xml_root;
            let json = xml::to_json(&text, is_root, &mut ledger, &mut budget).map_err(Refusal::Problem)?;
            json.map_or(text, Cow::Owned)
        }
        Envelope::Status(_) | Envelope::Http(_) => text,
    };
    let json = text::json(&text, &mut ledger, &mut budget).map_err(Refusal::Problem)?;
    let ends = Ends::of(&json, &mut budget);
    budget.check().map_err(Refusal::Problem)?;
    let mut decoder = Decoder::new(protocol.values.json.into(), ledger, budget);
    let root = Raw::of_valid(&json).indexed(&ends);
    let root = if is_markup { root.members().next().map_or(root, |member| member.value) } else { root };
    let mut opening = Opening { decoder: &mut decoder, root, operation, protocol };
    let metadata = match &protocol.response.envelope {
        Envelope::Root(names) => opening.root(names, target),
        Envelope::Status(names) => opening.status(names, target),
        Envelope::Http(names) => opening.http(names, received.status, target),
    }?;
    Ok((metadata, decoder.finish(target).map_err(Refusal::Problem)?))
}

/// Converts an XML answer to JSON; returns any other text unchanged.
fn from_markup<'a>(
    text: Cow<'a, str>,
    names: &RootEnvelope,
    operation: &Operation,
    ledger: &mut Ledger,
    budget: &mut Budget,
) -> Result<Cow<'a, str>, DecodeProblem> {
    if !text.trim_start().starts_with('<') {
        return Ok(text);
    }
    let is_root =
        |name: &str| name == names.error || Some(name) == operation.root_key() || name.ends_with(names.suffix);
    let Some(json) = xml::to_json(&text, is_root, ledger, budget)? else { return Ok(text) };
    ledger.note("", CoercionKind::Markup, 1);
    Ok(Cow::Owned(json))
}

/// Builds the error for a refusal, with what was received, and with the prospects that the HTTP status adds.
fn error(refusal: Refusal, received: Received, protocol: &Protocol, http: Outlook) -> Error {
    let both = |own: Outlook| Outlook {
        retryable: own.retryable || http.retryable,
        after: own.after.or(http.after),
        skew: own.skew,
    };
    match refusal {
        Refusal::Problem(problem) => DecodeError::of_answer(problem, received).into(),
        Refusal::Platform(mut error) | Refusal::Bare(mut error) | Refusal::Http(mut error) => {
            error.request_id = error.request_id.or_else(|| id_in_headers(&received, protocol));
            (error.outlook, error.received) = (both(error.outlook), received);
            Error::Platform(error)
        }
        Refusal::Status(mut error) => {
            error.request_id = error.request_id.or_else(|| id_in_headers(&received, protocol));
            (error.outlook, error.received) = (both(error.outlook), received);
            Error::Status(error)
        }
    }
}
