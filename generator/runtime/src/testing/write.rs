//! Writes answers as a platform does.

use super::texts::AnswerError;
use crate::encode::{Lists, answer_json, answer_xml, push_element, push_text};
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{Envelope, Protocol, RootEnvelope, StatusEnvelope};
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
}

impl Written {
    /// A whole body of JSON.
    pub(super) fn json(body: String) -> Self {
        Self { content_type: JSON, body }
    }

    /// Returns the response with this body.
    pub(super) fn into_response(self) -> http::Response<Vec<u8>> {
        let mut response = http::Response::new(self.body.into_bytes());
        let content_type = http::HeaderValue::from_static(self.content_type);
        response.headers_mut().insert(http::header::CONTENT_TYPE, content_type);
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
    match &protocol.response.envelope {
        Envelope::Root(names) => root(value, protocol, operation, names, layout, request_id),
        Envelope::Status(names) => {
            let json = answer_json(value, &protocol.values, Lists::Bare);
            status(&json, value, operation, names)
        }
    }
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
    match &protocol.response.envelope {
        Envelope::Root(names) => {
            let members = [
                (names.code, Some(error.code.as_str())),
                (names.message, error.message.as_deref()),
                (names.sub_code, error.sub_code.as_deref()),
                (names.sub_message, error.sub_message.as_deref()),
                (names.request_id, request_id),
            ];
            let members = members.into_iter().filter_map(|(name, text)| Some((name, text?)));
            if layout == AnswerLayout::Xml {
                let mut elements = String::new();
                members.for_each(|(name, text)| push_element(&mut elements, name, text));
                return document(names.error, &elements);
            }
            // The code is a number in JSON, and the other members are text.
            let texts = members.map(|(name, text)| (name, json_of(text, name == names.code)));
            Written::json(object_of([(names.error, object_of(texts))]))
        }
        Envelope::Status(names) => {
            let status = first(operation.status_keys(names.status));
            let message = first(operation.message_keys(names.message));
            let members = [(status, Some(error.code.as_str())), (message, error.message.as_deref())];
            let texts = members.into_iter().filter_map(|(name, text)| Some((name, json_of(text?, false))));
            Written::json(object_of(texts))
        }
    }
}

fn root(
    value: &dyn Object,
    protocol: &Protocol,
    operation: &Operation,
    names: &RootEnvelope,
    layout: AnswerLayout,
    request_id: Option<&str>,
) -> Written {
    // A field with that name is the request id.
    let request_id = request_id.filter(|_| !value.shape().has(names.request_id));
    // Only calls without types have no documented root: it has any name with the suffix.
    let root = operation.root_key().map_or_else(|| ["answer", names.suffix].concat(), str::to_owned);
    if layout == AnswerLayout::Xml {
        let mut elements = answer_xml(value, &protocol.values);
        request_id.into_iter().for_each(|id| push_element(&mut elements, names.request_id, id));
        return document(&root, &elements);
    }
    let lists = if layout == AnswerLayout::Wrapped { Lists::Wrapped } else { Lists::Bare };
    let json = answer_json(value, &protocol.values, lists);
    let json = with_members(&json, request_id.map(|id| (names.request_id, json_of(id, false))));
    let body = if layout == AnswerLayout::Wrapped { object_of([(root.as_str(), json)]) } else { json };
    Written::json(body)
}

/// Adds the status and the message of success, unless `value` has them.
fn status(json: &str, value: &dyn Object, operation: &Operation, names: &StatusEnvelope) -> Written {
    let success = json_of(first(names.success), false);
    let (status, message) = (operation.status_keys(names.status), operation.message_keys(names.message));
    let fields = value.fields();
    let is_set = |wanted: &&str| {
        let found = value.shape().find(wanted);
        found.and_then(|(index, _)| fields.get(index)).is_some_and(|value| !matches!(value.view(), crate::View::Absent))
    };
    let added = (!status.iter().any(is_set)).then(|| (first(status), success));
    let message =
        Some(first(message)).filter(|name| !value.shape().has(name)).map(|name| (name, json_of("success", false)));
    Written::json(with_members(json, added.into_iter().chain(message)))
}

fn first(names: &[&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}

fn document(root: &str, elements: &str) -> Written {
    Written { content_type: XML, body: format!("{XML_DECLARATION}<{root}>{elements}</{root}>") }
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

fn object_of<'n>(members: impl IntoIterator<Item = (&'n str, String)>) -> String {
    with_members("{}", members)
}

/// Adds members, whose values are JSON, to the JSON object `json`.
fn with_members<'n>(json: &str, members: impl IntoIterator<Item = (&'n str, String)>) -> String {
    let mut out = json.strip_suffix('}').unwrap_or(json).to_owned();
    for (name, value) in members {
        if out.len() > 1 {
            out.push(',');
        }
        push_text(&mut out, name);
        out.push(':');
        out.push_str(&value);
    }
    out.push('}');
    out
}
