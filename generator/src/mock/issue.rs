//! What is wrong with a request, and the error that the platform documents for it.

use std::fmt;

use apograph_runtime::Operation;
use apograph_runtime::testing::AnswerError;

use super::Served;
use crate::model::{Endpoint, KnownError, Occasion, Subject};
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
    pub(super) fn error(&self, served: &Served, endpoint: Option<&Endpoint>, operation: &Operation) -> AnswerError {
        let fallback = Occasion::Invalid(Subject::Parameter);
        let found = [&self.occasion, &fallback].into_iter().find_map(|occasion| {
            let code = documented(occasion, served, endpoint)?;
            Some((code, documented_sub_code(occasion, served)))
        });
        let (code, sub_code) = found.or_else(|| Some((any_error(served, endpoint)?, None))).unzip();
        let error = AnswerError {
            code: code.unwrap_or_else(|| "1".to_owned()),
            parameter: self.parameter().map(str::to_owned),
            sub_code: sub_code.flatten(),
            ..AnswerError::default()
        };
        let error = error.with_known_texts(served.tables.protocol(), operation);
        let message = error.message.or_else(|| Some(self.own_words(&error.code, served)));
        AnswerError { message, ..error }
    }

    /// Returns the name of the parameter that the issue is about.
    fn parameter(&self) -> Option<&str> {
        let (Occasion::Missing(subject) | Occasion::Invalid(subject)) = &self.occasion;
        match (&self.path, subject) {
            (Some(path), _) => Some(path),
            (None, Subject::Field(name)) => Some(name).filter(|name| !name.is_empty()).map(String::as_str),
            (None, Subject::Parameter | Subject::Verb | Subject::Encoding) => None,
        }
    }

    /// Returns a message for an error whose own is not known, with the field's path where platforms have sub codes.
    fn own_words(&self, code: &str, served: &Served) -> String {
        let text = meaning(code, served).unwrap_or(&self.reason);
        let has_sub_codes = !served.platform().protocol.envelope.names().sub_code.is_empty();
        match &self.path {
            Some(path) if has_sub_codes => format!("{text}:{path}"),
            _ => text.to_owned(),
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// Returns the code of the error for an occasion: one that the API's own table has first.
fn documented(occasion: &Occasion, served: &Served, endpoint: Option<&Endpoint>) -> Option<String> {
    let errors = &served.platform().protocol.errors;
    let on = |known: &&KnownError| known.when.contains(occasion);
    let statuses = endpoint.map(|endpoint| endpoint.statuses.as_slice()).unwrap_or_default();
    let by_text = errors.texts.iter().filter(on).find_map(|known| statuses.iter().find(|(_, text)| *text == known.key));
    let code = by_text.map(|(code, _)| code).or_else(|| Some(&errors.codes.iter().find(on)?.key));
    code.cloned()
}

fn documented_sub_code(occasion: &Occasion, served: &Served) -> Option<String> {
    let mut known = served.platform().protocol.errors.sub_codes.iter();
    known.find(|known| known.when.contains(occasion)).map(|known| known.key.clone())
}

fn any_error(served: &Served, endpoint: Option<&Endpoint>) -> Option<String> {
    let protocol = &served.platform().protocol;
    let is_success = |code: &str| protocol.envelope.success().iter().any(|success| success == code);
    let known = protocol.errors.codes.first().map(|known| known.key.clone());
    known.or_else(|| endpoint?.statuses.iter().map(|(code, _)| code).find(|code| !is_success(code)).cloned())
}

/// Returns our own words for a code.
fn meaning<'s>(code: &str, served: &'s Served) -> Option<&'s str> {
    let mut codes = served.platform().protocol.errors.codes.iter();
    codes.find(|known| known.key == code).map(|known| known.meaning.as_str())
}

/// Returns the error with this code, as the platform or the API documents it.
pub(super) fn error_of_code(code: &str, sub_code: Option<&str>, served: &Served, operation: &Operation) -> AnswerError {
    let protocol = &served.platform().protocol;
    // A client that is told how long to wait does so.
    let wait = protocol.retry.wait.as_ref().filter(|_| protocol.retry.codes.iter().any(|known| known == code));
    let wait = wait.map(|(before, after)| format!("{before}1{after}"));
    let error = AnswerError { code: code.to_owned(), sub_code: sub_code.map(str::to_owned), ..AnswerError::default() };
    let error = error.with_known_texts(served.tables.protocol(), operation);
    let message = error.message.or_else(|| Some(meaning(code, served).unwrap_or("error").to_owned()));
    AnswerError { message, sub_message: error.sub_message.or(wait), ..error }
}
