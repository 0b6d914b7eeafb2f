//! From an answer's bytes to a typed value: tolerant, and every tolerance is counted.

mod answer;
mod envelope;
mod list;
mod load;
mod object;
mod raw;
mod scalar;
mod text;
mod tree;
mod xml;

pub(crate) use answer::{Received, answer};
pub use load::from_json;
pub(crate) use load::load;
pub(crate) use tree::{Branch, Tree};

use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::path::Path;
use crate::protocol::JsonForm;

/// Objects in objects are read down to this depth, so that no answer overflows the stack.
const DEEPEST: usize = 64;

/// How a JSON value that arrives as text is taken.
#[derive(Copy, Clone, PartialEq, Eq)]
enum JsonText {
    /// The text holds JSON; if it does not, it is a JSON string.
    IfValid,
    /// The text is the JSON string itself.
    Literal,
    /// The text is what the caller put in, valid or not.
    Always,
}

impl From<JsonForm> for JsonText {
    fn from(form: JsonForm) -> Self {
        match form {
            JsonForm::Text => Self::IfValid,
            JsonForm::Value => Self::Literal,
        }
    }
}

/// Fills objects from JSON and counts what it has to bend.
struct Decoder {
    json: JsonText,
    path: Path,
    depth: usize,
    ledger: Ledger,
}

impl Decoder {
    fn new(json: JsonText, ledger: Ledger) -> Self {
        Self { json, path: Path::default(), depth: 0, ledger }
    }

    /// Counts a difference at the present path.
    fn note(&mut self, kind: CoercionKind) {
        self.ledger.note(self.path.as_str(), kind, 1);
    }

    fn finish(self) -> Coercions {
        self.ledger.finish()
    }
}

#[cfg(test)]
mod tests;
