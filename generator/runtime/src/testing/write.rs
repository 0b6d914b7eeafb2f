//! Writes answers as a platform does.

use super::placed::Placed;
use super::texts::AnswerError;
use crate::encode::{Lists, answer_json, answer_xml, push_element, push_text};
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{Absent, Envelope, EnvelopeNames, Paths, Protocol, RootEnvelope, StatusEnvelope};
use crate::value::is_number;

/// How a platform with a root member per API writes its answers. Platforms with a status member have one layout.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum AnswerLayout {
    /// JSON with the business members at the top, and lists as arrays.
    #[default]
    Simplified,
    /// JSON with the business members in the API's root member, and lists in objects.
    Wrapped,
    /// XML, always with the root and with enclosed lists.
    Xml,
}

/// A body and its type.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The header `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
    /// The HTTP status.
    pub status: http::StatusCode,
    /// Name and value of the header with the request id.
    pub request_id: Option<(&'static str, String)>,
}

impl Written {
    /// A whole body of JSON.
    pub(super) fn json(body: String) -> Self {
        Self::new(JSON, body)
    }

    fn new(content_type: &'static str, body: String) -> Self {
        Self { content_type, body, status: http::StatusCode::OK, request_id: None }
    }

    /// Adds the header with the request id, if the platform sends one.
    fn with_id(self, protocol: &Protocol, request_id: Option<&str>) -> Self {
        let request_id = protocol.response.request_id_header.zip(request_id.map(str::to_owned));
        Self { request_id, ..self }
    }

    /// Returns the response with this body.
    pub fn into_response(self) -> http::Response<Vec<u8>> {
        let mut response = http::Response::new(self.body.into_bytes());
        *response.status_mut() = self.status;
        let content_type = http::HeaderValue::from_static(self.content_type);
        response.headers_mut().insert(http::header::CONTENT_TYPE, content_type);
        if let Some((name, id)) = self.request_id
            && let (Ok(name), Ok(id)) = (http::HeaderName::try_from(name), http::HeaderValue::try_from(id))
        {
            response.headers_mut().insert(name, id);
        }
        response
    }
}

const JSON: &str = "application/json;charset=UTF-8";
const XML: &str = "text/xml;charset=UTF-8";
const XML_DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\" ?>";

/// Writes a successful answer of `operation`.
///
/// Decoding restores `value`. It differs only where JSON or XML have no place for a difference: a status that is a field
/// of the answer is set to success if it is absent. In XML, everything is text, so that lists of lists, empty objects, empty
/// items of lists and the numbers in JSON values become others.
#[doc(hidden)]
pub fn write_answer(
    value: &dyn Object,
    protocol: &Protocol,
    operation: &Operation,
    layout: AnswerLayout,
    request_id: Option<&str>,
) -> Written {
    let written = match &protocol.response.envelope {
        Envelope::Root(envelope) => root(value, protocol, operation, envelope, layout, request_id),
        Envelope::Status(envelope) => status(value, protocol, operation, envelope, request_id),
        Envelope::Http(envelope) => Written::json(placed(value, protocol, operation, &envelope.names, request_id, &[])),
    };
    written.with_id(protocol, request_id)
}

/// Writes an error.
#[doc(hidden)]
pub fn write_error(
    error: &AnswerError,
    protocol: &Protocol,
    operation: &Operation,
    layout: AnswerLayout,
    request_id: Option<&str>,
) -> Written {
    let facts = |names: &EnvelopeNames, code: Paths, message: Paths| {
        let facts = [
            (code, Some(error.code.as_str())),
            (message, error.message.as_deref()),
            (names.sub_code, error.sub_code.as_deref()),
            (names.sub_message, error.sub_message.as_deref()),
            (names.request_id, request_id),
        ];
        facts.into_iter().filter_map(|(paths, text)| Some((*paths.first()?, text?))).collect::<Vec<_>>()
    };
    let written = match &protocol.response.envelope {
        Envelope::Root(RootEnvelope { error: root, names, .. }) => {
            let facts = facts(names, names.code, names.message);
            if layout == AnswerLayout::Xml {
                let mut elements = String::new();
                facts.iter().for_each(|(name, text)| push_element(&mut elements, name, text));
                return document(root, &elements);
            }
            let (mut inside, mut whole) = (Placed::default(), Placed::default());
            for (path, text) in facts {
                let at = if path.starts_with('/') { &mut whole } else { &mut inside };
                // The code is a number in JSON, and the other members are text.
                at.put(path, json_of(text, names.code.contains(&path)));
            }
            Written::json(whole.added_to(&object_of([(*root, inside.added_to("{}"))])))
        }
        Envelope::Status(StatusEnvelope { names, .. }) => {
            let facts = facts(names, operation.status_keys(names.code), operation.message_keys(names.message));
            Written::json(texts_of(facts))
        }
        Envelope::Http(envelope) => {
            let names = &envelope.names;
            let json = Written::json(texts_of(facts(names, names.code, names.message)));
            Written { status: http::StatusCode::BAD_REQUEST, ..json }
        }
    };
    written.with_id(protocol, request_id)
}

fn root(
    value: &dyn Object,
    protocol: &Protocol,
    operation: &Operation,
    RootEnvelope { suffix, names, success, .. }: &RootEnvelope,
    layout: AnswerLayout,
    request_id: Option<&str>,
) -> Written {
    // A field with that name is the request id.
    let request_id = names.request_id.first().copied().zip(request_id);
    let request_id = request_id.filter(|_| !names.request_id.iter().any(|name| value.shape().has(name)));
    // Only calls without types have no documented root: it has any name with the suffix.
    let root = operation.root_key().map_or_else(|| ["answer", suffix].concat(), str::to_owned);
    if layout == AnswerLayout::Xml {
        let mut elements = answer_xml(value, &protocol.values);
        request_id.into_iter().for_each(|(name, id)| push_element(&mut elements, name, id));
        return document(&root, &elements);
    }
    // A code inside of the root member needs a root member.
    let is_wrapped = layout == AnswerLayout::Wrapped || !success.is_empty();
    let lists = if is_wrapped { Lists::Wrapped } else { Lists::Bare };
    let json = answer_json(value, &protocol.values, lists);
    let (mut inside, mut whole) = (Placed::default(), Placed::default());
    let json = match operation.data_path() {
        Some(path) => {
            inside.put(path, json);
            "{}".to_owned()
        }
        None => json,
    };
    let code = names.code.first().copied().zip(success.first().copied());
    let message = names.message.first().copied().filter(|_| code.is_some()).map(|name| (name, "success"));
    for (path, text) in code.into_iter().chain(message).chain(request_id) {
        let at = if is_wrapped && path.starts_with('/') { &mut whole } else { &mut inside };
        at.put(path, json_of(text, false));
    }
    let json = inside.added_to(&json);
    let body = if is_wrapped { whole.added_to(&object_of([(root.as_str(), json)])) } else { json };
    Written::json(body)
}

/// Writes the status and the message of success beside the business members, unless `value` has them.
fn status(
    value: &dyn Object,
    protocol: &Protocol,
    operation: &Operation,
    StatusEnvelope { names, success, absent }: &StatusEnvelope,
    request_id: Option<&str>,
) -> Written {
    let (status, message) = (operation.status_keys(names.code), operation.message_keys(names.message));
    let is_inside = operation.data_path().is_none();
    let fields = value.fields();
    let is_set = |wanted: &&str| {
        let found = value.shape().find(wanted).filter(|_| is_inside);
        found.and_then(|(index, _)| fields.get(index)).is_some_and(|value| !matches!(value.view(), crate::View::Absent))
    };
    let added = (*absent == Absent::Error && !status.iter().any(is_set)).then(|| (first(status), first(success)));
    let message = message.first().filter(|name| !(is_inside && value.shape().has(name)));
    let message = message.map(|name| (*name, "success"));
    let facts: Vec<_> = added.into_iter().chain(message).collect();
    Written::json(placed(value, protocol, operation, names, request_id, &facts))
}

/// Writes the business members where the operation has them, beside the request id and other facts of the envelope.
fn placed(
    value: &dyn Object,
    protocol: &Protocol,
    operation: &Operation,
    names: &EnvelopeNames,
    request_id: Option<&str>,
    facts: &[(&'static str, &str)],
) -> String {
    let json = answer_json(value, &protocol.values, Lists::Bare);
    let mut members = Placed::default();
    facts.iter().for_each(|(path, text)| members.put(path, json_of(text, false)));
    let has_id = operation.data_path().is_none() && names.request_id.iter().any(|name| value.shape().has(name));
    let id = names.request_id.first().zip(request_id).filter(|_| !has_id);
    id.into_iter().for_each(|(path, id)| members.put(path, json_of(id, false)));
    match operation.data_path() {
        Some(path) => {
            members.put(path, json);
            members.added_to("{}")
        }
        None => members.added_to(&json),
    }
}

fn first(names: &[&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}

fn document(root: &str, elements: &str) -> Written {
    Written::new(XML, format!("{XML_DECLARATION}<{root}>{elements}</{root}>"))
}

fn json_of(text: &str, as_number: bool) -> String {
    let mut json = String::new();
    if as_number && is_number(text) {
        json.push_str(text);
    } else {
        push_text(&mut json, text);
    }
    json
}

/// Returns an object of texts at paths.
fn texts_of(facts: Vec<(&'static str, &str)>) -> String {
    let mut members = Placed::default();
    facts.into_iter().for_each(|(path, text)| members.put(path, json_of(text, false)));
    members.added_to("{}")
}

fn object_of<'n>(members: impl IntoIterator<Item = (&'n str, String)>) -> String {
    let mut object = Placed::default();
    members.into_iter().for_each(|(name, json)| object.put_member(name, json));
    object.added_to("{}")
}
