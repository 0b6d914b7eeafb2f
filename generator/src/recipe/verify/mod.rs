//! Checks a received request with a scheme, as the platform's server does.
//!
//! The scheme is run backwards: the variant is the one whose fixed fields were received, times and nonces are read from
//! the fields that carry them, every other field is compared with its template, and the steps are run again over what
//! was received. A wrong signature is explained, and the usual mistakes of clients are tried on it.

mod advice;
mod explain;
mod field;
mod mistake;
mod problem;
mod read;
mod search;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use apograph_runtime::sign::{Location, Moment, Parts, SignError, is_blank};
use apograph_runtime::{Secret, SystemNonce};

pub(super) use advice::advice;
pub use explain::{Mismatch, ShownField, ShownStep};
pub use field::{FieldName, masked};
pub use mistake::Mistake;
pub use problem::Problem;

use super::interpret::{Run, Trace};
use super::reach::is_digest;
use super::scheme::{Assignment, CredentialKind, Methods, Piece, Plan, Scheme, Source, Template};
use super::signatures::Signatures;

/// What a server knows when it checks a request.
#[derive(Clone, Copy, Debug)]
pub struct Verifier<'a> {
    /// The platform's scheme.
    pub scheme: &'a Scheme,
    /// The caller's credentials, in the scheme's order. Any session is accepted if the server knows none.
    pub credentials: &'a [Option<Secret>],
    /// The server's time.
    pub now: SystemTime,
    /// The greatest accepted difference between the server's time and that of the request.
    pub tolerance: Duration,
}

/// The result of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The variant that the request was checked with, if the scheme has variants and it is known.
    pub variant: Option<String>,
    /// Every problem, in the order of the fields. The request is accepted if there is none.
    pub problems: Vec<Problem>,
    /// Whether the request carries a session.
    pub has_session: bool,
}

impl Verdict {
    /// Whether the request is accepted.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.problems.is_empty()
    }
}

impl Verifier<'_> {
    /// Checks a received request. Its facts are those of the operation.
    #[must_use]
    pub fn verify(&self, received: &Parts) -> Verdict {
        let candidates = match self.candidates(received) {
            Ok(candidates) => candidates,
            Err(problem) => {
                return Verdict { problems: vec![problem], has_session: self.has_session(received), variant: None };
            }
        };
        let mut verdicts = candidates.into_iter().map(|(variant, plan)| Verdict {
            variant: variant.map(str::to_owned),
            problems: Check::new(*self, plan, received).run(),
            has_session: self.has_session(received),
        });
        let Some(first) = verdicts.next() else { return Verdict::default() };
        if first.is_accepted() { first } else { verdicts.find(Verdict::is_accepted).unwrap_or(first) }
    }

    /// Returns the variants whose fixed fields were received, the default first.
    fn candidates(&self, received: &Parts) -> Result<Vec<(Option<&str>, &Plan)>, Problem> {
        let mut plans: Vec<_> = self.scheme.plans().collect();
        if let Methods::Variants { default, .. } = &self.scheme.methods {
            plans.get_mut(..=*default).unwrap_or_default().rotate_right(1);
        }
        let telling = |field: &&Assignment| {
            let is_same = |(_, plan): &(Option<&str>, &Plan)| {
                plan.puts.iter().any(|other| same_field(other, field) && literal(other) == literal(field))
            };
            literal(field).is_some() && !plans.iter().all(is_same)
        };
        let fits = |plan: &Plan| {
            let mut fields = plan.puts.iter().filter(telling);
            fields.all(|field| find(received, field).map(Cow::into_owned) == literal(field))
        };
        let fitting: Vec<_> = plans.iter().filter(|(_, plan)| fits(plan)).copied().collect();
        let mut known = plans.iter().flat_map(|(_, plan)| plan.puts.iter().filter(telling));
        match known.next() {
            Some(field) if fitting.is_empty() => {
                let known = known.filter(|other| same_field(other, field)).filter_map(literal);
                let known = literal(field).into_iter().chain(known).collect();
                let received = find(received, field).filter(|value| !is_blank(value));
                let received = received.map(|value| masked(self.scheme, self.credentials, &value));
                Err(Problem::UnknownVariant { field: FieldName::of(field), received, known })
            }
            _ => Ok(fitting),
        }
    }

    fn has_session(&self, received: &Parts) -> bool {
        let reads_token = |field: &Assignment| {
            let mut sources = field.template.sources();
            sources.any(|source| matches!(source, Source::Credential(index) if self.is_token(*index)))
        };
        let mut fields = self.scheme.plans().flat_map(|(_, plan)| &plan.puts).filter(|field| reads_token(field));
        fields.any(|field| find(received, field).is_some_and(|value| !is_blank(&value)))
    }

    fn is_token(&self, index: usize) -> bool {
        self.scheme.credentials.get(index).is_some_and(|known| known.kind == CredentialKind::Token)
    }
}

/// The check of one request with one variant.
struct Check<'a> {
    server: Verifier<'a>,
    plan: &'a Plan,
    /// What was received.
    received: &'a Parts,
    /// The same without the fields that are set after signing.
    signed: Parts,
    /// The server's credentials, with the session of the request if the server knows none.
    credentials: Vec<Option<Secret>>,
    problems: Vec<Problem>,
    /// Shared by the checks of all mistakes that are tried on a request.
    signatures: Rc<Signatures>,
}

impl<'a> Check<'a> {
    fn new(server: Verifier<'a>, plan: &'a Plan, received: &'a Parts) -> Self {
        let mut signed = received.clone();
        for field in &plan.places {
            for location in locations(field.location) {
                signed.remove(location, &field.name);
            }
        }
        let credentials = server.credentials.to_vec();
        Self { server, plan, received, signed, credentials, problems: Vec::new(), signatures: Rc::default() }
    }

    fn run(mut self) -> Vec<Problem> {
        let trace = self.read_fields();
        let missing = self.plan.places.iter().filter(|field| is_missing(self.received, field));
        let missing: Vec<Problem> = missing.map(|field| Problem::Missing(FieldName::of(field))).collect();
        self.problems.extend(missing);
        let is_late = |problem: &Problem| matches!(problem, Problem::Expired { .. });
        if let Some(trace) = trace.filter(|_| self.problems.iter().all(is_late)) {
            self.check_places(trace);
        }
        self.problems
    }

    /// Compares what was received with the fields that the variant sets before signing. Returns the values of times and
    /// nonces if all are known.
    fn read_fields(&mut self) -> Option<Trace> {
        let captured: Vec<_> = self.plan.puts.iter().map(|field| self.capture(field)).collect();
        let captured: Vec<_> = captured.into_iter().flatten().collect();
        let clocks = self.clocks(&captured)?;
        let mut nonces = Vec::new();
        for (index, nonce) in self.plan.nonces.iter().enumerate() {
            let known =
                captured.iter().find(|(source, _)| *source == Source::Nonce(index)).map(|(_, text)| text.clone());
            if known.is_none() && nonce.used {
                self.hidden(&nonce.name);
                return None;
            }
            nonces.push(known.unwrap_or_default());
        }
        let trace = Trace { clocks, nonces, lets: Vec::new() };
        self.compare_fields(&trace);
        Some(trace)
    }

    /// Reports that a time or nonce of the signature is not in the request. The recipe is at fault, so this is reported
    /// only if nothing else is.
    fn hidden(&mut self, name: &str) {
        if self.problems.is_empty() {
            self.problems.push(Problem::Uncheckable { name: name.to_owned() });
        }
    }

    /// Checks the fields whose values depend on several sources, which could not be read back on their own.
    fn compare_fields(&mut self, trace: &Trace) {
        let mut wrong = Vec::new();
        for field in &self.plan.puts {
            let Some(received) = find(self.received, field).filter(|value| !is_blank(value)) else { continue };
            let expected = self.with_run(|run| run.value(&field.template, &self.signed, trace));
            if let Ok(Some(expected)) = expected
                && expected != received
                && !self.problems.iter().any(|problem| problem.field() == Some(&FieldName::of(field)))
            {
                wrong.push(self.wrong_value(field, &received, expected));
            }
        }
        self.problems.extend(wrong);
    }

    /// Returns the request with the sets that the signature reads, which are never sent. `None` if there are none.
    fn with_sets(&self, parts: &Parts, trace: &Trace) -> Result<Option<Parts>, SignError> {
        let fields = self.plan.puts.iter().filter(|field| matches!(field.location, Location::Set(_)));
        let mut filled = None;
        for field in fields {
            if let Some(value) = self.with_run(|run| run.value(&field.template, parts, trace))? {
                filled.get_or_insert_with(|| parts.clone()).put(field.location, &field.name, value);
            }
        }
        Ok(filled)
    }

    /// Runs the steps again and compares the fields that are set after signing.
    fn check_places(&mut self, mut trace: Trace) {
        match self.with_sets(&self.signed, &trace) {
            Ok(filled) => self.signed = filled.unwrap_or_else(|| self.signed.clone()),
            Err(error) => return self.problems.push(Problem::Unreadable(error)),
        }
        if let Err(error) = self.with_run(|run| run.run_steps(&self.signed, &mut trace)) {
            self.problems.push(Problem::Unreadable(error));
            return;
        }
        let mut wrong = Vec::new();
        for field in &self.plan.places {
            if is_unseen(self.received, field) {
                wrong.push(Problem::Uncheckable { name: field.name.clone() });
                continue;
            }
            let received = &find(self.received, field).unwrap_or_default();
            match self.with_run(|run| run.value(&field.template, &self.signed, &trace)) {
                Ok(Some(expected)) if !self.is_same(field, &expected, received) => {
                    wrong.push(if is_digest(self.plan, &field.template) {
                        Problem::Signature(Box::new(self.explain(field, received, &expected, &trace)))
                    } else {
                        self.wrong_value(field, received, expected)
                    });
                }
                Ok(_) => {}
                Err(error) => wrong.push(Problem::Unreadable(error)),
            }
        }
        self.problems.extend(wrong);
    }

    /// Whether the platform takes the received value for the expected one.
    fn is_same(&self, field: &Assignment, expected: &str, received: &str) -> bool {
        let any_case = self.server.scheme.any_case.contains(&field.name);
        expected == received || any_case && expected.eq_ignore_ascii_case(received)
    }

    fn wrong_value(&self, field: &Assignment, received: &str, expected: String) -> Problem {
        let expected = (!field.template.secrecy.is_closed() && !self.reads_token(&field.template)).then_some(expected);
        Problem::WrongValue { field: FieldName::of(field), received: self.masked(received), expected }
    }

    /// See [`masked`].
    fn masked(&self, received: &str) -> String {
        masked(self.server.scheme, &self.credentials, received)
    }

    fn reads_token(&self, template: &Template) -> bool {
        let is_token = |source: &Source| matches!(source, Source::Credential(index) if self.server.is_token(*index));
        template.sources().any(is_token)
    }

    fn with_run<T>(&self, action: impl FnOnce(&Run<'_>) -> Result<T, SignError>) -> Result<T, SignError> {
        let source = SystemNonce::default();
        let moment = Moment::new(self.server.now, &source);
        action(&self.run_at(&moment))
    }

    fn run_at<'r>(&'r self, moment: &'r Moment<'r>) -> Run<'r> {
        let Self { plan, credentials, signatures, .. } = self;
        Run { scheme: self.server.scheme, plan, credentials, moment, signatures }
    }
}

/// Returns the text of a field that depends on nothing.
fn literal(field: &Assignment) -> Option<String> {
    let texts = field.template.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => Some(text.as_str()),
        Piece::Value { .. } => None,
    });
    texts.collect()
}

fn same_field(a: &Assignment, b: &Assignment) -> bool {
    a.location == b.location && a.name == b.name
}

/// Returns the received value of a field. Servers read query and form as one set of parameters.
fn find<'p>(received: &'p Parts, field: &Assignment) -> Option<Cow<'p, str>> {
    locations(field.location).find_map(|location| received.field(location, &field.name))
}

fn is_missing(received: &Parts, field: &Assignment) -> bool {
    !is_unseen(received, field) && find(received, field).is_none_or(|value| is_blank(&value))
}

/// Whether a field is in a path whose placeholders are not known.
fn is_unseen(received: &Parts, field: &Assignment) -> bool {
    field.location == Location::Path && received.pairs(Location::Path).is_empty()
}

fn locations(location: Location) -> impl Iterator<Item = Location> {
    let other = match location {
        Location::Query => Some(Location::Form),
        Location::Form => Some(Location::Query),
        _ => None,
    };
    [location].into_iter().chain(other)
}
