//! What a mock does about the calls of one API.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::call::{Answerer, RecordedCall, SessionPlace, leads_to};
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
    /// Where the API's session is sent.
    pub(super) place: Option<SessionPlace>,
    answer: Box<Answering>,
    failures: Mutex<VecDeque<Failure>>,
    dress: Mutex<Dress>,
    calls: AtomicUsize,
}

/// What HTTP adds to a successful answer.
#[derive(Clone, Default)]
pub(super) struct Dress {
    pub(super) status: http::StatusCode,
    pub(super) headers: http::HeaderMap,
}

impl Handler {
    pub(super) fn typed(operation: &'static Operation, place: Option<SessionPlace>, answer: Box<Answering>) -> Self {
        Self { place, is_typed: true, ..Self::new(operation.name().to_owned(), operation, answer) }
    }

    pub(super) fn raw(name: String, answer: Box<Answering>) -> Self {
        const OPERATION: &Operation = &Operation::new("", Method::Post, "");
        Self::new(name, OPERATION, answer)
    }

    fn new(name: String, operation: &'static Operation, answer: Box<Answering>) -> Self {
        let (failures, dress, calls) = (Mutex::default(), Mutex::default(), AtomicUsize::default());
        Self { name, operation, is_typed: false, place: None, answer, failures, dress, calls }
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

    /// Returns what a recorded call shows of the handler.
    pub(super) fn answerer(&self) -> Answerer<'_> {
        Answerer { name: &self.name, operation: self.is_typed.then_some(self.operation) }
    }

    /// Begins an attempt. Returns its failure, if it has one.
    pub(super) fn begin(&self) -> Option<Failure> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.failures().pop_front()
    }

    /// Returns the number of attempts.
    pub(super) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// Returns how many failures no attempt has had yet.
    pub(super) fn remaining_failures(&self) -> usize {
        self.failures().len()
    }

    /// Changes what HTTP adds to successful answers.
    pub(super) fn dress(&self, change: impl FnOnce(&mut Dress)) {
        change(&mut self.dress.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Returns the response with a successful answer.
    pub(super) fn response(&self, answer: Written) -> http::Response<Vec<u8>> {
        let mut response = answer.into_response();
        self.dress(|dress| {
            *response.status_mut() = dress.status;
            response.headers_mut().extend(dress.headers.clone());
        });
        response
    }

    fn failures(&self) -> MutexGuard<'_, VecDeque<Failure>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the handler answers a request. `api` is the API's name if the request has it.
    pub(super) fn fits(&self, sent: &SentRequest, api: Option<&str>) -> bool {
        match api {
            Some(api) => self.name == api,
            None if self.is_typed => leads_to(sent, None, self.operation),
            None => ends_with_segments(sent.path(), &self.name),
        }
    }

    /// Whether the handler comes before `earlier`, which was added before it and fits, too. Of paths with placeholders, the
    /// one with more literal text is the more specific one.
    pub(super) fn precedes(&self, earlier: &Self) -> bool {
        let literal =
            |handler: &Self| handler.operation.path().split(['{', '}']).step_by(2).map(str::len).sum::<usize>();
        !(self.is_typed && earlier.is_typed) || literal(self) >= literal(earlier)
    }
}

/// Whether the last segments of `path` are those of `end`.
fn ends_with_segments(path: &str, end: &str) -> bool {
    let end = end.trim_matches('/');
    path.trim_end_matches('/').strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
