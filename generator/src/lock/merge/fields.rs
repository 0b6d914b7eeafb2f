//! Matches the fields of a struct with locked fields, and compares their types.

use std::collections::BTreeMap;

use crate::lock::{LockedField, LockedItem, LockedObject};
use crate::model::{Arity, Field, Item};

/// How the type of a field compares with the type that callers use.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// Callers see the same type.
    Same,
    /// The page calls the field a text, and its Rust type keeps the text of any value: the type stays.
    Absorbed,
    /// Callers see another type.
    Differs,
}

impl Agreement {
    /// Compares values without a type of the API's own.
    fn of_values(page: Item, locked: Item) -> Self {
        let is_json = |item: Item| matches!(item, Item::Json | Item::Opaque);
        if page == locked || (is_json(page) && is_json(locked)) {
            return Self::Same;
        }
        let keeps_text = matches!(locked, Item::Decimal | Item::Date) || is_json(locked);
        if page == Item::Text && keeps_text { Self::Absorbed } else { Self::Differs }
    }

    /// Compares the types of two fields. `is_type` decides whether an object or enum is the locked one.
    pub(super) fn of(page: &Field, locked: &LockedField, is_type: impl Fn(Item, LockedItem) -> bool) -> Self {
        if (page.arity == Arity::Many) != (locked.arity == Arity::Many) {
            return Self::Differs;
        }
        match (page.item, locked.item) {
            (page, LockedItem::Value(locked)) => Self::of_values(page, locked),
            (page, locked) if is_type(page, locked) => Self::Same,
            _ => Self::Differs,
        }
    }
}

/// A field of the page, and the name that it would have on its own.
pub(super) struct Candidate<'a> {
    pub(super) field: &'a Field,
    pub(super) fresh: &'a str,
}

/// Finds the locked field of each field: one with its wire name, with its former wire name, or with the Rust name that the
/// field would get.
///
/// A tombstone becomes a field again only with the type that callers use, unless a fix asks for its name. A field that comes
/// back with another type is a new field: the tombstone stays beside it, and callers still compile.
pub(super) fn counterparts<'l>(
    fields: &[Candidate<'_>],
    object: &'l LockedObject,
    agrees: &dyn Fn(&Field, &LockedField) -> bool,
) -> Vec<Option<&'l LockedField>> {
    let mut search = Search::new(&object.fields, agrees);
    let mut found: Vec<Option<&LockedField>> =
        fields.iter().map(|candidate| search.by_wire(candidate, &candidate.field.wire)).collect();
    let missing = |found: &[Option<&LockedField>], at: usize| found.get(at).is_some_and(Option::is_none);
    for (at, candidate) in fields.iter().enumerate() {
        if let Some(before) = candidate.field.renamed_from.as_deref().filter(|_| missing(&found, at)) {
            found[at] = search.by_wire(candidate, before);
        }
    }
    for (at, candidate) in fields.iter().enumerate() {
        if missing(&found, at) {
            found[at] = search.by_name(candidate);
        }
    }
    found
}

/// Locked fields that no field has been found for.
struct Search<'s, 'l> {
    left: Vec<Option<&'l LockedField>>,
    /// Positions in `left` by wire name and by Rust name, in ascending order.
    by_wire: BTreeMap<&'l str, Vec<usize>>,
    by_name: BTreeMap<&'l str, Vec<usize>>,
    agrees: &'s dyn Fn(&Field, &LockedField) -> bool,
}

impl<'s, 'l> Search<'s, 'l> {
    fn new(fields: &'l [LockedField], agrees: &'s dyn Fn(&Field, &LockedField) -> bool) -> Self {
        let (mut by_wire, mut by_name) = (BTreeMap::<_, Vec<usize>>::new(), BTreeMap::<_, Vec<usize>>::new());
        for (at, field) in fields.iter().enumerate() {
            by_wire.entry(field.wire.as_str()).or_default().push(at);
            by_name.entry(field.name.0.as_str()).or_default().push(at);
        }
        Self { left: fields.iter().map(Some).collect(), by_wire, by_name, agrees }
    }

    /// Prefers a field of the same type, then one that is not a tombstone, then one whose name a fix asks for.
    fn by_wire(&mut self, candidate: &Candidate<'_>, wire: &str) -> Option<&'l LockedField> {
        let field = candidate.field;
        let agrees = self.agrees;
        let of_wire = self.by_wire.get(wire)?;
        let left = &mut self.left;
        take(left, of_wire, |locked| !locked.removed && agrees(field, locked))
            .or_else(|| take(left, of_wire, |locked| agrees(field, locked)))
            .or_else(|| take(left, of_wire, |locked| !locked.removed))
            .or_else(|| take(left, of_wire, |locked| is_asked_for(field, locked)))
    }

    fn by_name(&mut self, candidate: &Candidate<'_>) -> Option<&'l LockedField> {
        let Candidate { field, fresh } = candidate;
        let agrees = self.agrees;
        let of_name = self.by_name.get(fresh)?;
        take(&mut self.left, of_name, |locked| agrees(field, locked) || is_asked_for(field, locked))
    }
}

/// Takes the first field that fits out of those at some positions.
fn take<'l>(
    left: &mut [Option<&'l LockedField>],
    positions: &[usize],
    fits: impl Fn(&LockedField) -> bool,
) -> Option<&'l LockedField> {
    let at = positions.iter().find(|at| left.get(**at).copied().flatten().is_some_and(&fits))?;
    left.get_mut(*at)?.take()
}

/// Whether a fix gives the field the name that the locked field has.
fn is_asked_for(field: &Field, locked: &LockedField) -> bool {
    field.rust_name.as_ref().is_some_and(|(name, _)| *name == locked.name.0)
}
