//! The gateway: a request in, an answer out.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use apograph_runtime::testing::{AnswerError, AnswerLayout, SentRequest, Written, write_answer, write_error};
use apograph_runtime::{Clock, SystemClock};
use http::header::CONTENT_TYPE;
use http::{Response, StatusCode};

use super::check::{Call, check};
use super::entry::{Entry, Outcome, Unread};
use super::faults::{Decider, Decision, Fail, FailWith, Faults};
use super::issue::error_of_code;
use super::route::{Route, route};
use super::{Credentials, Issue, Served};
use crate::dynamic::{Api, sample_answer};
use crate::model::{Endpoint, KnownError, Model};
use crate::selection::Selection;
use crate::spec::Specs;

/// The difference between the server's time and that of a request that platforms usually accept.
pub const TOLERANCE: Duration = Duration::from_secs(600);

/// How a gateway behaves.
#[derive(Clone)]
pub struct Options {
    /// Accepted credentials by platform. Other platforms accept [`Credentials::for_tests`].
    pub credentials: BTreeMap<String, Credentials>,
    /// The greatest accepted difference between the server's time and that of a request.
    pub tolerance: Duration,
    /// The APIs that are served.
    pub only: Selection,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// The server's clock.
    pub clock: Arc<dyn Clock>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            credentials: BTreeMap::new(),
            tolerance: TOLERANCE,
            only: Selection::default(),
            faults: Faults::default(),
            clock: Arc::new(SystemClock),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { credentials, tolerance, only, faults, clock: _ } = self;
        f.debug_struct("Options")
            .field("credentials", credentials)
            .field("tolerance", tolerance)
            .field("only", only)
            .field("faults", faults)
            .finish_non_exhaustive()
    }
}

/// A server of all platforms in the specs. It does no I/O.
#[derive(Debug)]
pub struct Gateway {
    served: Vec<Served>,
    options: Options,
    decider: Decider,
    requests: AtomicU64,
}

/// An answer, and what happens to it on its way.
#[derive(Debug)]
pub struct Reply {
    /// The answer.
    pub response: Response<Vec<u8>>,
    /// Delay, and whether the answer is lost or breaks off.
    pub decision: Decision,
    /// The line in the log.
    pub entry: Entry,
}

impl Gateway {
    /// Creates a gateway for what `specs` mean, which is `model`. Both are leaked: a process has one gateway.
    #[must_use]
    pub fn new(specs: &Specs, model: Model, options: Options) -> Self {
        let model: &'static Model = Box::leak(Box::new(model));
        let served = model.platforms.iter().map(|platform| {
            let specs = specs.platforms.iter().find(|specs| specs.name == platform.name);
            let named = options.credentials.get(&platform.name).cloned();
            Served::new(platform, specs, named.unwrap_or_else(|| Credentials::for_tests(platform)))
        });
        let served = served.collect();
        let decider = Decider::new(options.faults.clone());
        Self { served, options, decider, requests: AtomicU64::new(0) }
    }

    /// Returns the platforms.
    #[must_use]
    pub fn served(&self) -> &[Served] {
        &self.served
    }

    /// Answers a request.
    #[must_use]
    pub fn answer(&self, request: &http::Request<Vec<u8>>) -> Reply {
        let number = self.next_number();
        let line = line(request.method(), request.uri());
        let (response, api, outcome, notes, decision) = match SentRequest::of(request) {
            Ok(sent) => self.routed(number, request, &sent),
            Err(error) => {
                let reason = error.to_string();
                let decision = self.decider.decide(number, |_| false);
                (plain(StatusCode::BAD_REQUEST, &reason), None, Outcome::Unreadable(reason), Vec::new(), decision)
            }
        };
        let faults = decision.words();
        Reply { response, decision, entry: Entry { number, line, api, outcome, notes, faults } }
    }

    /// Returns the line in the log for a request whose body was not read.
    #[must_use]
    pub fn refuse(&self, head: &http::request::Parts, unread: Unread) -> Entry {
        Entry {
            number: self.next_number(),
            line: line(&head.method, &head.uri),
            api: None,
            outcome: Outcome::Unread(unread),
            notes: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn next_number(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn routed(
        &self,
        number: u64,
        request: &http::Request<Vec<u8>>,
        sent: &SentRequest,
    ) -> (Response<Vec<u8>>, Option<String>, Outcome, Vec<String>, Decision) {
        let decide = || self.decider.decide(number, |_| false);
        match route(&self.served, request.method().as_str(), sent, &self.options.only) {
            Route::Nowhere => {
                (plain(StatusCode::NOT_FOUND, &self.paths()), None, Outcome::Nowhere, Vec::new(), decide())
            }
            Route::Unknown(served, issue) => {
                let operation = &UNKNOWN;
                let error = issue.error(served, None, operation);
                let layout = super::layout::layout(served, sent).0;
                let written = write_error(&error, served.tables.protocol(), operation, layout, Some(&id(number)));
                (
                    with_status(answered(&written), &error, served),
                    None,
                    refused(error.code, &[issue]),
                    Vec::new(),
                    decide(),
                )
            }
            Route::Api(served, endpoint, api) => {
                let decision = self.decider.decide(number, |fail| applies(fail, served, endpoint));
                let (now, tolerance) = (self.options.clock.now(), self.options.tolerance);
                let call = Call { served, endpoint, api, request, sent, now, tolerance };
                let (response, outcome, notes) = self.called(number, &call, &decision);
                (response, Some(endpoint.api.clone()), outcome, notes, decision)
            }
        }
    }

    fn called(&self, number: u64, call: &Call<'_>, decision: &Decision) -> (Response<Vec<u8>>, Outcome, Vec<String>) {
        let checked = check(call);
        let protocol = call.served.tables.protocol();
        let operation = call.api.operation();
        let id = id(number);
        let failed = |error: &AnswerError, layout| {
            with_status(answered(&write_error(error, protocol, operation, layout, Some(&id))), error, call.served)
        };
        if let Some(issue) = checked.issues.first() {
            let error = issue.error(call.served, Some(call.endpoint), operation);
            let response = failed(&error, checked.layout);
            return (response, refused(error.code, &checked.issues), checked.notes);
        }
        match decision.fails.first() {
            Some(FailWith::Status(status)) => {
                let response = plain(*status, status.canonical_reason().unwrap_or("error"));
                (response, Outcome::Failed(format!("HTTP status {}", status.as_u16())), checked.notes)
            }
            Some(FailWith::Code(code, sub_code)) => {
                let error = error_of_code(code, sub_code.as_deref(), call.served, operation);
                (failed(&error, checked.layout), Outcome::Failed(format!("error {code}")), checked.notes)
            }
            None => {
                let response = succeeded(call.served, call.endpoint, call.api, checked.layout, &id);
                (response, Outcome::Success, checked.notes)
            }
        }
    }

    /// Whether the error may be the answer of some API that is served.
    #[must_use]
    pub fn can_fail(&self, fail: &Fail) -> bool {
        self.endpoints().any(|(served, endpoint)| applies(fail, served, endpoint))
    }

    /// Returns the names of the APIs that are served.
    #[must_use]
    pub fn apis(&self) -> Vec<&'static str> {
        self.endpoints().map(|(_, endpoint)| endpoint.api.as_str()).collect()
    }

    fn endpoints(&self) -> impl Iterator<Item = (&Served, &'static Endpoint)> {
        let all = self.served.iter().flat_map(|served| served.tables.endpoints().map(move |api| (served, api)));
        all.filter(|(_, endpoint)| self.options.only.contains(&endpoint.api))
    }

    fn paths(&self) -> String {
        let paths = self.served.iter().map(|served| format!("{}: {}/…", served.platform().name, served.base_path()));
        format!("no platform has this path. Base paths: {}", paths.collect::<Vec<_>>().join(", "))
    }
}

fn line(method: &http::Method, uri: &http::Uri) -> String {
    format!("{method} {}", uri.path())
}

/// An API that no spec describes.
static UNKNOWN: apograph_runtime::Operation =
    apograph_runtime::Operation::new("unknown", apograph_runtime::Method::Post, "");

/// Whether the error may be the answer of an API.
fn applies(fail: &Fail, served: &Served, endpoint: &Endpoint) -> bool {
    let is_possible = match &fail.error {
        FailWith::Code(code, _) => documents(served, endpoint, code),
        FailWith::Status(_) => true,
    };
    is_possible && fail.api.contains(&endpoint.api)
}

fn documents(served: &Served, endpoint: &Endpoint, code: &str) -> bool {
    let protocol = &served.platform().protocol;
    endpoint.statuses.iter().any(|(known, _)| known == code)
        || protocol.errors.codes.iter().any(|known| known.key == code)
}

fn succeeded(served: &Served, endpoint: &Endpoint, api: &Api, layout: AnswerLayout, id: &str) -> Response<Vec<u8>> {
    let samples = served.samples_of(endpoint).iter().map(String::as_str);
    let record = sample_answer(samples, &served.tables, endpoint, api);
    answered(&write_answer(&record, served.tables.protocol(), api.operation(), layout, Some(id)))
}

fn refused(code: String, issues: &[Issue]) -> Outcome {
    let details = issues.iter().find_map(|issue| issue.details.clone());
    Outcome::Refused { code, reasons: issues.iter().map(ToString::to_string).collect(), details }
}

/// Returns the id of a request.
fn id(number: u64) -> String {
    format!("mock{number:08}")
}

fn answered(written: &Written) -> Response<Vec<u8>> {
    written.clone().into_response()
}

/// Sets the HTTP status that the platform documents for an error: that of its sub code, or else of its code.
fn with_status(mut response: Response<Vec<u8>>, error: &AnswerError, served: &Served) -> Response<Vec<u8>> {
    let known = &served.platform().protocol.errors;
    let of = |table: &[KnownError], key: &str| table.iter().find(|known| known.key == key)?.http;
    let status = error.sub_code.as_deref().and_then(|key| of(&known.sub_codes, key));
    if let Some(status) = status.or_else(|| of(&known.codes, &error.code)) {
        *response.status_mut() = status;
    }
    response
}

fn plain(status: StatusCode, text: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(format!("{text}\n").into_bytes());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("text/plain;charset=UTF-8"));
    response
}
