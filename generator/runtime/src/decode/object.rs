//! Objects and maps.

use core::borrow::Borrow;

use super::decoder::{Decoder, JsonText, MAX_DEPTH};
use super::raw::{Form, Member, Raw};
use crate::coercion::CoercionKind;
use crate::encode::push_text;
use crate::object::{Object, ObjectSlot, Slot, Value};
use crate::sign::is_blank;
use crate::value::{Json, MAX_NESTING, Map, MapValue, nests_within};

impl Decoder {
    /// Fills `target` from the members of an object.
    pub(super) fn fill(&mut self, raw: Raw<'_>, target: &mut dyn Object) {
        self.fill_with(raw.members(), target, &[]);
    }

    /// Fills `target` from `members`. Those named in `envelope` are counted by the caller if `target` lacks them.
    pub(super) fn fill_with<'a>(
        &mut self,
        members: impl IntoIterator<Item: Borrow<Member<'a>>>,
        target: &mut dyn Object,
        envelope: &[&[&str]],
    ) {
        let shape = target.shape();
        if shape.is_whole() {
            return whole(members, target);
        }
        let mut seen = vec![false; shape.fields().len()];
        let mut hint = 0;
        for member in members {
            let Member { name, value, .. } = member.borrow();
            let mark = self.path.member(name);
            match shape.find(name, hint) {
                Some(index) => {
                    hint = index + 1;
                    self.once(seen.get_mut(index));
                    self.member(target, index, *value);
                }
                None if envelope.iter().any(|names| names.contains(&name.as_ref())) => {}
                None => self.note(CoercionKind::UnknownField),
            }
            self.path.back(mark);
        }
    }

    fn once(&mut self, seen: Option<&mut bool>) {
        if seen.is_some_and(|seen| core::mem::replace(seen, true)) {
            self.note(CoercionKind::Duplicate);
        }
    }

    fn member(&mut self, target: &mut dyn Object, index: usize, raw: Raw<'_>) {
        let field = target.shape().fields().get(index);
        if let Some((field, value)) = field.zip(target.field_mut(index)) {
            // If a name occurs twice, the last member is used.
            value.clear();
            self.value(field, raw, value.slot());
        }
    }

    /// Decodes an object into a slot.
    pub(super) fn object(&mut self, raw: Raw<'_>, slot: &mut dyn ObjectSlot) {
        self.with_object(raw, &mut |decoder, object| match object {
            Some(raw) => decoder.nested(raw, slot),
            None => drop(slot.fresh()),
        });
    }

    fn nested(&mut self, raw: Raw<'_>, slot: &mut dyn ObjectSlot) {
        if self.depth >= MAX_DEPTH {
            self.note(CoercionKind::TooDeep);
            return;
        }
        (self.depth, self.nesting) = (self.depth + 1, self.nesting + 1);
        self.fill(raw, slot.fresh());
        (self.depth, self.nesting) = (self.depth - 1, self.nesting - 1);
    }

    /// Decodes a map.
    pub(super) fn map(&mut self, raw: Raw<'_>, slot: &mut Option<Map>) {
        self.with_object(raw, &mut |decoder, object| {
            let members = object.map(Raw::members).into_iter().flatten();
            decoder.nesting += 1;
            let (map, repeated) = Map::collect(members.filter_map(|member| {
                if !member.sound {
                    decoder.note(CoercionKind::InvalidText);
                }
                Some((member.name.into_owned(), decoder.map_value(member.value)?))
            }));
            decoder.nesting -= 1;
            if repeated > 0 {
                decoder.ledger.note(decoder.path.as_str(), CoercionKind::Duplicate, repeated);
            }
            *slot = Some(map);
        });
    }

    fn map_value(&mut self, raw: Raw<'_>) -> Option<MapValue> {
        Some(match raw.form() {
            Form::Null => MapValue::Null,
            Form::Boolean => MapValue::Bool(raw.as_str() == "true"),
            Form::Number => MapValue::Number(raw.as_str().into()),
            Form::Text => MapValue::Text(self.text(raw)),
            Form::Array | Form::Object => MapValue::Json(self.bounded(raw.as_str().into())?),
        })
    }

    /// Returns `json` unless it is nested so deep that code which descends into it may fail.
    fn bounded(&mut self, json: Json) -> Option<Json> {
        let is_within = nests_within(json.as_str(), MAX_NESTING.saturating_sub(self.nesting));
        // Brackets in text that is not JSON, which only the caller's own value can be, do not nest.
        if is_within || !json.is_valid() {
            return Some(json);
        }
        self.note(CoercionKind::TooDeep);
        None
    }

    /// Unwraps the object and passes it to `read`; passes `None` if it is empty.
    fn with_object(&mut self, raw: Raw<'_>, read: &mut dyn FnMut(&mut Self, Option<Raw<'_>>)) {
        match raw.form() {
            Form::Null => {}
            Form::Object => read(self, Some(raw)),
            Form::Text => self.object_in_text(raw, read),
            Form::Array => self.object_in_list(raw, read),
            Form::Boolean | Form::Number => self.note(CoercionKind::Misfit),
        }
    }

    fn object_in_text(&mut self, raw: Raw<'_>, read: &mut dyn FnMut(&mut Self, Option<Raw<'_>>)) {
        let text = self.text(raw);
        match Raw::parse(&text) {
            _ if is_blank(&text) => self.note(CoercionKind::EmptyText),
            Ok(raw) if raw.form() == Form::Object => {
                self.note(CoercionKind::TextAsJson);
                read(self, Some(raw));
            }
            _ => self.note(CoercionKind::Misfit),
        }
    }

    /// Accepts `[]` as an empty object: servers in languages with one type for both send it.
    fn object_in_list(&mut self, raw: Raw<'_>, read: &mut dyn FnMut(&mut Self, Option<Raw<'_>>)) {
        let mut items = raw.items();
        match (items.next(), items.next()) {
            (None, _) => {
                self.note(CoercionKind::EmptyListAsObject);
                read(self, None);
            }
            (Some(only), None) if only.form() == Form::Object => {
                self.note(CoercionKind::ListAsObject);
                read(self, Some(only));
            }
            _ => self.note(CoercionKind::Misfit),
        }
    }

    /// Decodes a JSON value. Text is never unwrapped for a field that represents an object without documented members.
    pub(super) fn json(&mut self, raw: Raw<'_>, opaque: bool, slot: &mut Option<Json>) {
        let json = match (raw.form(), self.json) {
            (Form::Null, _) => None,
            (Form::Text, JsonText::Always) => Some(self.text(raw).into()),
            (Form::Text, JsonText::IfValid) if !opaque => {
                let inner = self.text(raw);
                let inner = Some(inner).filter(|inner| Raw::parse(inner).is_ok());
                Some(inner.map_or_else(|| raw.as_str().into(), Json::from))
            }
            _ => Some(raw.as_str().into()),
        };
        *slot = json.and_then(|json| self.bounded(json));
    }
}

/// Fills the only field of `target` with an object of all `members`.
fn whole<'a>(members: impl IntoIterator<Item: Borrow<Member<'a>>>, target: &mut dyn Object) {
    let mut json = String::from("{");
    for member in members {
        let Member { name, value, .. } = member.borrow();
        if json.len() > 1 {
            json.push(',');
        }
        push_text(&mut json, name);
        json.push(':');
        json.push_str(value.as_str());
    }
    json.push('}');
    if let Some(Slot::Json(slot)) = target.field_mut(0).map(Value::slot) {
        *slot = Some(Json::from(json));
    }
}
