//! What filling an object from JSON keeps track of.

use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::path::Path;
use crate::protocol::JsonForm;

/// Objects in objects are read down to this depth, so that no answer overflows the stack.
pub(super) const DEEPEST: usize = 64;

/// How a JSON value that arrives as text is taken.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum JsonText {
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
pub(super) struct Decoder {
    pub(super) json: JsonText,
    pub(super) path: Path,
    pub(super) depth: usize,
    pub(super) ledger: Ledger,
}

impl Decoder {
    pub(super) fn new(json: JsonText, ledger: Ledger) -> Self {
        Self { json, path: Path::default(), depth: 0, ledger }
    }

    /// Counts a difference at the present path.
    pub(super) fn note(&mut self, kind: CoercionKind) {
        self.ledger.note(self.path.as_str(), kind, 1);
    }

    pub(super) fn finish(self) -> Coercions {
        self.ledger.finish()
    }
}
