//! What a mock does about the calls of one API.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::call::RecordedCall;
use super::failure::Failure;
use super::read::{ReadError, SentRequest};
use super::write::{AnswerLayout, Written};
use crate::operation::{Method, Operation};

/// Why a handler has no answer.
pub(super) enum Refusal {
    /// The failure that the test wants.
    Wanted(Failure),
    /// The request is not one of the API.
    Unreadable(ReadError),
}

type Answering = dyn Fn(&RecordedCall, AnswerLayout, &str) -> Result<Written, Refusal> + Send + Sync;

/// Answers the calls of one API.
pub(super) struct Handler {
    pub(super) name: String,
    /// The operation, or what is known of an API without types.
    pub(super) operation: &'static Operation,
    is_typed: bool,
    answer: Box<Answering>,
    failures: Mutex<VecDeque<Failure>>,
}

impl Handler {
    pub(super) fn typed(operation: &'static Operation, answer: Box<Answering>) -> Self {
        Self { name: operation.name().to_owned(), operation, is_typed: true, answer, failures: Mutex::default() }
    }

    pub(super) fn raw(name: String, answer: Box<Answering>) -> Self {
        const OPERATION: &Operation = &Operation::new("", Method::Post, "");
        Self { name, operation: OPERATION, is_typed: false, answer, failures: Mutex::default() }
    }

    pub(super) fn answer(
        &self,
        call: &RecordedCall,
        layout: AnswerLayout,
        request_id: &str,
    ) -> Result<Written, Refusal> {
        (self.answer)(call, layout, request_id)
    }

    /// Adds failures of the next attempts.
    pub(super) fn fail(&self, failures: impl IntoIterator<Item = Failure>) {
        self.failures().extend(failures);
    }

    /// Returns the failure of this attempt, if it has one.
    pub(super) fn next_failure(&self) -> Option<Failure> {
        self.failures().pop_front()
    }

    fn failures(&self) -> MutexGuard<'_, VecDeque<Failure>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns how well the handler fits a request, or `None` if it does not. `api` is the API's name if the request has it.
    pub(super) fn fit(&self, sent: &SentRequest, api: Option<&str>) -> Option<usize> {
        if let Some(api) = api {
            return (self.name == api).then_some(0);
        }
        if !self.is_typed {
            return sent.path().ends_with(&self.name).then_some(self.name.len());
        }
        // The path with more literal text is the more specific one.
        let literal = self.operation.path().split(['{', '}']).step_by(2).map(str::len).sum();
        (sent.method() == self.operation.method().as_str() && sent.is_at(self.operation)).then_some(literal)
    }
}
