//! Test vectors of a scheme.

use std::time::Duration;

use apograph_runtime::Secret;
use apograph_runtime::sign::{Location, Parts};

use crate::source::Place;

/// A test vector: the input and the expected results.
#[derive(Clone, Debug)]
pub struct Vector {
    /// Its name.
    pub name: String,
    /// Where it is published, or which implementations agree on it.
    pub source: String,
    /// Index of the variant that it tests; 0 if the scheme has no variants.
    pub variant: usize,
    /// Values of the credentials, in the scheme's order; `None` for an optional credential that is absent.
    pub credentials: Vec<Option<String>>,
    /// The time of the attempt, since 1970.
    pub clock: Duration,
    /// Values of the nonces by name.
    pub nonces: Vec<(String, String)>,
    /// Facts of the operation.
    pub facts: Vec<(String, String)>,
    /// The request before it is signed, including its facts.
    pub request: Parts,
    /// The expected results, in order.
    pub expect: Vec<Expectation>,
    /// The request after it is signed, if all results are as expected.
    pub signed: Option<Parts>,
    /// Where it is declared.
    pub origin: Place,
}

impl Vector {
    /// Returns the credentials as a caller has them.
    #[must_use]
    pub fn secrets(&self) -> Vec<Option<Secret>> {
        self.credentials.iter().map(|value| value.as_deref().map(Secret::from)).collect()
    }
}

/// An expected result.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The value that it is about.
    pub target: Target,
    /// The expected text, or bytes as hexadecimal.
    pub text: String,
    /// Where it is declared.
    pub origin: Place,
}

/// A value that a vector can check. Numbers are indexes into the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A step.
    Let(usize),
    /// A text made from the time of the attempt.
    Clock(usize),
    /// A field that the scheme sets.
    Field(Location, String),
}
