//! Writes one text parameter per top-level field, for forms and queries.

use super::encoder::Encoder;
use super::multipart::FilePart;
use super::sent::{self, Sent};
use crate::error::Rule;
use crate::object::{Field, List, Object, View};
use crate::protocol::{Blank, RequestRules, ScalarLists};
use crate::sign::{Location, Parts, is_blank};
use crate::value::{File, Wire, is_number};

/// Destination of the parameters.
pub(super) struct Flat<'p, 'a> {
    rules: &'p RequestRules,
    parts: &'p mut Parts,
    location: Location,
    pub(super) files: Vec<FilePart<'a>>,
}

impl<'p, 'a> Flat<'p, 'a> {
    pub(super) fn new(rules: &'p RequestRules, parts: &'p mut Parts, location: Location) -> Self {
        Self { rules, parts, location, files: Vec::new() }
    }

    /// Adds every field that is set, at the indices that `is_wanted` accepts.
    pub(super) fn fields(&mut self, call: &'a dyn Object, is_wanted: impl Fn(usize) -> bool, encoder: &mut Encoder) {
        for (index, field, view) in Sent::of(call).iter() {
            if !is_wanted(index) {
                continue;
            }
            let mark = encoder.path.member(field.wire);
            if !encoder.missing_text(field, &view) && !self.field(field, &view, encoder) {
                encoder.missing(field);
            }
            encoder.path.back(mark);
        }
    }

    /// Adds a field. Returns false if nothing is sent for it.
    fn field(&mut self, field: Field, view: &View<'a>, encoder: &mut Encoder) -> bool {
        match view {
            View::Absent => false,
            View::File(file) => {
                self.file(field, file, encoder);
                true
            }
            View::List(list) if list.kind() == crate::object::Kind::File => {
                encoder.limits(field, view);
                self.files(field, *list, encoder)
            }
            // Checked before it is encoded: nothing is wrong with a blank date that is not sent.
            View::Date(date) if self.drops(date.as_text().unwrap_or("instant")) => false,
            _ => {
                let text = encoder.flat_text(field, view, self.rules.scalar_lists);
                let dropped = self.drops(&text);
                if !dropped {
                    self.parts.push(self.location, field.wire, text);
                }
                !dropped
            }
        }
    }

    /// Whether nothing is sent for `text`.
    fn drops(&self, text: &str) -> bool {
        self.rules.blank == Blank::Drop && is_blank(text)
    }

    fn files(&mut self, field: Field, list: &'a dyn List, encoder: &mut Encoder) -> bool {
        for index in 0..list.count() {
            let mark = encoder.path.item(index);
            if let View::File(file) = list.item(index) {
                self.file(field, file, encoder);
            }
            encoder.path.back(mark);
        }
        list.count() > 0
    }

    /// Adds a file, which only a form can contain.
    fn file(&mut self, field: Field, file: &'a File, encoder: &mut Encoder) {
        if self.location != Location::Form {
            encoder.violation(Rule::FileNotAllowed);
        }
        encoder.content_type(file);
        self.files.push(FilePart { name: field.wire, file });
    }
}

/// Returns where a parameter is sent. `fields` is where the request's fields are: a request without a body has no form.
pub(super) fn destination(location: Location, fields: Location) -> Location {
    match location {
        Location::Form => fields,
        location => location,
    }
}

impl Encoder {
    /// Checks that the content type of a file can be sent.
    pub(super) fn content_type(&mut self, file: &File) {
        let printable = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
        if is_blank(file.content_type()) || !file.content_type().bytes().all(printable) {
            self.violation(Rule::InvalidContentType);
        }
    }

    /// Returns the text of a value outside of JSON.
    pub(super) fn flat_text(&mut self, field: Field, view: &View<'_>, lists: ScalarLists) -> String {
        let view = &sent::form(field, view);
        match view {
            View::Text(text) => self.checked(field, view, text),
            View::Enum { value, wire, .. } => {
                // Any text could be sent here, but the server expects a number.
                if *wire == Wire::Number && !is_number(value) {
                    self.violation(Rule::InvalidNumber);
                }
                self.checked(field, view, value)
            }
            View::Decimal(number) => {
                self.finite(number);
                self.checked(field, view, number.as_str())
            }
            View::Json(json) => self.checked(field, view, json.as_str()),
            View::Date(date) => {
                self.limits(field, view);
                self.date_text(date)
            }
            View::Integer(number) => self.checked(field, view, &number.to_string()),
            View::List(list) if lists == ScalarLists::Comma && list.kind().is_scalar() => {
                self.limits(field, view);
                self.comma_joined(field, *list)
            }
            _ => self.json_text(|encoder| encoder.value(field, view)),
        }
    }

    fn checked(&mut self, field: Field, view: &View<'_>, text: &str) -> String {
        self.limits(field, view);
        text.to_owned()
    }

    /// Joins the items' texts with commas.
    // specs/top/PROTOCOL.md#lists-of-scalars
    fn comma_joined(&mut self, field: Field, list: &dyn List) -> String {
        let mut items = Vec::with_capacity(list.count());
        for index in 0..list.count() {
            let mark = self.path.item(index);
            let text = self.flat_text(field, &list.item(index), ScalarLists::Comma);
            if text.contains(',') {
                self.violation(Rule::CommaInItem);
            }
            items.push(text);
            self.path.back(mark);
        }
        items.join(",")
    }
}
