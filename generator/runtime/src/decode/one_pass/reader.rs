//! Fills objects from the text while it is read.

use std::borrow::Cow;

use super::scanner::{Literal, Scanner};
use crate::coercion::{CoercionKind, Coercions};
use crate::decode::decoder::{Decoder, MAX_DEPTH};
use crate::decode::ends::{Ends, LONG};
use crate::decode::envelope::Candidate;
use crate::decode::raw::{Form, Member, Raw};
use crate::object::{Field, ListSlot, Object, ObjectSlot, Slot, Value};
use crate::path::Trail;
use crate::value::Wire;

/// Reads a text once. Every method returns `None` if the tolerant reader must read the whole text instead.
pub(super) struct Reader<'a> {
    pub(super) scanner: Scanner<'a>,
    /// Decodes single values that are not as documented, and counts coercions.
    pub(super) decoder: Decoder,
    trail: Trail,
}

/// Which fields of an object had a member.
#[derive(Default)]
pub(super) struct Seen(u128);

impl Seen {
    /// Marks the field at `index`, and returns whether it was already marked.
    fn mark(&mut self, index: usize) -> Option<bool> {
        let bit = 1_u128.checked_shl(u32::try_from(index).ok()?)?;
        let before = self.0 & bit != 0;
        self.0 |= bit;
        Some(before)
    }

    /// Whether any field but those at the `indices` is marked.
    pub(super) fn has_other_than(&self, indices: &[usize]) -> bool {
        let bits = indices.iter().filter_map(|index| 1_u128.checked_shl(u32::try_from(*index).ok()?));
        self.0 & !bits.fold(0, |all, bit| all | bit) != 0
    }
}

/// Members of an envelope: their names, and those that were read.
pub(super) struct Envelope<'n, 'a> {
    pub(super) names: &'n [&'n [&'static str]],
    pub(super) members: Vec<Member<'a>>,
}

impl<'n> Envelope<'n, '_> {
    pub(super) fn of(names: &'n [&'n [&'static str]]) -> Self {
        Self { names, members: Vec::new() }
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|names| names.contains(&name))
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, decoder: Decoder) -> Self {
        Self { scanner: Scanner::new(text), decoder, trail: Trail::default() }
    }

    /// Returns the coercions, if all of the text was read and `target` does not take too much memory. If there are more
    /// than are recorded, the same ones are recorded as by the tolerant reader: both count in the order of the text.
    pub(super) fn finish(mut self, target: &mut dyn Object) -> Option<Coercions> {
        if self.scanner.is_at_end() { self.decoder.finish(target).ok() } else { None }
    }

    /// Fills `target` from an object. Members of `envelope` are collected; unless they are fields, too, they are not
    /// counted. A type that takes all members as JSON has no table of fields, so the tolerant reader fills it.
    pub(super) fn fill(&mut self, target: &mut dyn Object, envelope: &mut Envelope<'_, 'a>) -> Option<Seen> {
        let (shape, mut seen) = (target.shape(), Seen::default());
        if shape.is_whole() {
            return None;
        }
        self.scanner.require(b'{')?;
        if self.scanner.skips(b'}') {
            return Some(seen);
        }
        let mut fields = target.fields_mut();
        let mut next = shape.fields();
        loop {
            let (name, sound) = self.scanner.name()?.text();
            let found = shape.find_after(&name, &mut next);
            self.scanner.peek()?;
            let start = self.scanner.position();
            match found.and_then(|(index, field)| Some((index, field, fields.get_mut(index)?))) {
                Some((index, field, value)) => {
                    self.member(*value, index, field, &mut seen)?;
                }
                None => {
                    self.scanner.value()?;
                    if !envelope.has(&name) {
                        self.unknown(&name);
                    }
                }
            }
            if envelope.has(&name) {
                let member = Member { name, sound, value: self.scanner.since(start)? };
                // Each may become a candidate.
                if !self.decoder.budget.spend(size_of::<Candidate<'_>>())
                    || !self.decoder.budget.push(&mut envelope.members, member)
                {
                    return None;
                }
            }
            if !self.scanner.continues(b'}')? {
                return Some(seen);
            }
        }
    }

    fn member(&mut self, value: &mut dyn Value, index: usize, field: Field, seen: &mut Seen) -> Option<()> {
        let mark = self.trail.member(field.wire);
        if seen.mark(index)? {
            self.note(CoercionKind::Duplicate);
            value.clear();
        }
        self.value(field, value.slot())?;
        self.trail.back(mark);
        Some(())
    }

    fn unknown(&mut self, name: &str) {
        self.trail.write(&mut self.decoder.path);
        self.decoder.note_member(name, CoercionKind::UnknownField);
        self.decoder.path.clear();
    }

    /// Counts a coercion at the current path.
    fn note(&mut self, kind: CoercionKind) {
        self.trail.write(&mut self.decoder.path);
        self.decoder.note(kind);
        self.decoder.path.clear();
    }

    /// Reads a value into an empty slot. Whatever is not exactly as documented is left to the tolerant decoder.
    fn value(&mut self, field: Field, slot: Slot<'_>) -> Option<()> {
        let first = self.scanner.peek()?;
        let start = self.scanner.position();
        let other = match (slot, first) {
            (_, b'n') => return self.scanner.word("null"),
            (Slot::Object(slot), b'{') if self.decoder.depth < MAX_DEPTH => return self.object(slot),
            (Slot::List(slot), b'[') => return self.items(field, slot),
            (Slot::List(slot), b'{') => return self.wrapped(field, slot),
            (Slot::Boolean(slot), b't') => {
                *slot = Some(true);
                return self.scanner.word("true");
            }
            (Slot::Boolean(slot), b'f') => {
                *slot = Some(false);
                return self.scanner.word("false");
            }
            (slot, b'"') => {
                let literal = self.scanner.literal()?;
                self.put_text(literal, slot)
            }
            (slot, b'-' | b'0'..=b'9') => {
                let number = self.scanner.number()?;
                self.put_number(number, slot)
            }
            (slot, _) => {
                self.scanner.value()?;
                Some(slot)
            }
        };
        if let Some(slot) = other {
            let raw = self.scanner.since(start)?;
            self.tolerant(field, raw, slot);
        }
        Some(())
    }

    fn tolerant(&mut self, field: Field, raw: Raw<'a>, slot: Slot<'_>) {
        self.trail.write(&mut self.decoder.path);
        // Ends are looked up only in long values.
        if raw.as_str().len() > LONG && matches!(raw.form(), Form::Array | Form::Object) {
            let ends = Ends::of(raw.as_str(), &mut self.decoder.budget);
            self.decoder.value(field, raw.indexed(&ends), slot);
            ends.release(&mut self.decoder.budget);
        } else {
            self.decoder.value(field, raw, slot);
        }
        self.decoder.path.clear();
    }

    fn object(&mut self, slot: &mut dyn ObjectSlot) -> Option<()> {
        self.decoder.depth += 1;
        self.decoder.nesting += 1;
        let object = self.decoder.fresh(slot)?;
        self.fill(object, &mut Envelope::of(&[]))?;
        self.decoder.nesting -= 1;
        self.decoder.depth -= 1;
        Some(())
    }

    fn items(&mut self, field: Field, slot: &mut dyn ListSlot) -> Option<()> {
        slot.start();
        self.scanner.require(b'[')?;
        if self.scanner.skips(b']') {
            return Some(());
        }
        let mark = self.trail.items();
        self.decoder.nesting += 1;
        loop {
            if self.scanner.peek()? == b'n' {
                self.scanner.word("null")?;
                self.note(CoercionKind::DroppedItem);
            } else {
                if !self.decoder.budget.spend(slot.growth()) {
                    return None;
                }
                let mut read = None;
                slot.push(&mut |item| read = self.value(field, item.slot()));
                read?;
            }
            if !self.scanner.continues(b']')? {
                break;
            }
        }
        self.decoder.nesting -= 1;
        self.trail.back(mark);
        Some(())
    }

    /// Reads a list that is enclosed in an object with the documented key only.
    // specs/top/PROTOCOL.md#list-wrapping
    fn wrapped(&mut self, field: Field, slot: &mut dyn ListSlot) -> Option<()> {
        let start = self.scanner.position();
        self.scanner.require(b'{')?;
        if self.scanner.skips(b'}') {
            slot.start();
            return Some(());
        }
        let name = self.scanner.name()?;
        if field.list_key().is_some_and(|inner| name.is(inner)) && self.scanner.peek()? == b'[' {
            self.items(field, slot)?;
            return self.scanner.require(b'}');
        }
        self.scanner.back(start);
        let raw = self.scanner.value()?;
        self.tolerant(field, raw, Slot::List(slot));
        Some(())
    }

    /// Puts a string into a slot for text. Returns the slot if the string is not exactly as documented.
    fn put_text<'s>(&mut self, literal: Literal<'_>, slot: Slot<'s>) -> Option<Slot<'s>> {
        let (text, sound) = literal.text();
        match slot {
            _ if !sound => return Some(slot),
            Slot::Text(slot) => *slot = Some(self.decoder.keep(text)),
            Slot::Date(slot) => *slot = Some(self.decoder.keep(text).into()),
            Slot::Decimal(slot) => *slot = Some(self.decoder.keep(text).into()),
            Slot::Enum(slot) => {
                let is_listed = slot.wire() == Wire::Text && slot.set(&text);
                return (!is_listed).then_some(Slot::Enum(slot));
            }
            other => return Some(other),
        }
        None
    }

    /// Puts a number into a slot for numbers. Returns the slot if the number is not exactly as documented.
    fn put_number<'s>(&mut self, number: &str, slot: Slot<'s>) -> Option<Slot<'s>> {
        match slot {
            Slot::Integer(slot) => {
                *slot = number.parse().ok();
                slot.is_none().then_some(Slot::Integer(slot))
            }
            Slot::Decimal(slot) => {
                *slot = Some(self.decoder.keep(Cow::Borrowed(number)).into());
                None
            }
            Slot::Enum(slot) => {
                let is_listed = slot.wire() == Wire::Number && slot.set(number);
                (!is_listed).then_some(Slot::Enum(slot))
            }
            other => Some(other),
        }
    }
}
