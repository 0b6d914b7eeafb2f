//! Types of the page that stay one Rust type.
//!
//! The lock can have one type for several places of the page. If the page then adds a field in only one of these places, the
//! shapes differ, and two types would result. Callers use one type, so it stays one with the fields of both, unless they
//! contradict each other.

use std::collections::BTreeMap;

use crate::model::{Arity, Enum, Field, Item, Object, Side};

/// A partition of the objects and enums of a side.
#[derive(Clone)]
pub(super) struct Groups<'a> {
    side: &'a Side,
    /// The first object of each object's group.
    objects: Vec<usize>,
    enums: Vec<usize>,
}

impl<'a> Groups<'a> {
    /// Every type on its own.
    pub(super) fn new(side: &'a Side) -> Self {
        Self { side, objects: (0..side.objects.len()).collect(), enums: (0..side.enums.len()).collect() }
    }

    /// The first object of the group of an object.
    pub(super) fn object(&self, index: usize) -> usize {
        self.objects[index]
    }

    /// The first enum of the group of an enum.
    pub(super) fn enumeration(&self, index: usize) -> usize {
        self.enums[index]
    }

    /// The objects of a group, in the page's order.
    pub(super) fn objects_of(&self, index: usize) -> impl Iterator<Item = (usize, &'a Object)> {
        let of = self.object(index);
        let side = self.side;
        let members = (0..side.objects.len()).filter(|index| self.object(*index) == of).collect::<Vec<_>>();
        members.into_iter().map(move |index| (index, &side.objects[index]))
    }

    /// The enums of a group, in the page's order.
    pub(super) fn enums_of(&self, index: usize) -> impl Iterator<Item = &'a Enum> {
        let of = self.enumeration(index);
        let side = self.side;
        let members = (0..side.enums.len()).filter(|index| self.enumeration(*index) == of).collect::<Vec<_>>();
        members.into_iter().map(move |index| &side.enums[index])
    }

    /// Joins two objects and everything in them. Returns false and changes nothing if they contradict each other.
    pub(super) fn join_objects(&mut self, one: usize, other: usize) -> bool {
        let mut trial = self.clone();
        let is_possible = trial.unite_objects(one, other);
        if is_possible {
            *self = trial;
        }
        is_possible
    }

    /// Joins two enums. Returns false and changes nothing if their values are sent in different forms.
    pub(super) fn join_enums(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.enumeration(one), self.enumeration(other));
        let is_possible = self.side.enums[one].wire == self.side.enums[other].wire;
        if is_possible {
            unite(&mut self.enums, one, other);
        }
        is_possible
    }

    fn unite_objects(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.object(one), self.object(other));
        if one == other {
            return true;
        }
        let wanted = |index: usize| self.side.objects[index].rust_type.as_ref().map(|(name, _)| name);
        if wanted(one) != wanted(other) {
            return false;
        }
        let fields =
            |of: usize| -> Vec<&'a Field> { self.objects_of(of).flat_map(|(_, object)| &object.fields).collect() };
        let ours = fields(one);
        // The first field of each wire name.
        let theirs: BTreeMap<&str, &Field> =
            fields(other).into_iter().rev().map(|field| (field.wire.as_str(), field)).collect();
        unite(&mut self.objects, one, other);
        ours.into_iter().all(|field| {
            let same = theirs.get(field.wire.as_str());
            same.is_none_or(|other| self.unite_fields(field, other))
        })
    }

    fn unite_fields(&mut self, one: &Field, other: &Field) -> bool {
        let is_list = |field: &Field| field.arity == Arity::Many;
        if is_list(one) != is_list(other) || one.list_key != other.list_key {
            return false;
        }
        match (one.item, other.item) {
            (Item::Object(one), Item::Object(other)) => self.unite_objects(one.0, other.0),
            (Item::Enum(one), Item::Enum(other)) => self.join_enums(one.0, other.0),
            (one, other) => one == other,
        }
    }
}

/// Joins the groups that begin with these two.
fn unite(groups: &mut [usize], one: usize, other: usize) {
    let (first, second) = (one.min(other), one.max(other));
    groups.iter_mut().filter(|group| **group == second).for_each(|group| *group = first);
}
