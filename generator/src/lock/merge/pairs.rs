//! Which locked type each type of a side is.
//!
//! A type is the locked one that stands at the same place: the walk goes along the fields that both have, shorter
//! paths first. What is reached by no such path is the locked type of the same Rust name. A locked type is one type at
//! most; where the vendor now writes two as one, that one is both, so that neither name goes away.

use std::collections::VecDeque;

use crate::lock::{LockedField, LockedItem, LockedObject, LockedSide};
use crate::model::{Enum, EnumId, Field, Item, Object, ObjectId, Side};
use crate::names;

/// Types with their locked ones, in the order in which they were found.
pub(super) struct Pairs<'a> {
    side: &'a Side,
    locked: &'a LockedSide,
    /// The request type, whose name stands in front of names that are reserved.
    endpoint: &'a str,
    pub(super) objects: Vec<(ObjectId, usize)>,
    pub(super) enums: Vec<(EnumId, usize)>,
}

impl<'a> Pairs<'a> {
    pub(super) fn find(side: &'a Side, locked: &'a LockedSide, endpoint: &'a str) -> Self {
        let mut pairs = Self { side, locked, endpoint, objects: Vec::new(), enums: Vec::new() };
        if let Some(root) = locked.objects.first() {
            pairs.walk(&side.root, root);
        }
        for (index, object) in side.objects.iter().enumerate() {
            let id = ObjectId(index);
            if pairs.object(id).is_none()
                && let Some(found) = pairs.free_object(object)
            {
                pairs.objects.push((id, found));
                pairs.walk(&object.fields, &locked.objects[found]);
            }
        }
        for (index, set) in side.enums.iter().enumerate() {
            let id = EnumId(index);
            if pairs.enumeration(id).is_none()
                && let Some(found) = pairs.free_enum(set)
            {
                pairs.enums.push((id, found));
            }
        }
        pairs
    }

    /// The first locked type that a type is.
    pub(super) fn object(&self, id: ObjectId) -> Option<usize> {
        self.objects.iter().find(|(object, _)| *object == id).map(|(_, locked)| *locked)
    }

    /// The first locked set that a set is.
    pub(super) fn enumeration(&self, id: EnumId) -> Option<usize> {
        self.enums.iter().find(|(set, _)| *set == id).map(|(_, locked)| *locked)
    }

    fn walk(&mut self, fields: &'a [Field], object: &'a LockedObject) {
        let mut waiting = VecDeque::from([(fields, object)]);
        while let Some((fields, object)) = waiting.pop_front() {
            for (field, locked) in counterparts(fields, object) {
                match (field.item, locked.map(|locked| locked.item)) {
                    (Item::Object(id), Some(LockedItem::Object(at))) if !self.is_object_taken(at) => {
                        self.objects.push((id, at));
                        waiting.push_back((&self.side.object(id).fields, &self.locked.objects[at]));
                    }
                    (Item::Enum(id), Some(LockedItem::Enum(at))) if !self.is_enum_taken(at) => {
                        self.enums.push((id, at));
                    }
                    _ => {}
                }
            }
        }
    }

    pub(super) fn is_object_taken(&self, at: usize) -> bool {
        at == 0 || self.objects.iter().any(|(_, locked)| *locked == at)
    }

    pub(super) fn is_enum_taken(&self, at: usize) -> bool {
        self.enums.iter().any(|(_, locked)| *locked == at)
    }

    fn free_object(&self, object: &Object) -> Option<usize> {
        let is = |at: &usize, name: &str| self.locked.objects[*at].name.0 == name && !self.is_object_taken(*at);
        let find = |name: String| (0..self.locked.objects.len()).find(|at| is(at, &name));
        names::fresh_object(object, self.endpoint).into_iter().find_map(find)
    }

    fn free_enum(&self, set: &Enum) -> Option<usize> {
        let is = |at: &usize, name: &str| self.locked.enums[*at].name.0 == name && !self.is_enum_taken(*at);
        let find = |name: String| (0..self.locked.enums.len()).find(|at| is(at, &name));
        names::fresh_enum(set, self.endpoint).into_iter().find_map(find)
    }
}

/// The fields of a struct, each with the locked field that it is: the one of its wire name, the one that a fix says it
/// was renamed from, or one that is gone and had the Rust name that the field gets.
pub(super) fn counterparts<'a>(
    fields: &'a [Field],
    object: &'a LockedObject,
) -> Vec<(&'a Field, Option<&'a LockedField>)> {
    let mut gone: Vec<&LockedField> =
        object.fields.iter().filter(|locked| !fields.iter().any(|field| field.wire == locked.wire)).collect();
    let mut take = |is: &dyn Fn(&LockedField) -> bool| {
        let at = gone.iter().position(|locked| is(locked))?;
        Some(gone.swap_remove(at))
    };
    let same_wire = |field: &Field| object.fields.iter().find(|locked| locked.wire == field.wire);
    let mut found: Vec<_> = fields.iter().map(|field| (field, same_wire(field))).collect();
    for (field, locked) in found.iter_mut().filter(|(_, locked)| locked.is_none()) {
        *locked = field.renamed_from.as_deref().and_then(|before| take(&|locked| locked.wire == before));
    }
    for (field, locked) in found.iter_mut().filter(|(_, locked)| locked.is_none()) {
        let name = names::fresh_field(field);
        *locked = take(&|locked| locked.name.0 == name);
    }
    found
}
