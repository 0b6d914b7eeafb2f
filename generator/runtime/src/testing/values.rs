//! Values that a test needs: credentials, answers, errors.

use crate::answer::Answer;
use crate::client::Attempt;
use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::error::{
    CredentialsError, CredentialsProblem, DecodeError, DecodeProblem, HttpError, PlatformError, Rule, StatusError,
    Violation, Violations,
};
use crate::explanation::Explanation;
use crate::object::Object;
use crate::protocol::Credentials;
use crate::received::Received;
use crate::retry::Outlook;
use crate::skew::ClockSkew;

/// Builds a value in one expression, although only its own crate can name all of its fields: every generated type has it.
pub trait With: Object + Default {
    /// Returns a value that `fill` has filled.
    fn with(fill: impl FnOnce(&mut Self)) -> Self {
        let mut value = Self::default();
        fill(&mut value);
        value
    }
}

impl<T: Object + Default> With for T {}

/// Credentials for tests, which no platform accepts.
pub trait TestCredentials: Credentials {
    /// Returns credentials that are complete: every text is `test-` and the name of the credential.
    fn for_test() -> Self;
}

impl<T> Answer<T> {
    /// Returns an answer with this value and nothing else: one attempt, HTTP status 200, an empty body. The fields can be
    /// set.
    pub fn for_test(value: T) -> Self {
        Self {
            value,
            request_id: None,
            status: None,
            message: None,
            coercions: Coercions::default(),
            attempts: 1,
            received: Received::default(),
        }
    }

    /// Returns the answer as it was received over HTTP.
    #[must_use]
    pub fn with_response(self, response: http::Response<Vec<u8>>) -> Self {
        Self { received: response.into(), ..self }
    }

    /// Returns the answer of a call that took this number of attempts.
    #[must_use]
    pub fn with_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Returns the answer with coercions.
    #[must_use]
    pub fn with_coercions(self, coercions: Coercions) -> Self {
        Self { coercions, ..self }
    }
}

impl Coercions {
    /// Returns one coercion per path and kind.
    pub fn for_test<'p>(coercions: impl IntoIterator<Item = (&'p str, CoercionKind)>) -> Self {
        let mut ledger = Ledger::default();
        coercions.into_iter().for_each(|(path, kind)| ledger.note(path, kind, 1));
        ledger.finish()
    }
}

impl Violations {
    /// Returns the violations of these rules: `first`, because there is always one, and `others`.
    pub fn for_test<'p>(first: (&'p str, Rule), others: impl IntoIterator<Item = (&'p str, Rule)>) -> Self {
        let all = core::iter::once(first).chain(others);
        Self::all(all.map(|(path, rule)| Violation { path: path.to_owned(), rule }).collect())
    }
}

impl CredentialsError {
    /// Returns the error of the credential `name`.
    pub fn for_test(name: &'static str, problem: CredentialsProblem) -> Self {
        Self::new(name, problem)
    }
}

impl PlatformError {
    /// Returns an error that no table explains. The fields can be set. For one that is explained as in a call, see
    /// [`Failure::error`](super::Failure::error).
    pub fn for_test(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            msg: None,
            sub_code: None,
            sub_msg: None,
            request_id: None,
            documented: None,
            meaning: None,
            is_bare: false,
            explanation: Explanation::default(),
            outlook: Outlook::default(),
            received: Received::default(),
        }
    }

    /// Returns the error with a sub code.
    #[must_use]
    pub fn with_sub_code(self, sub_code: impl Into<String>) -> Self {
        Self { sub_code: Some(sub_code.into()), ..self }
    }
}

impl StatusError {
    /// Returns an error that no table explains. The fields can be set. For one that is explained as in a call, see
    /// [`Failure::error`](super::Failure::error).
    pub fn for_test(status: impl Into<String>) -> Self {
        Self {
            status: status.into(),
            message: None,
            sub_code: None,
            sub_message: None,
            request_id: None,
            meaning: None,
            explanation: Explanation::default(),
            outlook: Outlook::default(),
            received: Received::default(),
        }
    }
}

impl HttpError {
    /// Returns the error for a response, whatever its status.
    pub fn for_test(response: http::Response<Vec<u8>>) -> Self {
        let received = response.into();
        Self { outlook: crate::retry::http_outlook(&received), received }
    }
}

impl DecodeError {
    /// Returns the error for a response that cannot be decoded.
    pub fn for_test(problem: DecodeProblem, response: http::Response<Vec<u8>>) -> Self {
        Self::of_answer(problem, response.into())
    }
}

impl ClockSkew {
    /// Returns the difference of a server's clock, in milliseconds: positive if the server's clock is ahead.
    pub fn for_test(millis: i64) -> Self {
        Self { millis }
    }
}

impl Attempt<'_> {
    /// Returns a first attempt of the API `api` that succeeded at once. The fields can be set.
    pub fn for_test(api: &str) -> Attempt<'_> {
        Attempt {
            api,
            number: 1,
            duration: core::time::Duration::ZERO,
            sent_bytes: 0,
            received_bytes: Some(0),
            http_status: Some(200),
            request_id: None,
            error: None,
            retry_in: None,
        }
    }
}
