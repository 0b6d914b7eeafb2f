//! Writes JSON text once: the same text is signed and sent.

use core::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::encoder::{Encoder, MAX_DEPTH, Purpose};
use super::sent::{self, Sent};
use crate::error::Rule;
use crate::object::{Field, List, Object, View};
use crate::plain_text::plain_length;
use crate::protocol::{DateForm, DecimalForm, IntegerForm, JsonForm, NullForm};
use crate::value::{Date, Decimal, File, Json, MAX_NESTING, Map, MapValue, Wire, is_number, nests_within};

impl Encoder {
    /// Writes an object; absent members are left out, unless the platform expects `null` for them.
    // specs/top/PROTOCOL.md#json-in-requests
    pub(super) fn object(&mut self, object: &dyn Object) {
        if self.depth >= MAX_DEPTH {
            self.violation(Rule::TooDeep);
            self.out.push_str("null");
            return;
        }
        self.depth += 1;
        self.members(object, &[]);
        self.depth -= 1;
    }

    /// Writes an object without the fields at the indices `left_out`.
    pub(super) fn members(&mut self, object: &dyn Object, left_out: &[usize]) {
        self.out.push('{');
        let start = self.out.len();
        for (index, field, view) in Sent::of(object).iter() {
            if left_out.contains(&index) {
                continue;
            }
            let mark = self.path.member(field.wire);
            match view {
                View::Absent => {
                    if !self.missing(field) && self.writes_null(object, field) {
                        self.comma(start);
                        push_text(&mut self.out, field.wire);
                        self.raw(":null");
                    }
                }
                // The request is rejected, so nothing needs to be written.
                view if self.missing_text(field, &view) => {}
                view => {
                    self.comma(start);
                    push_text(&mut self.out, field.wire);
                    self.out.push(':');
                    self.member(field, &view);
                }
            }
            self.path.back(mark);
        }
        self.out.push('}');
    }

    /// Whether `null` is written for a field without a value. Of two fields with one name, the other one may be set.
    fn writes_null(&self, object: &dyn Object, field: Field) -> bool {
        let of_name = || object.shape().fields().filter(|other| other.wire == field.wire).count();
        self.rules.nulls == NullForm::Write && of_name() == 1
    }

    /// Writes the value of a field, its list in the wrapper of answers.
    fn member(&mut self, field: Field, view: &View<'_>) {
        let Some(inner) = self.rules.wrapper(field, view) else { return self.value(field, view) };
        self.out.push('{');
        push_text(&mut self.out, inner);
        self.out.push(':');
        self.value(field, view);
        self.out.push('}');
    }

    /// Writes the value of a field, or an item of its list.
    pub(super) fn value(&mut self, field: Field, view: &View<'_>) {
        let view = &self.form(field, view);
        self.limits(field, view);
        match view {
            View::Absent => self.out.push_str("null"),
            View::Text(text) => push_text(&mut self.out, text),
            View::Integer(number) if self.rules.integer == IntegerForm::Text => {
                push_text(&mut self.out, &number.to_string());
            }
            // Writing to a string cannot fail.
            View::Integer(number) => drop(write!(self.out, "{number}")),
            View::Boolean(value) => self.raw(if *value { "true" } else { "false" }),
            View::Date(date) => self.date(date),
            View::Decimal(decimal) => self.decimal(decimal, self.rules.decimal),
            View::Json(json) => self.json(field, json),
            View::Map(map) => self.map(map),
            View::File(file) => self.file(file),
            View::Enum { value, wire: Wire::Number, .. } if self.rules.integer == IntegerForm::Number => {
                self.number(value);
            }
            View::Enum { value, wire: Wire::Number, .. } => {
                if !is_number(value) {
                    self.violation(Rule::InvalidNumber);
                }
                push_text(&mut self.out, value);
            }
            View::Enum { value, wire: Wire::Text, .. } => push_text(&mut self.out, value),
            View::Object(object) => self.object(*object),
            View::List(list) => self.list(field, *list),
        }
    }

    /// Converts a value to the form that is written. In an answer, JSON stays JSON: decoding does not unwrap its text.
    fn form<'a>(&self, field: Field, view: &View<'a>) -> View<'a> {
        match (self.rules.purpose, view) {
            (Purpose::Answer(_), View::Json(_)) => *view,
            _ => sent::form(field, view),
        }
    }

    /// Writes a list as an array, without the wrapper of answers.
    pub(super) fn list(&mut self, field: Field, list: &dyn List) {
        self.out.push('[');
        let start = self.out.len();
        for index in 0..list.count() {
            self.comma(start);
            let mark = self.path.item(index);
            self.value(field, &list.item(index));
            self.path.back(mark);
        }
        self.out.push(']');
    }

    /// Writes a map; its numbers are written as numbers.
    pub(super) fn map(&mut self, map: &Map) {
        self.out.push('{');
        let start = self.out.len();
        for (key, value) in map.iter() {
            let mark = self.path.key(key);
            self.entry(start, key, value);
            self.path.back(mark);
        }
        self.out.push('}');
    }

    /// Writes an entry of the object whose content begins at `start`.
    pub(super) fn entry(&mut self, start: usize, key: &str, value: &MapValue) {
        self.comma(start);
        push_text(&mut self.out, key);
        self.out.push(':');
        self.map_value(value);
    }

    fn map_value(&mut self, value: &MapValue) {
        match value {
            MapValue::Null => self.raw("null"),
            MapValue::Bool(value) => self.raw(if *value { "true" } else { "false" }),
            MapValue::Number(number) => self.decimal(number, DecimalForm::Number),
            MapValue::Text(text) => push_text(&mut self.out, text),
            MapValue::Json(json) => self.map_json(json),
        }
    }

    /// Writes a JSON value of a map. A dump contains it as text if it is nested too deep: readers of the dump descend into
    /// it, and its lines would be indented by its depth.
    fn map_json(&mut self, json: &Json) {
        let can_be_read = self.rules.purpose == Purpose::Wire || nests_within(json.as_str(), MAX_NESTING);
        self.verbatim(json.as_str(), can_be_read && json.is_valid(), Rule::InvalidJson);
    }

    /// Returns the text of a date, or records a violation.
    pub(super) fn date_text(&mut self, date: &Date) -> String {
        let DateForm { pattern, zone } = self.rules.date;
        let text = match self.rules.purpose {
            Purpose::Wire | Purpose::Answer(_) => date.written(pattern, zone),
            Purpose::Dump => date.dumped(pattern, zone),
        };
        text.unwrap_or_else(|| {
            self.violation(Rule::InvalidDate);
            String::new()
        })
    }

    fn date(&mut self, date: &Date) {
        let text = self.date_text(date);
        push_text(&mut self.out, &text);
    }

    fn decimal(&mut self, decimal: &Decimal, form: DecimalForm) {
        match form {
            DecimalForm::Text => {
                self.finite(decimal);
                push_text(&mut self.out, decimal.as_str());
            }
            DecimalForm::Number => self.number(decimal.as_str()),
        }
    }

    /// Checks a decimal that is sent as text: any text is sent unchanged, except that of infinity and NaN.
    pub(super) fn finite(&mut self, decimal: &Decimal) {
        if decimal.is_not_finite() {
            self.violation(Rule::InvalidNumber);
        }
    }

    fn number(&mut self, text: &str) {
        self.verbatim(text, is_number(text), Rule::InvalidNumber);
    }

    /// Writes a JSON value: as a value if it represents an object without documented members, otherwise in the
    /// platform's form.
    fn json(&mut self, field: Field, json: &Json) {
        if self.rules.purpose != Purpose::Dump && (field.is_opaque() || self.rules.json == JsonForm::Value) {
            self.verbatim(json.as_str(), json.is_valid(), Rule::InvalidJson);
        } else {
            push_text(&mut self.out, json.as_str());
        }
    }

    /// Rejects a file inside JSON, for which pages rarely name an encoding; a dump writes what it can read again.
    // specs/top/PROTOCOL.md#files
    fn file(&mut self, file: &File) {
        if self.rules.purpose == Purpose::Wire {
            self.violation(Rule::FileNotAllowed);
        }
        let members =
            [("name", file.name()), ("content_type", file.content_type()), ("base64", &STANDARD.encode(file.bytes()))];
        self.out.push('{');
        let start = self.out.len();
        for (name, value) in members {
            self.comma(start);
            push_text(&mut self.out, name);
            self.out.push(':');
            push_text(&mut self.out, value);
        }
        self.out.push('}');
    }

    /// Writes text that is JSON. Invalid text is a violation in a request, and becomes a string in a dump.
    fn verbatim(&mut self, text: &str, valid: bool, otherwise: Rule) {
        match (valid, self.rules.purpose) {
            (true, _) => self.raw(text.trim()),
            (false, Purpose::Wire) => self.violation(otherwise),
            (false, _) => push_text(&mut self.out, text),
        }
    }

    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn comma(&mut self, start: usize) {
        if self.out.len() > start {
            self.out.push(',');
        }
    }
}

/// Appends `text` as a JSON string; only quotes, backslashes and control characters are escaped.
pub(crate) fn push_text(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    out.push('"');
    let mut rest = text;
    while let Some((plain, special)) = rest.split_at_checked(plain_length(rest.as_bytes())) {
        out.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            None => break,
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            // Writing to a string cannot fail.
            Some(control) => drop(write!(out, "\\u{:04X}", u32::from(control))),
        }
        rest = chars.as_str();
    }
    out.push('"');
}
