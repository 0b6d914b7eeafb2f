//! Runs a test vector.

use std::borrow::Cow;

use apograph_runtime::sign::{Parts, SignError};

use super::case::Case;
use super::mismatch;
use super::report::Report;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::recipe::interpret::Trace;
use crate::recipe::scheme::{Assignment, Plan, Scheme};
use crate::recipe::{Expectation, Target, Vector};

/// Signs the vector's request and compares the results. Returns what was signed, unless something is wrong.
pub(super) fn run(scheme: &Scheme, vector: &Vector, report: &mut Report) -> Option<Parts> {
    let (_, plan) = scheme.plans().nth(vector.variant)?;
    let case = Case { scheme, plan, vector };
    match sign(&case) {
        Ok((trace, parts)) => {
            let differs = |expected: &&Expectation| got(expected, &trace, &parts).as_ref() != Some(&expected.text);
            // The first difference usually causes the others.
            let wrong = vector.expect.iter().filter(differs).min_by_key(|expected| rank(&expected.target, plan));
            let Some(expected) = wrong else { return Some(parts) };
            let got = got(expected, &trace, &parts);
            report.add(mismatch::finding(&case, expected, got.as_deref()));
        }
        Err(error) => {
            let message = format!("the request of the vector {} cannot be signed: {error}", quoted(&vector.name));
            report.add(Diagnostic::new(Code::VectorFails, vector.origin.clone(), message));
        }
    }
    None
}

/// Returns the position of a value in a run: clocks, fields set before signing, steps, fields set after it.
fn rank(target: &Target, plan: &Plan) -> (u8, usize) {
    match target {
        Target::Clock(index) => (0, *index),
        Target::Field(location, name) => {
            let is_it = |field: &Assignment| field.location == *location && field.name == *name;
            match plan.places.iter().position(is_it) {
                Some(index) => (3, index),
                None => (1, plan.puts.iter().position(is_it).unwrap_or_default()),
            }
        }
        Target::Let(index) => (2, *index),
    }
}

fn sign(case: &Case<'_>) -> Result<(Trace, Parts), SignError> {
    case.with_run(|run| {
        let mut parts = case.vector.request.clone();
        run.sign(&mut parts).map(|trace| (trace, parts))
    })
}

fn got(expected: &Expectation, trace: &Trace, parts: &Parts) -> Option<String> {
    match &expected.target {
        Target::Let(index) => trace.lets.get(*index).map(|made| made.text()),
        Target::Clock(index) => trace.clocks.get(*index).cloned(),
        Target::Field(location, name) => parts.field(*location, name).map(Cow::into_owned),
    }
}
