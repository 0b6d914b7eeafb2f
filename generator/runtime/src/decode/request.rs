//! Reads the fields of a request, for servers in tests: the reverse of encoding.

use super::budget::{Budget, copied};
use super::decoder::{Decoder, JsonText};
use super::raw::{Form, Raw};
use super::{text, xml};
use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::error::DecodeProblem;
use crate::object::{Field, ListSlot, Object, Slot, Value};
use crate::protocol::{Protocol, ScalarLists};
use crate::sign::is_blank;
use crate::value::{File, integer};

/// Fills the fields of a request.
pub(crate) struct RequestReader<'t> {
    target: &'t mut dyn Object,
    decoder: Decoder,
    lists: ScalarLists,
    /// Which fields have been filled.
    seen: Vec<bool>,
}

impl<'t> RequestReader<'t> {
    /// Fills `target`, which must be empty, from a request of `size` bytes.
    pub(crate) fn new(protocol: &Protocol, size: usize, target: &'t mut dyn Object) -> Self {
        let decoder = Decoder::new(JsonText::Sent(protocol.values.json), Ledger::default(), Budget::of(size));
        let seen = vec![false; target.fields().len()];
        Self { target, decoder, lists: protocol.request.scalar_lists, seen }
    }

    /// Returns where the field called `name` is sent, if the request has one.
    pub(crate) fn place(&self, name: &str) -> Option<Place> {
        self.target.shape().find(name).map(|(_, field)| Place::of(field))
    }

    /// Returns the names of the fields that are sent as headers.
    pub(crate) fn headers(&self) -> Vec<&'static str> {
        self.target.shape().fields().filter(|field| field.is_in_header()).map(Field::wire).collect()
    }

    /// Fills the field called `name` from the text of a parameter.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        let Some((index, field)) = self.target.shape().find(name) else { return };
        let mark = self.decoder.path.member(name);
        self.decoder.once(self.seen.get_mut(index));
        if let Some(value) = value(self.target, index) {
            value.clear();
            self.decoder.flat(field, text, value.slot(), self.lists);
        }
        self.decoder.path.back(mark);
    }

    /// Fills the field called `name` with a file, or appends the file to it.
    pub(crate) fn file(&mut self, name: &str, file: File) {
        let value = self.target.shape().find(name).and_then(|(index, _)| value(self.target, index));
        let mut file = Some(file);
        match value.map(Value::slot) {
            Some(Slot::File(slot)) => *slot = file,
            Some(Slot::List(list)) => list.push(&mut |item| {
                if let Slot::File(slot) = item.slot() {
                    *slot = file.take();
                }
            }),
            _ => self.decoder.note_member(name, CoercionKind::Misfit),
        }
    }

    /// Fills the first field that is sent in the body, and has not been filled, with all of the body.
    pub(crate) fn raw(&mut self, body: &[u8], content_type: &str) {
        let is_free = |index: usize| self.seen.get(index) == Some(&false);
        let mut fields = self.target.shape().fields().enumerate();
        let found = fields.find(|(index, field)| Place::of(*field) == Place::Body && is_free(*index));
        let Some((index, field)) = found.filter(|_| !body.is_empty()) else { return };
        if let Some(Slot::File(slot)) = value(self.target, index).map(Value::slot) {
            *slot = Some(File::new("body", body).with_content_type(content_type));
            return;
        }
        self.text(field.wire, &String::from_utf8_lossy(body));
    }

    /// Fills the fields from the elements inside an element called `root`. Returns the other ones: name and text.
    pub(crate) fn markup(&mut self, body: &str, root: &str) -> Result<Vec<(String, String)>, DecodeProblem> {
        let json = xml::to_json(body, |name| name == root, &mut self.decoder.ledger, &mut self.decoder.budget)?;
        let json = json.ok_or(DecodeProblem::Markup)?;
        let mut others = Vec::new();
        for member in Raw::of_valid(&json).members().next().into_iter().flat_map(|root| root.value.members()) {
            match (self.target.shape().find(&member.name), member.value.scalar()) {
                (Some(_), Some((text, _))) => self.element(&member.name, &text, member.value),
                (Some((index, field)), None) => self.member(index, field, member.value),
                (None, _) => others.push((member.name.into_owned(), text_of(member.value))),
            }
        }
        Ok(others)
    }

    /// Fills a field from the text of an element. A list of one item is an element, too.
    fn element(&mut self, name: &str, text: &str, raw: Raw<'_>) {
        let Some((index, field)) = self.target.shape().find(name) else { return };
        if let Some(Slot::List(_)) = value(self.target, index).map(Value::slot) {
            let list = format!("[{}]", raw.as_str());
            return self.member(index, field, Raw::of_valid(&list));
        }
        self.text(name, text);
    }

    fn member(&mut self, index: usize, field: Field, raw: Raw<'_>) {
        let mark = self.decoder.path.member(field.wire);
        self.decoder.once(self.seen.get_mut(index));
        if let Some(target) = value(self.target, index) {
            self.decoder.member(field, target, raw);
        }
        self.decoder.path.back(mark);
    }

    /// Fills the fields from a JSON object. Returns its other members: name and text, or JSON.
    pub(crate) fn body(&mut self, body: &str) -> Result<Vec<(String, String)>, DecodeProblem> {
        let json = text::json(body, &mut self.decoder.ledger, &mut self.decoder.budget)?;
        let raw = Raw::of_valid(&json);
        if raw.form() != Form::Object {
            return Err(DecodeProblem::NotAnObject);
        }
        let mut others = Vec::new();
        for member in raw.members() {
            let found = self.target.shape().find(&member.name);
            match found.filter(|(_, field)| Place::of(*field) == Place::Body) {
                Some((index, field)) => self.member(index, field, member.value),
                None => others.push((member.name.into_owned(), text_of(member.value))),
            }
        }
        Ok(others)
    }

    /// Returns the deviations from the documentation.
    pub(crate) fn finish(self) -> Result<Coercions, DecodeProblem> {
        self.decoder.finish(self.target)
    }
}

/// Where a field of a request is sent, unless it is in the path.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Query,
    Header,
    /// Where most fields are: in the body, or in the query of a request without one.
    Body,
}

impl Place {
    fn of(field: Field) -> Self {
        match (field.is_in_query(), field.is_in_header()) {
            (true, _) => Self::Query,
            (_, true) => Self::Header,
            _ => Self::Body,
        }
    }
}

/// Returns the text of a string, and the JSON of anything else.
fn text_of(raw: Raw<'_>) -> String {
    raw.scalar().map_or_else(|| raw.as_str().to_owned(), |(text, _)| text.into_owned())
}

/// Returns the value of the field at `index`.
fn value(target: &mut dyn Object, index: usize) -> Option<&mut dyn Value> {
    target.fields_mut().into_iter().nth(index)
}

impl Decoder {
    /// Decodes the text of a parameter into an empty slot.
    fn flat(&mut self, field: Field, text: &str, slot: Slot<'_>, lists: ScalarLists) {
        match slot {
            Slot::Text(slot) => *slot = Some(self.keep(text.into())),
            Slot::Date(slot) => *slot = Some(self.keep(text.into()).into()),
            Slot::Decimal(slot) => *slot = Some(self.keep(text.into()).into()),
            Slot::Json(slot) => *slot = Some(self.keep(text.into()).into()),
            Slot::Integer(slot) => *slot = self.flat_integer(text),
            Slot::Boolean(slot) => *slot = self.flat_boolean(text),
            Slot::Enum(slot) => {
                if !slot.set(text) {
                    self.note(CoercionKind::UnlistedValue);
                }
            }
            Slot::List(slot) if lists == ScalarLists::Comma && slot.kind().is_scalar() => {
                self.comma_separated(field, text, slot);
            }
            slot @ (Slot::Map(_) | Slot::Object(_) | Slot::List(_)) => self.flat_json(field, text, slot),
            Slot::File(_) => self.note(CoercionKind::Misfit),
        }
    }

    fn flat_integer(&mut self, text: &str) -> Option<i64> {
        let exact = text.parse().ok().filter(|_| !text.starts_with('+'));
        let other = || integer(text.trim());
        match exact.or_else(other) {
            Some(number) => {
                if exact.is_none() {
                    self.note(CoercionKind::DecimalAsInteger);
                }
                Some(number)
            }
            None => self.no_value(text),
        }
    }

    fn flat_boolean(&mut self, text: &str) -> Option<bool> {
        if let Ok(value) = text.parse() {
            return Some(value);
        }
        let (kind, value) = match text.trim().to_ascii_lowercase().as_str() {
            "true" => (CoercionKind::TextAsBoolean, true),
            "false" => (CoercionKind::TextAsBoolean, false),
            "1" => (CoercionKind::NumberAsBoolean, true),
            "0" => (CoercionKind::NumberAsBoolean, false),
            _ => return self.no_value(text),
        };
        self.note(kind);
        Some(value)
    }

    // specs/top/PROTOCOL.md#lists-of-scalars
    fn comma_separated(&mut self, field: Field, text: &str, slot: &mut dyn ListSlot) {
        slot.start();
        if text.is_empty() {
            return;
        }
        let mark = self.path.items();
        for part in text.split(',') {
            if !self.budget.spend(slot.growth()) {
                break;
            }
            slot.push(&mut |item| self.flat(field, part, item.slot(), ScalarLists::Comma));
        }
        self.path.back(mark);
    }

    /// Decodes the JSON text of an object, map or list.
    fn flat_json(&mut self, field: Field, text: &str, slot: Slot<'_>) {
        let is_list = matches!(slot, Slot::List(_));
        let held = self.hold(copied(&text.into()));
        match Raw::parse(text) {
            Ok(raw) if raw.form() == if is_list { Form::Array } else { Form::Object } => self.value(field, raw, slot),
            _ if is_blank(text) => self.note(CoercionKind::EmptyText),
            _ => self.note(CoercionKind::Misfit),
        }
        self.budget.release(held);
    }
}
