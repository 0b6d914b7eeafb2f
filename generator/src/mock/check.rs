//! Every check of a request.

use std::time::{Duration, SystemTime};

use apograph_runtime as rt;
use apograph_runtime::sign::Location;
use apograph_runtime::testing::{AnswerLayout, ReadError, ReadRequest, SentRequest, check_request};

use super::layout::layout;
use super::{Issue, Served};
use crate::dynamic::{Api, deviation};
use crate::model::{Endpoint, Item, Occasion, Subject};
use crate::recipe::{CredentialKind, Problem, Source, Verifier};
use crate::terms::{BodyForm, SessionNeed};

/// A request for a known API.
pub(super) struct Call<'g> {
    pub(super) served: &'g Served,
    pub(super) endpoint: &'static Endpoint,
    pub(super) api: &'g Api,
    pub(super) request: &'g http::Request<Vec<u8>>,
    pub(super) sent: &'g SentRequest,
    pub(super) now: SystemTime,
    pub(super) tolerance: Duration,
}

/// The result of all checks.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) layout: AnswerLayout,
    /// What is wrong, in the order in which a gateway checks it.
    pub(super) issues: Vec<Issue>,
    /// What is unusual, but accepted.
    pub(super) notes: Vec<String>,
}

/// Checks verb, encoding, common parameters, time, signature, session, and the marks and limits of the API's page.
pub(super) fn check(call: &Call<'_>) -> Checked {
    let (layout, issues) = layout(call.served, call.sent);
    let mut checked = Checked { layout, issues: Vec::new(), notes: Vec::new() };
    checked.issues.extend(verb(call));
    let encoding = encoding(call);
    // The signature covers text, which cannot be read in a wrong encoding.
    let is_readable = encoding.is_none();
    checked.issues.extend(encoding);
    checked.issues.extend(content_type(call));
    checked.issues.extend(wrapper(call));
    checked.issues.extend(issues);
    signature(call, is_readable, &mut checked);
    fields(call, &mut checked);
    checked
}

/// A gateway that reads query and form as one set of parameters also accepts them without a body.
fn verb(call: &Call<'_>) -> Option<Issue> {
    let (method, documented) = (call.request.method().as_str(), call.endpoint.method.word());
    let body = call.endpoint.body.unwrap_or(call.served.platform().protocol.body);
    let is_bodiless = body == BodyForm::Form && method == "GET";
    let reason = format!("the HTTP method is {method}, expected {documented}");
    (method != documented && !is_bodiless).then(|| Issue::new(Occasion::Invalid(Subject::Verb), reason))
}

/// Reports text that is not UTF-8. It was replaced when it was read, so the character for that is looked for, which a client
/// may also have sent itself.
fn encoding(call: &Call<'_>) -> Option<Issue> {
    const REPLACED: char = char::REPLACEMENT_CHARACTER;
    if has_json(call) && std::str::from_utf8(call.request.body()).is_err() {
        let reason = "the body is not UTF-8 (perhaps GBK)";
        return Some(Issue::new(Occasion::Invalid(Subject::Encoding), reason));
    }
    let pairs = [Location::Query, Location::Form].into_iter().flat_map(|location| call.sent.pairs(location));
    let mut pairs = pairs.filter(|(name, value)| name.contains(REPLACED) || value.contains(REPLACED));
    let (name, _) = pairs.next()?;
    let body = std::str::from_utf8(call.request.body()).unwrap_or_default();
    let is_escaped = |text: &str| text.to_ascii_uppercase().contains("%EF%BF%BD");
    let is_sent = body.contains(REPLACED) || is_escaped(body) || call.request.uri().query().is_some_and(is_escaped);
    let reason = format!("the parameter `{name}` is not UTF-8 (perhaps GBK)");
    (!is_sent).then(|| Issue::new(Occasion::Invalid(Subject::Encoding), reason))
}

/// Whether the fields of the API are in a body of JSON. Files are sent in a multipart form.
fn has_json(call: &Call<'_>) -> bool {
    let has_files = call.endpoint.request.root.iter().any(|field| field.item == Item::File);
    let form = call.api.operation().body_form(call.served.tables.protocol().request.body);
    form == Some(rt::BodyForm::Json) && !has_files
}

/// A server that expects JSON reads nothing else.
fn content_type(call: &Call<'_>) -> Option<Issue> {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let expected = call.served.tables.protocol().request.content_type_of(rt::BodyForm::Json);
    let sent = call.request.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let (sent, expected) = (essence(sent.unwrap_or_default()), essence(expected));
    let shown: String = call.served.masked(&sent).chars().take(100).collect();
    let reason = format!("the content type is `{shown}`, expected `{expected}`");
    (has_json(call) && sent != expected).then(|| Issue::new(Occasion::Invalid(Subject::Parameter), reason))
}

/// A server that expects all fields in one parameter reads no others.
fn wrapper(call: &Call<'_>) -> Option<Issue> {
    let rules = &call.served.tables.protocol().request;
    let wrapper = rules.wrapper?;
    let form = call.api.operation().body_form(rules.body);
    let is_form = matches!(form, None | Some(rt::BodyForm::Form | rt::BodyForm::Multipart));
    let mut pairs = [Location::Query, Location::Form].into_iter().flat_map(|location| call.sent.pairs(location));
    let is_missing = is_form && pairs.all(|(name, _)| name != wrapper);
    let occasion = Occasion::Missing(Subject::Field(wrapper.to_owned()));
    is_missing.then(|| Issue::new(occasion, format!("the parameter `{wrapper}` is missing")))
}

fn signature(call: &Call<'_>, is_readable: bool, checked: &mut Checked) {
    let platform = call.served.platform();
    let places = platform.scheme.plans().flat_map(|(_, plan)| &plan.places);
    let in_path = places.filter(|field| field.location == Location::Path).map(|field| field.name.as_str());
    let parts = match call.sent.parts(call.api.operation(), &in_path.collect::<Vec<_>>()) {
        Ok(parts) => parts,
        Err(error) => {
            let reason = format!("the request cannot be read: {error}");
            checked.issues.push(Issue::new(Occasion::Invalid(Subject::Parameter), reason));
            return;
        }
    };
    let facts = call.endpoint.facts.iter();
    let parts = facts.fold(parts, |parts, (name, value)| parts.with_fact(name, value));
    let verifier = Verifier {
        scheme: &platform.scheme,
        credentials: call.served.credentials.values(),
        now: call.now,
        tolerance: call.tolerance,
    };
    let verdict = verifier.verify(&parts);
    for problem in &verdict.problems {
        match problem {
            // No server could check it, so the request is accepted.
            Problem::Uncheckable { .. } => checked.notes.push(problem.to_string()),
            Problem::Signature(_) if !is_readable => {}
            _ => checked.issues.push(Issue::of_problem(problem)),
        }
    }
    if call.endpoint.session == SessionNeed::Required && !verdict.has_session {
        let subject = Subject::Field(session_field(call.served).unwrap_or_default());
        let reason = format!("`{}` needs a session, and the request has none", call.endpoint.api);
        checked.issues.push(Issue::new(Occasion::Missing(subject), reason));
    }
}

/// Returns the wire name of the field with the session.
fn session_field(served: &Served) -> Option<String> {
    let scheme = &served.platform().scheme;
    let is_token =
        |index: usize| scheme.credentials.get(index).is_some_and(|known| known.kind == CredentialKind::Token);
    let mut fields = scheme.plans().flat_map(|(_, plan)| &plan.puts);
    let reads_token = |source: &Source| matches!(source, Source::Credential(index) if is_token(*index));
    fields.find(|field| field.template.sources().any(reads_token)).map(|field| field.name.clone())
}

/// Reads the API's fields and checks the marks and limits of its page.
fn fields(call: &Call<'_>, checked: &mut Checked) {
    let (protocol, operation) = (call.served.tables.protocol(), call.api.operation());
    let mut record = call.api.request();
    let invalid = |reason: String| Issue::new(Occasion::Invalid(Subject::Parameter), reason);
    let read = match call.sent.read(protocol, operation, &mut record) {
        Ok(read) => read,
        Err(ReadError::Path) => return,
        Err(error) => {
            checked.issues.push(invalid(error.to_string()));
            return;
        }
    };
    let notes = coercions(&read, checked);
    if let Err(rt::Error::Violations(violations)) = check_request(&record, protocol, operation) {
        let is_misfit = |path: &str| checked.issues.iter().any(|issue| issue.path.as_deref() == Some(path));
        let found = violations.iter().filter(|violation| !is_misfit(violation.path())).map(|violation| {
            let occasion = match violation.rule() {
                rt::Rule::Missing => Occasion::Missing(Subject::Parameter),
                _ => Occasion::Invalid(Subject::Parameter),
            };
            Issue { path: Some(violation.path().to_owned()), ..Issue::new(occasion, violation.to_string()) }
        });
        let found: Vec<Issue> = found.collect();
        checked.issues.extend(found);
    }
    let is_new = |path: &str| !checked.issues.iter().any(|issue| issue.path.as_deref() == Some(path));
    checked.notes.extend(notes.into_iter().filter(|(path, _)| is_new(path)).map(|(_, note)| note));
    unknown(call, &read, checked);
}

/// Reports what the API cannot read. Returns the other deviations, by path.
fn coercions(read: &ReadRequest, checked: &mut Checked) -> Vec<(String, String)> {
    let mut notes = Vec::new();
    for coercion in read.coercions.iter() {
        let path: String = coercion.path().chars().take(200).collect();
        let reason = format!("`{path}` {}", deviation(coercion.kind()));
        match coercion.kind() {
            rt::CoercionKind::Misfit | rt::CoercionKind::TooDeep => {
                let issue = Issue::new(Occasion::Invalid(Subject::Parameter), reason);
                checked.issues.push(Issue { path: Some(coercion.path().to_owned()), ..issue });
            }
            _ => notes.push((coercion.path().to_owned(), reason)),
        }
    }
    notes
}

/// Notes parameters that no spec has.
fn unknown(call: &Call<'_>, read: &ReadRequest, checked: &mut Checked) {
    let platform = call.served.platform();
    let common: Vec<&str> = platform.protocol.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let known = |name: &str| common.contains(&name) || platform.scheme.parameter_names().any(|known| known == name);
    for parameter in read.parameters.iter().filter(|parameter| parameter.location != Location::Headers) {
        if !known(&parameter.name) {
            checked.notes.push(format!("unknown parameter `{}`", parameter.name.chars().take(100).collect::<String>()));
        }
    }
}
