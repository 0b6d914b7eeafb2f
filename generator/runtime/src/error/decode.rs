//! Answers that cannot be decoded.

use core::fmt;

use http::{HeaderMap, StatusCode};

use crate::received::Received;
use crate::show::Line;

/// An answer that cannot be decoded. The raw body is kept, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError {
    problem: DecodeProblem,
    source: Source,
}

/// What was decoded.
#[derive(Clone, PartialEq, Eq)]
enum Source {
    /// An answer.
    Answer(Box<Received>),
    /// The caller's own text.
    Text(Vec<u8>),
}

/// Why an answer cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeProblem {
    /// The body is HTML, or XML that is not an answer of the platform.
    Markup,
    /// The body is not JSON.
    Syntax {
        /// Line of the first error, from 1.
        line: usize,
        /// Column of the first error, from 1.
        column: usize,
    },
    /// The body is not UTF-8, and its `Content-Type` names this other character set.
    Charset(String),
    /// The body is not UTF-8 but GBK, and its `Content-Type` names no character set.
    UndeclaredGbk,
    /// The body is still compressed in this way (`gzip`, or the `Content-Encoding`): the transport must decompress it.
    Compressed(String),
    /// The body is JSON, but not an object.
    NotAnObject,
    /// The member with the status is missing.
    MissingStatus,
    /// The decoded answer would take more memory than the limit, which is 64 MiB and three times the size of the body. No
    /// ordinary answer does: many tiny items become large objects, or a body is repeated inside itself.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

impl DecodeError {
    pub(crate) fn of_answer(problem: DecodeProblem, received: Received) -> Self {
        Self { problem, source: Source::Answer(Box::new(received)) }
    }

    pub(crate) fn of_text(problem: DecodeProblem, text: &str) -> Self {
        Self { problem, source: Source::Text(text.as_bytes().to_vec()) }
    }

    /// Returns why the answer cannot be decoded.
    pub fn problem(&self) -> &DecodeProblem {
        &self.problem
    }

    /// Returns the HTTP status of the answer; `None` if the text came from the caller.
    pub fn http_status(&self) -> Option<StatusCode> {
        self.received().map(|received| received.status)
    }

    /// Returns the HTTP headers of the answer; `None` if the text came from the caller.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.received().map(|received| &received.headers)
    }

    /// Returns the raw body of the answer, or the caller's text.
    pub fn body(&self) -> &[u8] {
        match &self.source {
            Source::Answer(received) => &received.body,
            Source::Text(text) => text,
        }
    }

    fn received(&self) -> Option<&Received> {
        match &self.source {
            Source::Answer(received) => Some(received),
            Source::Text(_) => None,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            DecodeProblem::Markup => f.write_str("the answer is HTML, or XML that is not an answer of the platform"),
            DecodeProblem::Syntax { line, column } => {
                write!(f, "the answer is not JSON (line {line}, column {column})")
            }
            DecodeProblem::Charset(name) => write!(f, "the answer is encoded as {}, not as UTF-8", Line(name)),
            DecodeProblem::UndeclaredGbk => {
                f.write_str("the answer is encoded as GBK, not as UTF-8, and its headers do not state that")
            }
            DecodeProblem::Compressed(coding) => {
                write!(f, "the answer is compressed ({}), and the transport did not decompress it", Line(coding))
            }
            DecodeProblem::NotAnObject => f.write_str("the answer is not a JSON object"),
            DecodeProblem::MissingStatus => f.write_str("the answer has no status"),
            DecodeProblem::TooLarge { limit } => {
                write!(f, "decoding the answer would take more than {limit} bytes of memory")
            }
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError").field("problem", &self.problem).field("body_bytes", &self.body().len()).finish()
    }
}

impl std::error::Error for DecodeError {}
