//! Decodes lists in every shape in which servers send them.
// specs/top/PROTOCOL.md#list-wrapping

use super::budget::copied;
use super::decoder::Decoder;
use super::ends::Ends;
use super::raw::{Form, Member, Raw};
use crate::coercion::CoercionKind;
use crate::object::{Field, Kind, ListSlot, Slot, View};
use crate::sign::is_blank;

impl Decoder {
    /// Decodes a list.
    ///
    /// Accepted are `{"inner": […]}`, an array under any other single key, a bare array, and one bare item; and as an
    /// empty list `{}`, `[]` and `""`. Only `null` leaves the field absent.
    pub(super) fn list(&mut self, field: Field, raw: Raw<'_>, slot: &mut dyn ListSlot) {
        match raw.form() {
            Form::Null => {}
            Form::Array => self.items(field, raw, slot),
            Form::Object => self.wrapped(field, raw, slot),
            Form::Text => self.list_in_text(field, raw, slot),
            Form::Boolean | Form::Number if slot.kind().is_scalar() => self.single(field, raw, slot),
            Form::Boolean | Form::Number => self.note(CoercionKind::Misfit),
        }
    }

    fn items(&mut self, field: Field, raw: Raw<'_>, slot: &mut dyn ListSlot) {
        slot.start();
        let mark = self.path.items();
        self.nesting += 1;
        for item in raw.items() {
            if self.budget.is_exhausted() {
                break;
            }
            self.item(field, item, slot);
        }
        self.nesting -= 1;
        self.path.back(mark);
    }

    fn item(&mut self, field: Field, raw: Raw<'_>, slot: &mut dyn ListSlot) {
        if raw.form() == Form::Null {
            return self.note(CoercionKind::DroppedItem);
        }
        if self.budget.spend(slot.growth()) {
            slot.push(&mut |item| self.value(field, raw, item.slot()));
        }
    }

    /// Decodes one value where a list is documented.
    fn single(&mut self, field: Field, raw: Raw<'_>, slot: &mut dyn ListSlot) {
        self.note(CoercionKind::SingleAsList);
        slot.start();
        let mark = self.path.items();
        self.nesting += 1;
        self.item(field, raw, slot);
        self.nesting -= 1;
        self.path.back(mark);
    }

    fn wrapped(&mut self, field: Field, raw: Raw<'_>, slot: &mut dyn ListSlot) {
        let members = self.members(raw);
        self.wrapped_in(&members, field, raw, slot);
        self.budget.release_list(members);
    }

    fn wrapped_in(&mut self, members: &[Member<'_>], field: Field, raw: Raw<'_>, slot: &mut dyn ListSlot) {
        if members.is_empty() {
            return slot.start();
        }
        let Some((chosen, key)) = wrapper(field, members, slot) else {
            return match slot.kind() {
                Kind::Object | Kind::Map | Kind::Json => self.single(field, raw, slot),
                _ => self.note(CoercionKind::Misfit),
            };
        };
        if key == Key::Other {
            self.note(CoercionKind::ListKey);
        }
        for (index, member) in members.iter().enumerate() {
            if index == chosen {
                self.content(field, member.value, slot);
            } else {
                self.note_member(&member.name, CoercionKind::UnknownField);
            }
        }
    }

    /// Decodes the value under the wrapper's key.
    fn content(&mut self, field: Field, raw: Raw<'_>, slot: &mut dyn ListSlot) {
        match raw.form() {
            Form::Array => self.items(field, raw, slot),
            Form::Null => slot.start(),
            Form::Text => self.list_in_text(field, raw, slot),
            _ => self.single(field, raw, slot),
        }
    }

    fn list_in_text(&mut self, field: Field, raw: Raw<'_>, slot: &mut dyn ListSlot) {
        let text = self.read(raw);
        if is_blank(&text) {
            self.note(CoercionKind::EmptyText);
            return slot.start();
        }
        let held = self.hold(copied(&text));
        let opens = if slot.kind() == Kind::Object { ['[', '{'] } else { ['[', '['] };
        match Raw::parse(&text) {
            Ok(inner) if text.trim_start().starts_with(opens) => {
                self.note(CoercionKind::TextAsJson);
                let ends = Ends::of(&text, &mut self.budget);
                match inner.form() {
                    Form::Array => self.items(field, inner.indexed(&ends), slot),
                    _ => self.wrapped(field, inner.indexed(&ends), slot),
                }
                ends.release(&mut self.budget);
            }
            _ if slot.kind().is_scalar() || slot.kind() == Kind::Json => self.single(field, raw, slot),
            _ => self.note(CoercionKind::Misfit),
        }
        self.budget.release(held);
    }
}

/// Which key holds the list.
#[derive(PartialEq, Eq)]
enum Key {
    Documented,
    Other,
}

/// Finds the member that holds the list, unless the object is itself the only item.
fn wrapper(field: Field, members: &[Member<'_>], slot: &dyn ListSlot) -> Option<(usize, Key)> {
    let named = |name: &str| members.iter().rposition(|member| member.name == name);
    if let Some(index) = field.list_key().and_then(named) {
        return Some((index, Key::Documented));
    }
    // The official clients also try the field's name without its last letter.
    let shorter = field.wire.char_indices().next_back().and_then(|(end, _)| field.wire.get(..end));
    let sole = (members.len() == 1).then_some(0);
    let index = shorter.and_then(named).or(sole)?;
    let member = members.get(index)?;
    let holds = match member.value.form() {
        Form::Array => true,
        Form::Object => slot.kind() == Kind::Object,
        _ => false,
    };
    (holds && !item_has(slot, &member.name)).then_some((index, Key::Other))
}

/// Whether the items are objects with a field of this name: then the name is not the key of a wrapper.
fn item_has(slot: &dyn ListSlot, name: &str) -> bool {
    let mut has = false;
    slot.probe(&mut |item| {
        if let Slot::Object(object) = item.slot() {
            object.fresh();
        }
        if let View::Object(object) = item.view() {
            has = object.shape().has(name);
        }
    });
    has
}
