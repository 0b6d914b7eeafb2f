//! Known answers of a scheme.

use apograph_runtime::sign::{Location, Parts};

use crate::source::Place;

/// A known answer: what goes in and what must come out.
#[derive(Clone, Debug)]
pub struct Vector {
    /// What people call it.
    pub name: String,
    /// Where it is published, or who agrees.
    pub source: String,
    /// Position of the variant it belongs to; 0 where there are none.
    pub variant: usize,
    /// Values of the credentials, in the scheme's order; nothing for an optional one that is absent.
    pub credentials: Vec<Option<String>>,
    /// The instant, in Unix seconds.
    pub clock: u64,
    /// Values of the nonces by name.
    pub nonces: Vec<(String, String)>,
    /// Facts of the operation.
    pub facts: Vec<(String, String)>,
    /// The request before it is signed, facts included.
    pub request: Parts,
    /// What must come out, in order.
    pub expect: Vec<Expectation>,
    /// Where it is declared.
    pub origin: Place,
}

/// One thing that must come out.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Which.
    pub target: Target,
    /// Its text; bytes as hexadecimal.
    pub text: String,
    /// Where it is declared.
    pub origin: Place,
}

/// Something a vector can speak of. Numbers are positions in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A step.
    Let(usize),
    /// A clock name.
    Clock(usize),
    /// A field that the scheme sets.
    Field(Location, String),
}

impl Vector {
    /// The fields that must come out, with their texts.
    pub fn fields(&self) -> impl Iterator<Item = (Location, &str, &str)> {
        self.expect.iter().filter_map(|expected| match &expected.target {
            Target::Field(location, name) => Some((*location, name.as_str(), expected.text.as_str())),
            Target::Let(_) | Target::Clock(_) => None,
        })
    }
}
