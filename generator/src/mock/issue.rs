//! What is wrong with a request, and the error that the platform documents for it.

use std::fmt;

use apograph_runtime::Operation;
use apograph_runtime::testing::AnswerError;

use super::Served;
use crate::model::{Endpoint, Envelope, KnownError, Occasion, Subject};
use crate::recipe::Problem;

/// Something wrong with a received request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The occasion, by which the platform's error is found.
    pub occasion: Occasion,
    /// The wire path of the API's field that the issue is about.
    pub path: Option<String>,
    /// What is wrong, for people.
    pub reason: String,
    /// More lines for people: the text to sign beside what was received.
    pub details: Option<String>,
}

impl Issue {
    pub(super) fn new(occasion: Occasion, reason: impl Into<String>) -> Self {
        Self { occasion, path: None, reason: reason.into(), details: None }
    }

    /// Converts a problem of the signature, its fields or its time.
    pub(super) fn of_problem(problem: &Problem) -> Self {
        let name = |problem: &Problem| problem.field().map(|field| field.name.clone()).unwrap_or_default();
        let subject = Subject::Field(name(problem));
        let occasion = if problem.is_missing() { Occasion::Missing(subject) } else { Occasion::Invalid(subject) };
        let details = match problem {
            Problem::Signature(mismatch) => Some(mismatch.details()),
            _ => None,
        };
        Self { details, ..Self::new(occasion, problem.to_string()) }
    }

    /// Returns the error that the platform documents for the issue.
    ///
    /// An error without a documented code is answered as an invalid parameter, then as any error of the platform.
    pub(super) fn error(&self, served: &Served, endpoint: Option<&Endpoint>) -> AnswerError {
        let fallback = Occasion::Invalid(Subject::Parameter);
        let found = documented(&self.occasion, served, endpoint).or_else(|| documented(&fallback, served, endpoint));
        let (code, text) =
            found.or_else(|| any_error(served, endpoint)).unwrap_or(("1".to_owned(), self.reason.clone()));
        let has_sub_codes = matches!(served.platform().protocol.envelope, Envelope::Root(_));
        let message = match &self.path {
            Some(path) if has_sub_codes => format!("{text}:{path}"),
            _ => text,
        };
        AnswerError { code, message: Some(message), sub_code: None, sub_message: None }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// Returns code and text of the error for an occasion: the API's own table first.
fn documented(occasion: &Occasion, served: &Served, endpoint: Option<&Endpoint>) -> Option<(String, String)> {
    let errors = &served.platform().protocol.errors;
    let on = |known: &&KnownError| known.when.contains(occasion);
    let statuses = endpoint.map(|endpoint| endpoint.statuses.as_slice()).unwrap_or_default();
    let by_text = errors.texts.iter().filter(on).find_map(|known| statuses.iter().find(|(_, text)| *text == known.key));
    by_text.cloned().or_else(|| {
        let known = errors.codes.iter().find(on)?;
        Some((known.key.clone(), known.meaning.clone()))
    })
}

fn any_error(served: &Served, endpoint: Option<&Endpoint>) -> Option<(String, String)> {
    let errors = &served.platform().protocol.errors;
    let known = errors.codes.first().map(|known| (known.key.clone(), known.meaning.clone()));
    let is_success = |code: &str| match &served.platform().protocol.envelope {
        Envelope::Status(names) => names.success.iter().any(|success| success == code),
        Envelope::Root(_) => false,
    };
    known.or_else(|| endpoint?.statuses.iter().find(|(code, _)| !is_success(code)).cloned())
}

/// Returns the error with this code, as the platform or the API documents it.
pub(super) fn error_of_code(
    code: &str,
    sub_code: Option<&str>,
    served: &Served,
    endpoint: &Endpoint,
    operation: &Operation,
) -> AnswerError {
    let protocol = &served.platform().protocol;
    let own = operation.documented_statuses().iter().find(|(known, _)| *known == code).map(|(_, text)| *text);
    let common = protocol.errors.codes.iter().find(|known| known.key == code).map(|known| known.meaning.as_str());
    let row = sub_code.and_then(|sub_code| endpoint.errors.iter().find(|row| row.code == sub_code));
    // A client that is told how long to wait does so.
    let wait = protocol.retry.wait.as_ref().filter(|_| protocol.retry.codes.iter().any(|known| known == code));
    let wait = wait.map(|(before, after)| format!("{before}1{after}"));
    AnswerError {
        code: code.to_owned(),
        message: Some(own.or(common).unwrap_or("error").to_owned()),
        sub_code: sub_code.map(str::to_owned),
        sub_message: row.map(|row| row.message.clone()).or(wait),
    }
}
