//! A struct as data: what its definition, its setters and its field table are made from.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::model::{Field, Origin, SideName};
use crate::names::{FieldNames, Identifier, SideNames};

/// A struct to be written.
pub(super) struct Struct<'a> {
    /// Its name.
    pub(super) name: &'a Identifier,
    /// Lines of its docs.
    pub(super) docs: Vec<String>,
    /// Other names under which the docs list it.
    pub(super) aliases: Vec<String>,
    /// Its fields.
    pub(super) members: &'a [Field],
    /// Their names.
    pub(super) member_names: &'a FieldNames,
    /// Names of the types that they mention.
    pub(super) names: &'a SideNames,
    /// Which half of a call it belongs to.
    pub(super) side: SideName,
    /// Why callers should not use it.
    pub(super) deprecated: Option<&'a str>,
    /// Whether it is in the specs, or in the lock alone.
    pub(super) origin: &'a Origin,
}

impl<'a> Struct<'a> {
    /// The fields with their names.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'a Field, &'a Identifier)> + use<'a> {
        self.members.iter().zip(&self.member_names.0)
    }

    /// For each field, the first field before it that has its wire name, by its Rust name.
    ///
    /// A page dropped a field, the lock keeps it as a tombstone, and the page has it again with another type.
    pub(super) fn successors(&self) -> Vec<Option<&'a Identifier>> {
        let mut first: BTreeMap<&str, &Identifier> = BTreeMap::new();
        let successor = |(field, rust): (&'a Field, &'a Identifier)| match first.entry(&field.wire) {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(place) => {
                place.insert(rust);
                None
            }
        };
        self.fields().map(successor).collect()
    }
}
