//! Decodes single values, at least as leniently as the platforms' own clients.
// specs/top/PROTOCOL.md#type-leniency

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::decoder::Decoder;
use super::raw::{Form, Raw};
use crate::coercion::CoercionKind;
use crate::object::{EnumSlot, Field, Slot};
use crate::sign::is_blank;
use crate::value::{Date, Decimal, File, Wire, integer};

impl Decoder {
    /// Decodes a value into an empty slot.
    pub(super) fn value(&mut self, field: Field, raw: Raw<'_>, slot: Slot<'_>) {
        match slot {
            Slot::Text(slot) => *slot = self.plain(raw),
            Slot::Integer(slot) => *slot = self.integer(raw),
            Slot::Boolean(slot) => *slot = self.boolean(raw),
            Slot::Date(slot) => *slot = self.date(raw),
            Slot::Decimal(slot) => *slot = self.decimal(raw),
            Slot::Json(slot) => self.json(raw, field, slot),
            Slot::Map(slot) => self.map(raw, slot),
            Slot::File(slot) => *slot = self.file(raw),
            Slot::Enum(slot) => self.open_enum(raw, slot),
            Slot::Object(slot) => self.object(raw, slot),
            Slot::List(slot) => self.list(field, raw, slot),
        }
    }

    /// Returns the text of a JSON string for looking at.
    pub(super) fn read<'a>(&mut self, raw: Raw<'a>) -> Cow<'a, str> {
        // Text with escapes becomes a copy.
        let copy = raw.as_str().len();
        if !self.budget.spend(copy) {
            return Cow::Borrowed("");
        }
        let (text, sound) = raw.text();
        self.budget.release(copy);
        if !sound {
            self.note(CoercionKind::InvalidText);
        }
        text
    }

    /// Returns the text of a JSON string for keeping.
    pub(super) fn text(&mut self, raw: Raw<'_>) -> String {
        let text = self.read(raw);
        self.keep(text)
    }

    /// Returns `text` as part of the decoded value.
    pub(super) fn keep(&mut self, text: Cow<'_, str>) -> String {
        let fits = self.budget.allocate(match &text {
            Cow::Borrowed(text) => text.len(),
            Cow::Owned(text) => text.capacity(),
        });
        if fits { text.into_owned() } else { String::new() }
    }

    /// Counts the copy of a text while its content is decoded. Returns how many bytes to release after that.
    pub(super) fn hold(&mut self, bytes: usize) -> usize {
        if self.budget.spend(bytes) { bytes } else { 0 }
    }

    fn misfit<T>(&mut self) -> Option<T> {
        self.note(CoercionKind::Misfit);
        None
    }

    fn plain(&mut self, raw: Raw<'_>) -> Option<String> {
        match raw.form() {
            Form::Null => return None,
            Form::Text => return Some(self.text(raw)),
            Form::Boolean | Form::Number => self.note(CoercionKind::ScalarAsText),
            Form::Array | Form::Object => self.note(CoercionKind::JsonAsText),
        }
        Some(self.keep(Cow::Borrowed(raw.as_str())))
    }

    fn integer(&mut self, raw: Raw<'_>) -> Option<i64> {
        match raw.form() {
            Form::Null => None,
            Form::Number => {
                let number = raw.as_str().parse().ok();
                number
                    .or_else(|| integer(raw.as_str()).inspect(|_| self.note(CoercionKind::DecimalAsInteger)))
                    .or_else(|| self.misfit())
            }
            Form::Text => {
                let text = self.read(raw);
                match integer(text.trim()) {
                    Some(number) => {
                        self.note(CoercionKind::TextAsNumber);
                        Some(number)
                    }
                    None => self.no_value(&text),
                }
            }
            _ => self.misfit(),
        }
    }

    /// Counts empty text, which often means that a value is absent; other text is a misfit.
    pub(super) fn no_value<T>(&mut self, text: &str) -> Option<T> {
        self.note(if is_blank(text) { CoercionKind::EmptyText } else { CoercionKind::Misfit });
        None
    }

    /// Text other than `true` and `false` leaves the field absent; the official clients decode it as `false`.
    fn boolean(&mut self, raw: Raw<'_>) -> Option<bool> {
        match (raw.form(), raw.as_str()) {
            (Form::Null, _) => None,
            (Form::Boolean, text) => Some(text == "true"),
            (Form::Number, text @ ("0" | "1")) => {
                self.note(CoercionKind::NumberAsBoolean);
                Some(text == "1")
            }
            (Form::Text, _) => {
                let text = self.read(raw);
                let value = text.trim().to_ascii_lowercase().parse().ok();
                match value {
                    Some(_) => self.note(CoercionKind::TextAsBoolean),
                    None => return self.no_value(&text),
                }
                value
            }
            _ => self.misfit(),
        }
    }

    /// Keeps any text; it is parsed on demand.
    fn date(&mut self, raw: Raw<'_>) -> Option<Date> {
        match raw.form() {
            Form::Null => None,
            Form::Text => Some(self.text(raw).into()),
            Form::Number => {
                self.note(CoercionKind::NumberAsDate);
                Some(self.keep(Cow::Borrowed(raw.as_str())).into())
            }
            _ => self.misfit(),
        }
    }

    /// Accepts numbers and text, and keeps the digits.
    fn decimal(&mut self, raw: Raw<'_>) -> Option<Decimal> {
        match raw.form() {
            Form::Null => None,
            Form::Text => Some(self.text(raw).into()),
            Form::Number => Some(self.keep(Cow::Borrowed(raw.as_str())).into()),
            _ => self.misfit(),
        }
    }

    fn open_enum(&mut self, raw: Raw<'_>, slot: &mut dyn EnumSlot) {
        let listed = match (raw.form(), slot.wire()) {
            (Form::Null, _) => return,
            (Form::Array | Form::Object, _) => return self.note(CoercionKind::Misfit),
            (Form::Text, wire) => {
                if wire == Wire::Number {
                    self.note(CoercionKind::TextAsNumber);
                }
                let text = self.read(raw);
                slot.set(&text)
            }
            (_, wire) => {
                if wire == Wire::Text || raw.form() == Form::Boolean {
                    self.note(CoercionKind::ScalarAsText);
                }
                // `1.0` equals the listed value `1`; an unlisted value keeps its text.
                let exact = || integer(raw.as_str()).map(|number| number.to_string());
                slot.set(raw.as_str()) || exact().is_some_and(|exact| slot.set(&exact)) || slot.set(raw.as_str())
            }
        };
        if !listed {
            // The variant contains the text.
            self.budget.allocate(raw.as_str().len());
            self.note(CoercionKind::UnlistedValue);
        }
    }

    /// Only the output of `to_json` has files in JSON.
    fn file(&mut self, raw: Raw<'_>) -> Option<File> {
        if raw.form() == Form::Null {
            return None;
        }
        let (mut name, mut content_type, mut base64) = (None, None, None);
        for member in raw.members() {
            let part = match member.name.as_ref() {
                "name" => &mut name,
                "content_type" => &mut content_type,
                "base64" => &mut base64,
                _ => {
                    self.note_member(&member.name, CoercionKind::UnknownField);
                    continue;
                }
            };
            if part.replace(member.value).is_some() {
                self.note_member(&member.name, CoercionKind::Duplicate);
            }
        }
        let mut text = |part: Option<Raw<'_>>| part.filter(|raw| raw.form() == Form::Text).map(|raw| self.text(raw));
        // What `text` counts for the base64 is more than the bytes take.
        let bytes = text(base64).and_then(|text| STANDARD.decode(text).ok());
        match (text(name), text(content_type), bytes) {
            (Some(name), Some(content_type), Some(bytes)) => {
                Some(File::new(name, bytes).with_content_type(content_type))
            }
            _ => self.misfit(),
        }
    }
}
