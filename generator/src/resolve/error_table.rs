//! The platform's table of errors.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::{Envelope, ErrorTable, KnownError};
use crate::source::{Place, SpecPath};
use crate::spec::{Entries, KnownErrorSpec, PlatformSpecs};

/// Resolves the table, and reports entries that no answer can match.
pub(super) fn resolve(specs: &PlatformSpecs, envelope: Option<&Envelope>, diagnostics: &mut Diagnostics) -> ErrorTable {
    let table = &specs.spec.errors;
    let mut report = |list: &str, name: &str, problem: Option<&str>| {
        let Some(problem) = problem else { return };
        let place = Place::key(specs.file, SpecPath::root().key("errors").key(list).key(name));
        diagnostics.push(Diagnostic::new(Code::UnmatchedError, place, format!("{} {problem}", quoted(name))));
    };
    table.codes.names().for_each(|code| report("codes", code, code_problem(code, envelope)));
    table.sub_codes.names().for_each(|code| report("sub_codes", code, sub_code_problem(code, envelope)));
    ErrorTable { codes: known(&table.codes), sub_codes: known(&table.sub_codes), texts: known(&table.texts) }
}

fn code_problem(code: &str, envelope: Option<&Envelope>) -> Option<&'static str> {
    match envelope {
        Some(Envelope::Status(envelope)) if envelope.success.iter().any(|success| success == code) => {
            Some("is a status of success")
        }
        _ => None,
    }
}

fn sub_code_problem(sub_code: &str, envelope: Option<&Envelope>) -> Option<&'static str> {
    let start = sub_code.strip_suffix('*').unwrap_or(sub_code);
    match envelope {
        Some(Envelope::Status(_)) => Some("cannot occur, because answers with a status have no sub codes"),
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
        clock: error.clock,
    };
    entries.iter().map(error).collect()
}
