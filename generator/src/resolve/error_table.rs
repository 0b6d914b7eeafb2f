//! The platform's table of errors.

use apograph_runtime::testing::check_phrase;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::{Envelope, ErrorTable, KnownError, Occasion, Parameter, Subject};
use crate::recipe::Scheme;
use crate::source::{Place, SpecPath};
use crate::spec::{Entries, ErrorTableSpec, KnownErrorSpec, PlatformSpecs};

/// Resolves the table, and reports entries that no answer can match and messages that cannot be filled.
pub(super) fn resolve(specs: &PlatformSpecs, envelope: Option<&Envelope>, diagnostics: &mut Diagnostics) -> ErrorTable {
    let table = &specs.spec.errors;
    let mut report = |list: &str, name: &str, problem: Option<&str>| {
        let Some(problem) = problem else { return };
        let place = Place::key(specs.file, SpecPath::root().key("errors").key(list).key(name));
        diagnostics.push(Diagnostic::new(Code::UnmatchedError, place, format!("{} {problem}", quoted(name))));
    };
    table.codes.names().for_each(|code| report("codes", code, code_problem(code, envelope)));
    table.sub_codes.names().for_each(|code| report("sub_codes", code, sub_code_problem(code, envelope)));
    check_messages(specs, envelope.is_none_or(has_sub_codes), diagnostics);
    check_statuses(specs, diagnostics);
    ErrorTable { codes: known(&table.codes), sub_codes: known(&table.sub_codes), texts: known(&table.texts) }
}

/// Reports messages with a placeholder that nothing fills, or a single brace.
fn check_messages(specs: &PlatformSpecs, has_sub_codes: bool, diagnostics: &mut Diagnostics) {
    let help = if has_sub_codes {
        "a message can contain `{parameter}` and `{sub_code}`; `{{` and `}}` are literal braces"
    } else {
        "a message can contain `{parameter}`; `{{` and `}}` are literal braces"
    };
    for (list, name, error) in rows(&specs.spec.errors) {
        let Some(Err(problem)) = error.message.as_deref().map(|message| check_phrase(message, has_sub_codes)) else {
            continue;
        };
        let path = SpecPath::root().key("errors").key(list).key(name).key("message");
        let place = Place::value(specs.file, path);
        diagnostics.push(Diagnostic::new(Code::BadMessage, place, problem.to_string()).help(help));
    }
}

/// Reports what is not the HTTP status of an error.
fn check_statuses(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) {
    for (list, name, error) in rows(&specs.spec.errors) {
        if let Some(status) = error.http.filter(|status| !(400..600).contains(status)) {
            let path = SpecPath::root().key("errors").key(list).key(name).key("http");
            let message = format!("{status} is not the HTTP status of an error (400 to 599)");
            diagnostics.push(Diagnostic::new(Code::UnmatchedError, Place::value(specs.file, path), message));
        }
    }
}

/// Iterates over all entries, with the names of their lists.
fn rows(table: &ErrorTableSpec) -> impl Iterator<Item = (&'static str, &str, &KnownErrorSpec)> {
    let lists = [("codes", &table.codes), ("sub_codes", &table.sub_codes), ("texts", &table.texts)];
    lists.into_iter().flat_map(|(list, entries)| entries.iter().map(move |(name, error)| (list, name, error)))
}

/// Whether errors of the platform can have a sub code.
fn has_sub_codes(envelope: &Envelope) -> bool {
    !envelope.names().sub_code.is_empty()
}

fn code_problem(code: &str, envelope: Option<&Envelope>) -> Option<&'static str> {
    let is_success = envelope.is_some_and(|envelope| envelope.success().iter().any(|success| success == code));
    is_success.then_some("is a status of success")
}

fn sub_code_problem(sub_code: &str, envelope: Option<&Envelope>) -> Option<&'static str> {
    let start = sub_code.strip_suffix('*').unwrap_or(sub_code);
    match envelope {
        Some(envelope) if !has_sub_codes(envelope) => Some("cannot occur, because the envelope has no sub codes"),
        _ if start.contains('*') => Some("has a `*` that is not at its end"),
        _ if start.is_empty() => Some("is not a sub code"),
        _ => None,
    }
}

fn known(entries: &Entries<KnownErrorSpec>) -> Vec<KnownError> {
    let error = |(key, error): (&str, &KnownErrorSpec)| KnownError {
        key: key.to_owned(),
        meaning: error.meaning.clone(),
        hint: error.hint.clone(),
        message: error.message.clone(),
        clock: error.clock,
        http: error.http.and_then(|status| http::StatusCode::from_u16(status).ok()),
        when: error.when.iter().filter_map(|text| occasion(text)).collect(),
    };
    entries.iter().map(error).collect()
}

/// Parses `missing NAME` or `invalid NAME`.
fn occasion(text: &str) -> Option<Occasion> {
    let (word, name) = text.split_once(' ')?;
    let subject = match name {
        "parameter" => Subject::Parameter,
        "verb" => Subject::Verb,
        "encoding" => Subject::Encoding,
        name => Subject::Field(name.to_owned()),
    };
    match word {
        "missing" => Some(Occasion::Missing(subject)),
        "invalid" => Some(Occasion::Invalid(subject)),
        _ => None,
    }
}

/// Reports occasions that cannot happen: the platform sets no field of that name.
pub(super) fn check_occasions(
    parameters: &[Parameter],
    scheme: &Scheme,
    specs: &PlatformSpecs,
    diagnostics: &mut Diagnostics,
) {
    let known = parameters.iter().map(|parameter| parameter.name.as_str());
    let signed = scheme.fields().map(|(_, name)| name).chain(scheme.parameter_names());
    let known = known.chain(signed).chain(specs.spec.request.wrapper.as_deref());
    let known: Vec<&str> = known.collect();
    let is_set = |subject: &Subject| !matches!(subject, Subject::Field(name) if !known.contains(&name.as_str()));
    for (list, name, error) in rows(&specs.spec.errors) {
        for (index, text) in error.when.iter().enumerate() {
            let problem = match occasion(text) {
                Some(_) if list == "sub_codes" && name.ends_with('*') => {
                    format!("a server answers with a whole sub code, not with {}", quoted(name))
                }
                Some(Occasion::Missing(subject) | Occasion::Invalid(subject)) if is_set(&subject) => continue,
                Some(_) => {
                    let name = text.split_once(' ').map_or("", |(_, name)| name);
                    format!("neither the protocol nor the signature sets {}", quoted(name))
                }
                None => format!("{} is neither `missing NAME` nor `invalid NAME`", quoted(text)),
            };
            let path = SpecPath::root().key("errors").key(list).key(name).key("when").index(index);
            diagnostics.push(Diagnostic::new(Code::UnmatchedError, Place::value(specs.file, path), problem));
        }
    }
}
