//! State of writing a request.

use crate::error::{Rule, Violation};
use crate::object::{Field, View};
use crate::path::{Path, Trail};
use crate::protocol::{DateForm, DecimalForm, IntegerForm, JsonForm, KeyOrder, NullForm, ValueRules};
use crate::sign::sort_json;

/// Whether a request is checked against its page's required marks and limits before it is sent.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Checks {
    /// Required marks and limits are checked, and all violations are reported at once.
    #[default]
    On,
    /// Only problems that make the request impossible are reported, because pages are not always right.
    Off,
}

/// Maximum depth of nested objects, so that no request overflows the stack.
pub(super) const MAX_DEPTH: usize = 64;

/// How values are written inside JSON.
#[derive(Copy, Clone)]
pub(super) struct Rules {
    pub(super) date: DateForm,
    pub(super) decimal: DecimalForm,
    pub(super) integer: IntegerForm,
    pub(super) json: JsonForm,
    pub(super) nulls: NullForm,
    pub(super) keys: KeyOrder,
    pub(super) purpose: Purpose,
}

/// Purpose of the JSON text.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// For a server: a value that cannot be written as documented is a violation.
    Wire,
    /// For the caller's own use: every value can be written, and read again.
    Dump,
    /// For a client, as the server that a test replaces: any value is written, and lists are enclosed or not.
    #[cfg_attr(not(any(feature = "testing", test)), expect(dead_code, reason = "only servers in tests write answers"))]
    Answer(Lists),
}

/// How an answer contains lists.
#[cfg_attr(not(any(feature = "testing", test)), expect(dead_code, reason = "only servers in tests write answers"))]
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lists {
    /// In an object whose only member is the list.
    // specs/top/PROTOCOL.md#list-wrapping
    Wrapped,
    /// As arrays.
    Bare,
}

impl Rules {
    pub(super) fn wire(values: &ValueRules) -> Self {
        let ValueRules { date, decimal, integer, json, nulls, keys } = *values;
        Self { date, decimal, integer, json, nulls, keys, purpose: Purpose::Wire }
    }

    /// The rules of an answer.
    #[cfg(any(feature = "testing", test))]
    pub(super) fn answer(values: &ValueRules, lists: Lists) -> Self {
        let common = ValueRules { date: values.date, decimal: values.decimal, json: values.json, ..ValueRules::COMMON };
        Self { purpose: Purpose::Answer(lists), ..Self::wire(&common) }
    }

    /// Returns the member that encloses the list of `field`, if one does.
    pub(super) fn wrapper(&self, field: Field, view: &View<'_>) -> Option<&'static str> {
        match (self.purpose, view) {
            (Purpose::Answer(Lists::Wrapped), View::List(_)) => field.list_key(),
            _ => None,
        }
    }
}

/// Writes JSON, checks it, and collects violations.
pub(super) struct Encoder {
    pub(super) rules: Rules,
    pub(super) checks: Checks,
    pub(super) out: String,
    pub(super) path: Trail,
    pub(super) depth: usize,
    pub(super) violations: Vec<Violation>,
}

impl Encoder {
    pub(super) fn new(rules: Rules, checks: Checks) -> Self {
        Self { rules, checks, out: String::new(), path: Trail::default(), depth: 0, violations: Vec::new() }
    }

    /// Returns the JSON text that `write` writes, with the members of its objects in the platform's order.
    pub(super) fn json_text(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let before = core::mem::take(&mut self.out);
        write(self);
        let text = core::mem::replace(&mut self.out, before);
        match self.rules.keys {
            KeyOrder::Page => text,
            KeyOrder::Sorted => sort_json(&text),
        }
    }

    /// Records that the value at the current path violates `rule`.
    pub(super) fn violation(&mut self, rule: Rule) {
        let mut path = Path::default();
        self.path.write(&mut path);
        self.violations.push(Violation { path: path.into_text(), rule });
    }
}
