//! Answers that cannot be read.

use core::fmt;

use crate::show::Line;

/// An answer that cannot be read. The raw body is kept, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError {
    problem: DecodeProblem,
    body: Vec<u8>,
}

/// Why an answer cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeProblem {
    /// The body is HTML, or XML that is no answer of the platform.
    Markup,
    /// The body is not JSON.
    Syntax {
        /// The line of the first error, from 1.
        line: usize,
        /// The column of the first error, from 1.
        column: usize,
    },
    /// The body is not UTF-8, and its `Content-Type` names this other character set.
    Charset(String),
    /// The body is JSON, but not an object.
    NotAnObject,
    /// None of the members that hold the status is there.
    MissingStatus,
}

impl DecodeError {
    pub(crate) fn new(problem: DecodeProblem, body: Vec<u8>) -> Self {
        Self { problem, body }
    }

    /// Why the answer cannot be read.
    pub fn problem(&self) -> &DecodeProblem {
        &self.problem
    }

    /// The answer's raw body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            DecodeProblem::Markup => f.write_str("the answer is HTML, or XML that is no answer of the platform"),
            DecodeProblem::Syntax { line, column } => {
                write!(f, "the answer is not JSON (line {line}, column {column})")
            }
            DecodeProblem::Charset(name) => write!(f, "the answer is not UTF-8 but {}", Line(name)),
            DecodeProblem::NotAnObject => f.write_str("the answer is not a JSON object"),
            DecodeProblem::MissingStatus => f.write_str("the answer has no status"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError").field("problem", &self.problem).field("body_bytes", &self.body.len()).finish()
    }
}

impl std::error::Error for DecodeError {}
