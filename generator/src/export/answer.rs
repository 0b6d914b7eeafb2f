//! Answers: the envelope around an API's own members, and errors.

use super::node::{Members, Node};
use super::prose;
use super::request::add_property;
use crate::model::{Endpoint, Envelope, EnvelopeNames, Field, Protocol};
use crate::terms::AbsentStatus;

/// The schemas of an API's answers.
pub(super) struct Answer {
    /// A successful answer.
    pub(super) success: Members,
    /// An error, unless all APIs of the platform share its schema.
    pub(super) error: Option<Members>,
}

/// Returns the schemas of an API's answers. `members` is the schema of the API's own members.
pub(super) fn answer(endpoint: &Endpoint, protocol: &Protocol, members: Members) -> Answer {
    let success = match &protocol.envelope {
        Envelope::Root(_) => root(endpoint, protocol, members),
        Envelope::Status(status) => {
            let facts = Facts::of(endpoint, &status.names);
            let code = success_code(&status.success);
            let mut envelope = Placed::default();
            let is_needed = status.absent == AbsentStatus::Error;
            envelope.put_code(facts.codes, is_needed, |path| facts.schema(path, code.clone()));
            for path in [facts.message, facts.request_id].into_iter().flatten() {
                envelope.put(path, facts.schema(path, text()), false);
            }
            envelope.around(members, endpoint.data.as_deref())
        }
        Envelope::Http(http) => {
            let facts = Facts::of(endpoint, &http.names);
            let mut envelope = Placed::default();
            if let Some(path) = facts.request_id {
                envelope.put(path, facts.schema(path, text()), false);
            }
            envelope.around(members, endpoint.data.as_deref())
        }
    };
    let has_own_names = !endpoint.status_names.is_empty() || !endpoint.message_names.is_empty();
    Answer { success, error: has_own_names.then(|| error(protocol, Some(endpoint))) }
}

fn root(endpoint: &Endpoint, protocol: &Protocol, members: Members) -> Members {
    let (names, success) = (protocol.envelope.names(), protocol.envelope.success());
    let is_simplified = protocol.is_simplified() && success.is_empty();
    let facts = Facts::of(endpoint, names);
    let (mut inside, mut whole) = (Placed::default(), Placed::default());
    let mut put = |path: &str, schema: Members| {
        let at = if path.starts_with('/') && !is_simplified { &mut whole } else { &mut inside };
        at.put(path, schema, false);
    };
    if !success.is_empty() {
        facts.codes.first().into_iter().for_each(|path| put(path, facts.schema(path, success_code(success))));
        facts.message.into_iter().for_each(|path| put(path, facts.schema(path, text())));
    }
    facts.request_id.into_iter().for_each(|path| put(path, facts.schema(path, text())));
    let inner = inside.around(members, endpoint.data.as_deref());
    if is_simplified {
        return inner;
    }
    let mut answer = Members::new().with("type", "object");
    add_property(&mut answer, &endpoint.root, inner.into(), true);
    whole.around_if_any(answer)
}

/// Returns the schema of an error. An API can have names of its own for its facts.
pub(super) fn error(protocol: &Protocol, endpoint: Option<&Endpoint>) -> Members {
    let names = protocol.envelope.names();
    let own = |names: fn(&Endpoint) -> &Vec<String>| endpoint.map(names).filter(|names| !names.is_empty());
    let (code, message) = (own(|endpoint| &endpoint.status_names), own(|endpoint| &endpoint.message_names));
    let (mut inside, mut whole) = (Placed::default(), Placed::default());
    let is_root = matches!(protocol.envelope, Envelope::Root(_));
    // A code of success is part of an answer.
    let failure = failure_code(protocol.envelope.success());
    inside.put_code(code.unwrap_or(&names.code), true, |_| failure.clone());
    for paths in [message.unwrap_or(&names.message), &names.sub_code, &names.sub_message, &names.request_id] {
        let Some(path) = paths.first() else { continue };
        let at = if path.starts_with('/') && is_root { &mut whole } else { &mut inside };
        at.put(path, text(), false);
    }
    let error = inside.0;
    let Envelope::Root(root) = &protocol.envelope else { return error };
    let mut answer = Members::new().with("type", "object");
    add_property(&mut answer, &root.error, error.into(), true);
    whole.around_if_any(answer)
}

/// Where an API's answers have the facts of the envelope: the documented names, or else the best ones.
struct Facts<'m> {
    /// All names of the code.
    codes: &'m [String],
    message: Option<&'m str>,
    request_id: Option<&'m str>,
    rows: Vec<&'m Field>,
}

impl<'m> Facts<'m> {
    fn of(endpoint: &'m Endpoint, names: &'m EnvelopeNames) -> Self {
        let rows: Vec<&Field> = endpoint.response.outside.values().flat_map(|side| &side.root).collect();
        let or = |own: &'m Vec<String>, common: &'m Vec<String>| if own.is_empty() { common } else { own };
        let (code, message) = (or(&endpoint.status_names, &names.code), or(&endpoint.message_names, &names.message));
        let best = |paths: &'m [String]| {
            let is_row = |path: &&String| rows.iter().any(|row| row.wire == **path);
            paths.iter().find(is_row).or(paths.first()).map(String::as_str)
        };
        // A field with that name is the request id.
        let is_field = |path: &String| endpoint.response.root.iter().any(|field| field.wire == *path);
        let has_id = names.request_id.iter().any(is_field);
        Self { codes: code, message: best(message), request_id: best(&names.request_id).filter(|_| !has_id), rows }
    }

    /// Adds the page's description of a fact.
    fn schema(&self, path: &str, schema: Members) -> Members {
        let row = self.rows.iter().find(|row| row.wire == path);
        schema.with_filled("description", row.map(|row| prose::markdown(&row.description)).unwrap_or_default())
    }
}

fn text() -> Members {
    Members::new().with("type", "string")
}

/// Returns the schema of a code of failure: servers send numbers and texts.
fn failure_code(success: &[String]) -> Members {
    let code = Members::new().with("type", vec!["string", "integer"]);
    if success.is_empty() { code } else { code.with("not", success_code(success)) }
}

/// Returns the schema of the codes of success, as texts and, if they are numbers, as numbers.
fn success_code(codes: &[String]) -> Members {
    let numbers = codes.iter().filter_map(|code| super::value::number(code));
    Members::new().with("enum", codes.iter().map(Node::from).chain(numbers).collect::<Vec<_>>())
}

/// The schema of an object whose properties are at paths.
struct Placed(Members);

impl Default for Placed {
    fn default() -> Self {
        Self(Members::new().with("type", "object"))
    }
}

impl Placed {
    /// Adds a property at a path: names with dots between them.
    fn put(&mut self, path: &str, schema: Members, is_required: bool) {
        put(&mut self.0, path.strip_prefix('/').unwrap_or(path), schema, is_required);
    }

    /// Adds the code, which has one of these names.
    fn put_code(&mut self, paths: &[String], is_needed: bool, schema: impl Fn(&str) -> Members) {
        let is_only = paths.len() == 1;
        paths.iter().for_each(|path| self.put(path, schema(path), is_needed && is_only));
        if is_needed && !is_only && paths.iter().all(|path| !path.contains(['.', '/'])) {
            let any = paths.iter().map(|path| Members::new().with("required", vec![path.as_str()]));
            self.0.put("anyOf", any.collect::<Vec<_>>());
        }
    }

    /// Adds the members of an API, at a path if there is one.
    fn around(mut self, members: Members, data: Option<&str>) -> Members {
        match data {
            Some(path) => {
                self.put(path, members, false);
                self.0
            }
            None => self.around_if_any(members),
        }
    }

    /// Returns a schema for objects with the members of both.
    fn around_if_any(self, members: Members) -> Members {
        if self.0.has("properties") { Members::new().with("allOf", vec![members, self.0]) } else { members }
    }
}

fn put(object: &mut Members, path: &str, schema: Members, is_required: bool) {
    let Some((name, rest)) = path.split_once('.') else {
        return add_property(object, path, schema.into(), is_required);
    };
    add_property(object, name, Members::new().with("type", "object").into(), is_required);
    if let Some(Node::Object(properties)) = object.get_mut("properties")
        && let Some(Node::Object(inner)) = properties.get_mut(name)
    {
        put(inner, rest, schema, is_required);
    }
}
