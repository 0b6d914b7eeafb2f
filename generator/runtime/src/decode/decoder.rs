//! State of decoding an object from JSON.

use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::path::Path;
use crate::protocol::JsonForm;

/// Maximum depth of nested objects, so that no answer overflows the stack.
pub(super) const MAX_DEPTH: usize = 64;

/// How text is decoded into a field of type JSON value.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum JsonText {
    /// The text contains JSON; if it is invalid, the text itself is the value, as a JSON string.
    IfValid,
    /// The text itself is the value, as a JSON string.
    Literal,
    /// The text is the JSON text that the caller set, valid or not.
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

/// Fills objects from JSON, and counts coercions.
pub(super) struct Decoder {
    pub(super) json: JsonText,
    pub(super) path: Path,
    /// Number of nested objects around the current value.
    pub(super) depth: usize,
    /// Number of objects, lists and maps around the current value, the whole object included.
    pub(super) nesting: usize,
    pub(super) ledger: Ledger,
}

impl Decoder {
    pub(super) fn new(json: JsonText, ledger: Ledger) -> Self {
        Self { json, path: Path::default(), depth: 0, nesting: 1, ledger }
    }

    /// Counts a coercion at the current path.
    pub(super) fn note(&mut self, kind: CoercionKind) {
        self.ledger.note(self.path.as_str(), kind, 1);
    }

    /// Counts a coercion of the member `name` at the current path.
    pub(super) fn note_member(&mut self, name: &str, kind: CoercionKind) {
        let mark = self.path.member(name);
        self.note(kind);
        self.path.back(mark);
    }

    pub(super) fn finish(self) -> Coercions {
        self.ledger.finish()
    }
}
