//! Runs a test vector.

use std::borrow::Cow;
use std::time::UNIX_EPOCH;

use apograph_runtime::SystemNonce;
use apograph_runtime::sign::{Moment, Parts, SignError};

use super::report::Report;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::recipe::interpret::{Run, Trace};
use crate::recipe::scheme::{Assignment, Plan, Scheme};
use crate::recipe::{Expectation, Target, Vector};

/// Signs the vector's request and compares the results.
pub(super) fn run(scheme: &Scheme, vector: &Vector, report: &mut Report) {
    let Some((_, plan)) = scheme.plans().nth(vector.variant) else { return };
    match sign(scheme, plan, vector) {
        Ok((trace, parts)) => {
            // The first difference usually causes the others.
            let differs = |expected: &&Expectation| got(expected, &trace, &parts).as_ref() != Some(&expected.text);
            if let Some(expected) = vector.expect.iter().find(differs) {
                report.add(mismatch(expected, vector, plan, &trace, &parts));
            }
        }
        Err(error) => {
            let message = format!("the request of the vector {} cannot be signed: {error}", quoted(&vector.name));
            report.add(Diagnostic::new(Code::VectorFails, vector.origin.clone(), message));
        }
    }
}

fn sign(scheme: &Scheme, plan: &Plan, vector: &Vector) -> Result<(Trace, Parts), SignError> {
    let source = SystemNonce::default();
    let known: Vec<(&str, &str)> = vector.nonces.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let moment = Moment::new(UNIX_EPOCH + vector.clock, &source).with_known_nonces(&known);
    let mut parts = vector.request.clone();
    let run = Run { scheme, plan, credentials: &vector.secrets(), moment: &moment };
    run.sign(&mut parts).map(|trace| (trace, parts))
}

fn got(expected: &Expectation, trace: &Trace, parts: &Parts) -> Option<String> {
    match &expected.target {
        Target::Let(index) => trace.lets.get(*index).map(|made| made.text()),
        Target::Clock(index) => trace.clocks.get(*index).cloned(),
        Target::Field(location, name) => parts.field(*location, name).map(Cow::into_owned),
    }
}

fn mismatch(expected: &Expectation, vector: &Vector, plan: &Plan, trace: &Trace, parts: &Parts) -> Diagnostic {
    let message = format!("the scheme does not reproduce this value of the vector {}", quoted(&vector.name));
    let finding = Diagnostic::new(Code::VectorMismatch, expected.origin.clone(), message);
    let is_secret = match expected.target {
        Target::Let(index) => plan.lets.get(index).is_some_and(|step| step.secrecy.is_closed()),
        Target::Field(location, ref name) => {
            let is_it = |field: &&Assignment| field.location == location && field.name == *name;
            plan.puts.iter().find(is_it).is_some_and(|field| field.template.secrecy.is_closed())
        }
        Target::Clock(_) => false,
    };
    if is_secret {
        return finding.help("the values contain a secret and are not shown");
    }
    let Some(got) = got(expected, trace, parts) else {
        return finding.here(format!("expected {}", quoted(&expected.text))).help("the field is missing");
    };
    let same = expected.text.chars().zip(got.chars()).take_while(|(expected, got)| expected == got).count();
    finding.here(format!("expected {}", excerpt(&expected.text, same))).help(format!("got {}", excerpt(&got, same)))
}

/// Returns an excerpt of a long text that begins shortly before the first difference.
fn excerpt(text: &str, same: usize) -> String {
    const BEFORE: usize = 16;
    const SHORT: usize = 60;
    if text.chars().count() <= SHORT || same <= BEFORE {
        return quoted(text);
    }
    let rest: String = text.chars().skip(same - BEFORE).collect();
    quoted(&format!("…{rest}"))
}
