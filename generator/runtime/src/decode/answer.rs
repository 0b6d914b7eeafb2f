//! Decodes a whole answer: HTTP status, text, envelope, value.

use std::borrow::Cow;

use super::decoder::Decoder;
use super::envelope::{Metadata, Opening, Refusal};
use super::raw::Raw;
use super::{text, xml};
use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::error::{DecodeError, Error, HttpError};
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{Envelope, Protocol, RootEnvelope};
use crate::retry::{Outlook, http_outlook};

/// A response as it was received.
pub(crate) struct Received<'a> {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) retry_after: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

/// What an answer contains besides its value.
pub(crate) struct Reply {
    pub(crate) request_id: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) coercions: Coercions,
}

/// Decodes an answer into `target`.
pub(crate) fn answer(
    received: &Received<'_>,
    operation: &Operation,
    protocol: &Protocol,
    target: &mut dyn Object,
) -> Result<Reply, Error> {
    let outcome = open(received, operation, protocol, target);
    if (200..300).contains(&received.status) {
        return outcome.map_err(|refusal| error(refusal, received, Outlook::default()));
    }
    // The platform's own error is more specific than the HTTP status.
    let outlook = http_outlook(received.status, received.retry_after);
    Err(match outcome {
        Err(refusal @ (Refusal::Platform(_) | Refusal::Status(_))) => error(refusal, received, outlook),
        _ => Error::Http(Box::new(HttpError { status: received.status, outlook, body: received.body.to_vec() })),
    })
}

fn open(
    received: &Received<'_>,
    operation: &Operation,
    protocol: &Protocol,
    target: &mut dyn Object,
) -> Result<Reply, Refusal> {
    let mut ledger = Ledger::default();
    let text = text::text(received.body, received.content_type, &mut ledger).map_err(Refusal::Problem)?;
    let text = match &protocol.response.envelope {
        Envelope::Root(names) => from_markup(text, names, operation, &mut ledger),
        Envelope::Status(_) => text,
    };
    let json = text::json(&text, &mut ledger).map_err(Refusal::Problem)?;
    let mut decoder = Decoder::new(protocol.values.json.into(), ledger);
    let mut opening = Opening { decoder: &mut decoder, root: Raw::of_valid(&json), operation, retry: &protocol.retry };
    let Metadata { request_id, status, message } = match &protocol.response.envelope {
        Envelope::Root(names) => opening.root(names, target),
        Envelope::Status(names) => opening.status(names, target),
    }?;
    Ok(Reply { request_id, status, message, coercions: decoder.finish() })
}

/// Converts an XML answer to JSON; returns any other text unchanged.
fn from_markup<'a>(
    text: Cow<'a, str>,
    names: &RootEnvelope,
    operation: &Operation,
    ledger: &mut Ledger,
) -> Cow<'a, str> {
    if !text.trim_start().starts_with('<') {
        return text;
    }
    let is_root =
        |name: &str| name == names.error || Some(name) == operation.root_key() || name.ends_with(names.suffix);
    let Some(json) = xml::to_json(&text, is_root, ledger) else { return text };
    ledger.note("", CoercionKind::Markup, 1);
    Cow::Owned(json)
}

/// Builds the error for a refusal, with the body, and with the prospects that the HTTP status adds.
fn error(refusal: Refusal, received: &Received<'_>, http: Outlook) -> Error {
    let body = received.body.to_vec();
    let both = |own: Outlook| Outlook { retryable: own.retryable || http.retryable, after: own.after.or(http.after) };
    match refusal {
        Refusal::Problem(problem) => DecodeError::new(problem, body).into(),
        Refusal::Platform(mut error) => {
            (error.outlook, error.body) = (both(error.outlook), body);
            Error::Platform(error)
        }
        Refusal::Status(mut error) => {
            (error.outlook, error.body) = (both(error.outlook), body);
            Error::Status(error)
        }
    }
}
