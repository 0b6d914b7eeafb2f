//! Objects and maps.

use core::borrow::Borrow;
use std::borrow::Cow;

use super::budget::copied;
use super::decoder::{Decoder, JsonText, MAX_DEPTH};
use super::ends::Ends;
use super::paths;
use super::raw::{Form, Member, Raw};
use crate::coercion::CoercionKind;
use crate::encode::push_text;
use crate::object::{Field, Object, ObjectSlot, Slot, Value};
use crate::sign::is_blank;
use crate::value::{Json, MAX_NESTING, Map, MapValue, nests_within};

impl Decoder {
    /// Fills `target` from the members of an object.
    pub(super) fn fill(&mut self, raw: Raw<'_>, target: &mut dyn Object) {
        self.fill_with(raw.members(), target, &[]);
    }

    /// Fills `target` from `members`. Those that lead to a path of `envelope` are counted by the caller if `target` lacks
    /// them.
    pub(super) fn fill_with<'a>(
        &mut self,
        members: impl IntoIterator<Item: Borrow<Member<'a>>>,
        target: &mut dyn Object,
        envelope: &[&[&str]],
    ) {
        let shape = target.shape();
        if shape.is_whole() {
            return self.whole(members, target);
        }
        let mut fields = target.fields_mut();
        let mut seen = vec![false; fields.len()];
        let mut next = shape.fields();
        for member in members {
            if self.budget.is_exhausted() {
                break;
            }
            let Member { name, value, .. } = member.borrow();
            let mark = self.path.member(name);
            match shape.find_after(name, &mut next) {
                Some((index, field)) => {
                    self.once(seen.get_mut(index));
                    if let Some(target) = fields.get_mut(index) {
                        self.member(field, *target, *value);
                    }
                }
                None if envelope.iter().any(|names| paths::leads(names, name)) => {}
                None => self.note(CoercionKind::UnknownField),
            }
            self.path.back(mark);
        }
    }

    pub(super) fn once(&mut self, seen: Option<&mut bool>) {
        if seen.is_some_and(|seen| core::mem::replace(seen, true)) {
            self.note(CoercionKind::Duplicate);
        }
    }

    pub(super) fn member(&mut self, field: Field, target: &mut dyn Value, raw: Raw<'_>) {
        // If a name occurs twice, the last member is used.
        target.clear();
        self.value(field, raw, target.slot());
    }

    /// Decodes an object into a slot.
    pub(super) fn object(&mut self, raw: Raw<'_>, slot: &mut dyn ObjectSlot) {
        self.with_object(raw, &mut |decoder, object| match object {
            Some(raw) => decoder.nested(raw, slot),
            None => drop(decoder.fresh(slot)),
        });
    }

    fn nested(&mut self, raw: Raw<'_>, slot: &mut dyn ObjectSlot) {
        if self.depth >= MAX_DEPTH {
            self.note(CoercionKind::TooDeep);
            return;
        }
        (self.depth, self.nesting) = (self.depth + 1, self.nesting + 1);
        if let Some(object) = self.fresh(slot) {
            self.fill(raw, object);
        }
        (self.depth, self.nesting) = (self.depth - 1, self.nesting - 1);
    }

    /// Sets a new, empty object and returns it for filling.
    pub(super) fn fresh<'a>(&mut self, slot: &'a mut dyn ObjectSlot) -> Option<&'a mut dyn Object> {
        let object = slot.fresh();
        let boxed = object.boxed_bytes();
        (boxed == 0 || self.budget.allocate(boxed)).then_some(object)
    }

    /// Decodes a map.
    pub(super) fn map(&mut self, raw: Raw<'_>, slot: &mut Option<Map>) {
        self.with_object(raw, &mut |decoder, object| *slot = Some(decoder.map_of(object)));
    }

    fn map_of(&mut self, object: Option<Raw<'_>>) -> Map {
        let mut entries = Vec::new();
        self.nesting += 1;
        for member in object.map(Raw::members).into_iter().flatten() {
            if !member.sound {
                self.note(CoercionKind::InvalidText);
            }
            let Some(value) = self.map_value(member.value) else { continue };
            let key = self.keep(member.name);
            if !self.budget.push(&mut entries, (key, value)) {
                break;
            }
        }
        self.nesting -= 1;
        self.unique(entries)
    }

    /// Returns the map of `entries`, of which the last of several with one key counts.
    fn unique(&mut self, entries: Vec<(String, MapValue)>) -> Map {
        let order = entries.len() * size_of::<usize>();
        if !self.budget.spend(order) {
            return Map::default();
        }
        let (map, repeated) = Map::collect(entries);
        self.budget.release(order);
        if repeated > 0 {
            self.ledger.note(self.path.as_str(), CoercionKind::Duplicate, repeated);
        }
        map
    }

    fn map_value(&mut self, raw: Raw<'_>) -> Option<MapValue> {
        Some(match raw.form() {
            Form::Null => MapValue::Null,
            Form::Boolean => MapValue::Bool(raw.as_str() == "true"),
            Form::Number => MapValue::Number(self.keep(Cow::Borrowed(raw.as_str())).into()),
            Form::Text => MapValue::Text(self.text(raw)),
            Form::Array | Form::Object => MapValue::Json(self.json_of(Cow::Borrowed(raw.as_str()))?),
        })
    }

    /// Returns `json` as part of the decoded value, unless it is too deep.
    fn json_of(&mut self, json: Cow<'_, str>) -> Option<Json> {
        self.is_shallow(&json).then(|| self.keep(json).into())
    }

    /// Whether code that descends into `json` can do so at the current place; counts JSON that nests too deep for it.
    fn is_shallow(&mut self, json: &str) -> bool {
        let is_within = nests_within(json, MAX_NESTING.saturating_sub(self.nesting));
        // Brackets in text that is not JSON, which only the caller's own value can be, do not nest.
        let is_shallow = is_within || Raw::parse(json).is_err();
        if !is_shallow {
            self.note(CoercionKind::TooDeep);
        }
        is_shallow
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
        let text = self.read(raw);
        let held = self.hold(copied(&text));
        match Raw::parse(&text) {
            _ if is_blank(&text) => self.note(CoercionKind::EmptyText),
            Ok(inner) if inner.form() == Form::Object => {
                self.note(CoercionKind::TextAsJson);
                let ends = Ends::of(&text, &mut self.budget);
                read(self, Some(inner.indexed(&ends)));
                ends.release(&mut self.budget);
            }
            _ => self.note(CoercionKind::Misfit),
        }
        self.budget.release(held);
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
    pub(super) fn json(&mut self, raw: Raw<'_>, field: Field, slot: &mut Option<Json>) {
        let json = match (raw.form(), self.json) {
            (Form::Null, _) => None,
            (Form::Text, form) if form.is_verbatim(field) => Some(self.read(raw)),
            (Form::Text, JsonText::IfValid) if !field.is_opaque() => {
                let inner = Some(self.read(raw)).filter(|inner| Raw::parse(inner).is_ok());
                inner.or(Some(Cow::Borrowed(raw.as_str())))
            }
            _ => Some(Cow::Borrowed(raw.as_str())),
        };
        *slot = json.and_then(|json| self.json_of(json));
    }

    /// Fills the only field of `target` with an object of all `members`, except for those that nest too deep.
    fn whole<'a>(&mut self, members: impl IntoIterator<Item: Borrow<Member<'a>>>, target: &mut dyn Object) {
        let mut json = String::from("{");
        for member in members {
            let Member { name, value, .. } = member.borrow();
            let mark = self.path.member(name);
            let is_shallow = self.is_shallow(value.as_str());
            self.path.back(mark);
            if !is_shallow {
                continue;
            }
            // Quotes, a colon and a comma; names are rarely longer with their escapes.
            if !self.budget.reserve(&mut json, name.len() + value.as_str().len() + 4) {
                return;
            }
            if json.len() > 1 {
                json.push(',');
            }
            push_text(&mut json, name);
            json.push(':');
            json.push_str(value.as_str());
        }
        json.push('}');
        if let Some(Slot::Json(slot)) = target.fields_mut().into_iter().next().map(Value::slot) {
            *slot = Some(Json::from(json));
        }
    }
}
