//! State of decoding an object from JSON.

use super::budget::Budget;
use super::raw::{Member, Raw};
use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::error::DecodeProblem;
use crate::object::{Field, Object, Value};
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
    /// As a request contains it on a platform of this form.
    #[cfg_attr(not(any(feature = "testing", test)), expect(dead_code, reason = "only servers in tests read requests"))]
    Sent(JsonForm),
}

impl JsonText {
    /// Whether text in `field` is the JSON text that a caller set, valid or not.
    pub(super) fn is_verbatim(self, field: Field) -> bool {
        match self {
            Self::Always => true,
            Self::Sent(form) => field.is_text() || (form == JsonForm::Text && !field.is_opaque()),
            Self::IfValid | Self::Literal => false,
        }
    }
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
    pub(super) budget: Budget,
}

impl Decoder {
    pub(super) fn new(json: JsonText, ledger: Ledger, budget: Budget) -> Self {
        Self { json, path: Path::default(), depth: 0, nesting: 1, ledger, budget }
    }

    /// Returns the members of an object as a list.
    pub(super) fn members<'a>(&mut self, raw: Raw<'a>) -> Vec<Member<'a>> {
        let mut members = Vec::new();
        for member in raw.members() {
            if !self.budget.push(&mut members, member) {
                break;
            }
        }
        members
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

    /// Returns the coercions, or an error if `target` would take too much memory; then it is emptied.
    pub(super) fn finish(self, target: &mut dyn Object) -> Result<Coercions, DecodeProblem> {
        if let Err(problem) = self.budget.check() {
            clear(target);
            return Err(problem);
        }
        Ok(self.ledger.finish())
    }
}

/// Empties all fields.
pub(super) fn clear(target: &mut dyn Object) {
    target.fields_mut().into_iter().for_each(Value::clear);
}
