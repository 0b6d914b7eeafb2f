//! Pairs the types of a side with locked types.
//!
//! A type is paired with the locked type at the same place: the walk follows the fields that both have, shorter paths first.
//! A type that the walk does not reach is paired with the locked type of the same Rust name. If the page has several types
//! where the lock has one, they stay one type if possible (see [`super::groups`]). If the page has one type where the lock
//! has several, it is paired with all of them, so that no name is lost.

use std::collections::{BTreeSet, VecDeque};

use super::fields::{Agreement, Candidate, counterparts};
use super::groups::Groups;
use crate::lock::{LockedItem, LockedObject, LockedSide};
use crate::model::{Field, Item, Side};
use crate::names::{FieldNames, SideNames};

/// A type of the page, and the locked type at the same place.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    Object { page: usize, locked: usize },
    Enum { page: usize, locked: usize },
}

/// Types of the page with their locked types, in the order in which they were found.
pub(super) struct Pairs<'a> {
    side: &'a Side,
    names: &'a SideNames,
    locked: &'a LockedSide,
    pub(super) groups: Groups<'a>,
    pub(super) objects: Vec<(usize, usize)>,
    pub(super) enums: Vec<(usize, usize)>,
}

impl<'a> Pairs<'a> {
    pub(super) fn find(side: &'a Side, names: &'a SideNames, locked: &'a LockedSide) -> Self {
        let groups = Groups::new(side);
        let mut pairs = Self { side, names, locked, groups, objects: Vec::new(), enums: Vec::new() };
        if let Some(root) = locked.objects.first() {
            let claims = pairs.claims((&side.root, &names.root), root);
            pairs.settle(&claims);
        }
        for index in 0..side.objects.len() {
            if !pairs.has_object(index)
                && let Some(found) = pairs.free_object(index)
            {
                let mut claims = vec![Claim::Object { page: index, locked: found }];
                let fields = (side.objects[index].fields.as_slice(), &names.objects[index].1);
                claims.extend(pairs.claims(fields, &locked.objects[found]));
                pairs.settle(&claims);
            }
        }
        for index in 0..side.enums.len() {
            if !pairs.has_enum(index)
                && let Some(found) = pairs.free_enum(index)
            {
                pairs.enums.push((index, found));
            }
        }
        pairs
    }

    /// Whether the object is the locked one.
    pub(super) fn is_object(&self, page: usize, locked: usize) -> bool {
        let group = self.groups.object(page);
        self.objects.iter().any(|(page, at)| *at == locked && self.groups.object(*page) == group)
    }

    /// Whether the enum is the locked one.
    pub(super) fn is_enum(&self, page: usize, locked: usize) -> bool {
        let group = self.groups.enumeration(page);
        self.enums.iter().any(|(page, at)| *at == locked && self.groups.enumeration(*page) == group)
    }

    fn has_object(&self, page: usize) -> bool {
        let group = self.groups.object(page);
        self.objects.iter().any(|(page, _)| self.groups.object(*page) == group)
    }

    fn has_enum(&self, page: usize) -> bool {
        let group = self.groups.enumeration(page);
        self.enums.iter().any(|(page, _)| self.groups.enumeration(*page) == group)
    }

    fn is_object_taken(&self, at: usize) -> bool {
        // The first locked struct is the side's root.
        at == 0 || self.objects.iter().any(|(_, locked)| *locked == at)
    }

    fn is_enum_taken(&self, at: usize) -> bool {
        self.enums.iter().any(|(_, locked)| *locked == at)
    }

    fn free_object(&self, index: usize) -> Option<usize> {
        let name = self.names.objects[index].0.as_str();
        (0..self.locked.objects.len()).find(|&at| self.locked.objects[at].name.0 == name && !self.is_object_taken(at))
    }

    fn free_enum(&self, index: usize) -> Option<usize> {
        let (name, wire) = (self.names.enums[index].name.as_str(), self.side.enums[index].wire);
        let is = |at: &usize| self.locked.enums[*at].name.0 == name && self.locked.enums[*at].wire == wire;
        (0..self.locked.enums.len()).find(|at| is(at) && !self.is_enum_taken(*at))
    }

    /// The types at the same places, from a struct on.
    fn claims(&self, fields: (&'a [Field], &'a FieldNames), object: &'a LockedObject) -> Vec<Claim> {
        let mut claims = Vec::new();
        let mut seen = BTreeSet::new();
        let mut waiting = VecDeque::from([(fields, object)]);
        while let Some(((fields, names), object)) = waiting.pop_front() {
            for (field, locked) in self.same_places(fields, names, object) {
                let claim = match (field.item, locked) {
                    (Item::Object(id), LockedItem::Object(at)) => Claim::Object { page: id.0, locked: at },
                    (Item::Enum(id), LockedItem::Enum(at)) => Claim::Enum { page: id.0, locked: at },
                    _ => continue,
                };
                if !seen.insert(claim) {
                    continue;
                }
                claims.push(claim);
                if let Claim::Object { page, locked } = claim {
                    let fields = (self.side.objects[page].fields.as_slice(), &self.names.objects[page].1);
                    waiting.push_back((fields, &self.locked.objects[locked]));
                }
            }
        }
        claims
    }

    fn same_places(
        &self,
        fields: &'a [Field],
        names: &'a FieldNames,
        object: &LockedObject,
    ) -> Vec<(&'a Field, LockedItem)> {
        let candidates: Vec<Candidate<'_>> = candidates(fields, names).collect();
        let found = counterparts(&candidates, object, &|field, locked| {
            // Types are paired by this walk, so only their kinds can be compared here.
            Agreement::of(field, locked, |page, locked| self.is_of_one_kind(page, locked)) != Agreement::Differs
        });
        fields.iter().zip(found).filter_map(|(field, locked)| Some((field, locked?.item))).collect()
    }

    fn is_of_one_kind(&self, page: Item, locked: LockedItem) -> bool {
        match (page, locked) {
            (Item::Object(_), LockedItem::Object(_)) => true,
            (Item::Enum(id), LockedItem::Enum(at)) => self.side.enums[id.0].wire == self.locked.enums[at].wire,
            _ => false,
        }
    }

    /// Decides claims on locked types, one locked type after the other.
    fn settle(&mut self, claims: &[Claim]) {
        let mut seen = BTreeSet::new();
        for claim in claims {
            match *claim {
                Claim::Object { locked, .. } if seen.insert(*claim) => {
                    let mut pages: Vec<usize> = claims.iter().filter_map(|claim| claim.object_of(locked)).collect();
                    seen.extend(pages.iter().map(|&page| Claim::Object { page, locked }));
                    // An unchanged type keeps the name if the others cannot be joined with it.
                    pages.sort_by_key(|&page| !self.has_not_changed(page, locked));
                    self.settle_object(&pages, locked);
                }
                Claim::Enum { page, locked } if seen.insert(*claim) => self.settle_enum(page, locked),
                _ => {}
            }
        }
    }

    fn settle_object(&mut self, pages: &[usize], locked: usize) {
        for &page in pages {
            match self.objects.iter().find(|(_, at)| *at == locked) {
                _ if locked == 0 => {}
                Some(&(owner, _)) => {
                    self.groups.join_objects(owner, page);
                }
                None => self.objects.push((page, locked)),
            }
        }
    }

    fn settle_enum(&mut self, page: usize, locked: usize) {
        match self.enums.iter().find(|(_, at)| *at == locked) {
            Some(&(owner, _)) => {
                self.groups.join_enums(owner, page);
            }
            None => self.enums.push((page, locked)),
        }
    }

    /// Whether each field that both have is of the same kind.
    fn has_not_changed(&self, page: usize, locked: usize) -> bool {
        let object = &self.locked.objects[locked];
        self.side.objects[page].fields.iter().all(|field| {
            let mut before = object.fields.iter().filter(|locked| locked.wire == field.wire && !locked.removed);
            before.all(|locked| {
                Agreement::of(field, locked, |page, locked| self.is_of_one_kind(page, locked)) != Agreement::Differs
            })
        })
    }
}

impl Claim {
    /// The page's object, if the claim is on that locked object.
    fn object_of(&self, at: usize) -> Option<usize> {
        match *self {
            Self::Object { page, locked } if locked == at => Some(page),
            _ => None,
        }
    }
}

/// Fields with the names that they would have on their own.
pub(super) fn candidates<'a>(fields: &'a [Field], names: &'a FieldNames) -> impl Iterator<Item = Candidate<'a>> {
    fields.iter().zip(&names.0).map(|(field, name)| Candidate { field, fresh: name.as_str() })
}
