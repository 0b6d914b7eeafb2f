//! Rebuilds one side of an API from page and lock: the page's types with the names and types that callers use, followed by
//! tombstones.

use std::collections::{BTreeMap, BTreeSet};

use super::boxes;
use super::fields::{Agreement, Candidate, counterparts};
use super::pairs::{Pairs, candidates};
use crate::lock::{LockedEnum, LockedField, LockedItem, LockedObject, LockedSide};
use crate::model::{Enum, EnumId, EnumValue, Field, Item, Limits, Object, ObjectId, Origin, Side, SideName, ValueForm};
use crate::names::{FieldNames, KeptEnum, KeptName, KeptObject, KeptSide, SideNames, words};
use crate::terms::REMOVED;

/// The side as callers know it, and the names in it that they use.
pub(super) fn side(mut side: Side, names: &SideNames, locked: &LockedSide) -> (Side, KeptSide) {
    let outside = std::mem::take(&mut side.outside);
    let (side, kept) = rebuild(side, names, locked, Owner::Stays);
    (Side { outside, ..side }, kept)
}

fn rebuild(side: Side, names: &SideNames, locked: &LockedSide, api: Owner) -> (Side, KeptSide) {
    let pairs = Pairs::find(&side, names, locked);
    let layout = Layout::new(&side, names, locked, &pairs);
    let root = layout.fields(candidates(&side.root, &names.root), locked.objects.first(), api);
    let objects = layout.objects.iter().filter_map(|source| layout.object(*source)).collect();
    let enums = layout.enums.iter().filter_map(|source| layout.enumeration(*source)).collect();
    assemble(side.name, root, objects, enums)
}

/// A side of an API that only the lock has.
pub(super) fn tombstone(name: SideName, locked: &LockedSide) -> (Side, KeptSide) {
    let page = Side { name, root: Vec::new(), objects: Vec::new(), enums: Vec::new(), outside: BTreeMap::new() };
    let names = SideNames { root: FieldNames(Vec::new()), objects: Vec::new(), enums: Vec::new() };
    rebuild(page, &names, locked, Owner::Removed)
}

/// The owner of a field that only the lock has.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Owner {
    /// A node on the page: the field is a tombstone.
    Stays,
    /// A tombstone: the field is part of it.
    Removed,
}

/// A field, and the name that it keeps.
type Named<T> = (T, Option<KeptName>);

fn assemble(
    name: SideName,
    root: Vec<Named<Field>>,
    objects: Vec<(Object, KeptObject)>,
    enums: Vec<(Enum, KeptEnum)>,
) -> (Side, KeptSide) {
    let (root, root_names) = root.into_iter().unzip();
    let (mut objects, object_names): (Vec<Object>, Vec<KeptObject>) = objects.into_iter().unzip();
    let (enums, enum_names) = enums.into_iter().unzip();
    boxes::mend(&mut objects, &|owner, field| {
        object_names.get(owner).is_some_and(|names| names.fields.get(field).is_some_and(Option::is_some))
    });
    let kept = KeptSide { root: root_names, objects: object_names, enums: enum_names };
    (Side { name, root, objects, enums, outside: BTreeMap::new() }, kept)
}

/// What a type of the new side is made from: a group of the page's types (by its first one), a locked type, or both.
#[derive(Copy, Clone, PartialEq, Eq)]
struct Source {
    page: Option<usize>,
    locked: Option<usize>,
}

/// The new side's types, in their order.
struct Layout<'a> {
    side: &'a Side,
    names: &'a SideNames,
    locked: &'a LockedSide,
    pairs: &'a Pairs<'a>,
    objects: Vec<Source>,
    enums: Vec<Source>,
}

impl<'a> Layout<'a> {
    /// The page's types in their order, once for each locked type that they are; then those of the lock alone.
    fn new(side: &'a Side, names: &'a SideNames, locked: &'a LockedSide, pairs: &'a Pairs<'a>) -> Self {
        let groups = &pairs.groups;
        let objects: Vec<_> = pairs.objects.iter().map(|(page, at)| (groups.object(*page), *at)).collect();
        let enums: Vec<_> = pairs.enums.iter().map(|(page, at)| (groups.enumeration(*page), *at)).collect();
        let first_objects = (0..side.objects.len()).filter(|&index| groups.object(index) == index);
        let first_enums = (0..side.enums.len()).filter(|&index| groups.enumeration(index) == index);
        // The first locked struct is the side's root.
        let objects = sources(first_objects, 1..locked.objects.len(), &objects);
        let enums = sources(first_enums, 0..locked.enums.len(), &enums);
        Self { side, names, locked, pairs, objects, enums }
    }

    /// The page's fields as the lock has them, then the fields that only the lock has.
    fn fields<'c>(
        &self,
        fields: impl Iterator<Item = Candidate<'c>>,
        object: Option<&LockedObject>,
        owner: Owner,
    ) -> Vec<Named<Field>> {
        let fields: Vec<Candidate<'_>> = fields.collect();
        let Some(object) = object else {
            return fields.iter().map(|candidate| self.field(candidate.field, None)).collect();
        };
        let found = counterparts(&fields, object, &|field, locked| self.agreement(field, locked) != Agreement::Differs);
        let known: BTreeSet<*const LockedField> =
            found.iter().flatten().map(|known| std::ptr::from_ref(*known)).collect();
        let is_gone = |locked: &&LockedField| !known.contains(&std::ptr::from_ref(*locked));
        let gone = object.fields.iter().filter(is_gone).map(|locked| self.tombstone(locked, owner));
        let on_page = fields.iter().zip(&found).map(|(candidate, locked)| self.field(candidate.field, *locked));
        on_page.chain(gone).collect()
    }

    fn agreement(&self, field: &Field, locked: &LockedField) -> Agreement {
        Agreement::of(field, locked, |page, locked| match (page, locked) {
            (Item::Object(id), LockedItem::Object(at)) => self.pairs.is_object(id.0, at),
            (Item::Enum(id), LockedItem::Enum(at)) => self.pairs.is_enum(id.0, at),
            _ => false,
        })
    }

    fn field(&self, field: &Field, locked: Option<&LockedField>) -> Named<Field> {
        let mut kept = Field { item: self.item(field.item, locked.map(|locked| locked.item)), ..field.clone() };
        let Some(locked) = locked else { return (kept, None) };
        kept.arity = boxes::kept(field.arity, locked.arity);
        if let (Agreement::Absorbed, LockedItem::Value(item)) = (self.agreement(field, locked), locked.item) {
            (kept.item, kept.form) = (item, ValueForm::Text);
        }
        (kept, Some(locked.name.clone()))
    }

    fn item(&self, page: Item, locked: Option<LockedItem>) -> Item {
        match (page, locked) {
            (Item::Object(id), Some(LockedItem::Object(at))) => Item::Object(self.object_id(Some(id), Some(at))),
            (Item::Object(id), _) => Item::Object(self.object_id(Some(id), None)),
            (Item::Enum(id), Some(LockedItem::Enum(at))) => Item::Enum(self.enum_id(Some(id), Some(at))),
            (Item::Enum(id), _) => Item::Enum(self.enum_id(Some(id), None)),
            (value, _) => value,
        }
    }

    fn tombstone(&self, locked: &LockedField, owner: Owner) -> Named<Field> {
        let item = match locked.item {
            LockedItem::Value(item) => item,
            LockedItem::Object(at) => Item::Object(self.object_id(None, Some(at))),
            LockedItem::Enum(at) => Item::Enum(self.enum_id(None, Some(at))),
        };
        let field = Field {
            wire: locked.wire.clone(),
            item,
            arity: locked.arity,
            form: ValueForm::Own,
            list_key: locked.list_key.clone(),
            place: locked.place,
            required: false,
            limits: Limits::default(),
            log_shown: false,
            default: None,
            example: None,
            description: String::new(),
            deprecated: (owner == Owner::Stays).then(|| REMOVED.to_owned()),
            renamed_from: None,
            rust_name: None,
            origin: Origin::Lock(locked.name.1.clone()),
        };
        (field, Some(locked.name.clone()))
    }

    fn object(&self, source: Source) -> Option<(Object, KeptObject)> {
        let locked = source.locked.and_then(|at| self.locked.objects.get(at));
        let Some(page) = source.page else { return Some(self.tombstone_object(locked?)) };
        let union = self.union(page);
        let fields = union.iter().map(|(field, fresh)| Candidate { field, fresh });
        let (fields, names) = self.fields(fields, locked, Owner::Stays).into_iter().unzip();
        let page = &self.side.objects[page];
        let object = Object {
            vendor_name: page.vendor_name.clone(),
            path: page.path.clone(),
            fields,
            rust_type: page.rust_type.clone(),
            origin: page.origin.clone(),
        };
        Some((object, KeptObject { name: locked.map(|locked| locked.name.clone()), fields: names }))
    }

    /// The fields of a group of the page's objects, with the names that they would have on their own.
    ///
    /// A field that one of them lacks cannot be required.
    fn union(&self, page: usize) -> Vec<(Field, &'a str)> {
        let mut union: Vec<(Field, &str)> = Vec::new();
        let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
        for (count, (index, object)) in self.pairs.groups.objects_of(page).enumerate() {
            let wires: BTreeSet<&str> = object.fields.iter().map(|field| field.wire.as_str()).collect();
            for (field, _) in union.iter_mut().filter(|(known, _)| !wires.contains(known.wire.as_str())) {
                field.required = false;
            }
            for candidate in candidates(&object.fields, &self.names.objects[index].1) {
                match positions.get(candidate.field.wire.as_str()).and_then(|at| union.get_mut(*at)) {
                    Some((known, _)) => known.join(candidate.field),
                    None => {
                        positions.insert(&candidate.field.wire, union.len());
                        let required = candidate.field.required && count == 0;
                        union.push((Field { required, ..candidate.field.clone() }, candidate.fresh));
                    }
                }
            }
        }
        union
    }

    fn tombstone_object(&self, locked: &LockedObject) -> (Object, KeptObject) {
        let fields = locked.fields.iter().map(|field| self.tombstone(field, Owner::Removed));
        let (fields, names) = fields.unzip();
        let object = Object {
            vendor_name: String::new(),
            path: Vec::new(),
            fields,
            rust_type: None,
            origin: Origin::Lock(locked.name.1.clone()),
        };
        (object, KeptObject { name: Some(locked.name.clone()), fields: names })
    }

    fn enumeration(&self, source: Source) -> Option<(Enum, KeptEnum)> {
        let locked = source.locked.and_then(|at| self.locked.enums.get(at));
        let name = locked.map(|locked| locked.name.clone());
        let Some(page) = source.page else {
            let locked = locked?;
            let values = locked.values.iter().map(|value| tombstone_value(&value.wire, &value.variant, &locked.name));
            let (values, variants) = values.unzip();
            let set = Enum {
                path: Vec::new(),
                wire: locked.wire,
                values,
                description: String::new(),
                rust_type: None,
                origin: Origin::Lock(locked.name.1.clone()),
            };
            return Some((set, KeptEnum { name, variants }));
        };
        let mut values: Vec<EnumValue> = Vec::new();
        let mut known = BTreeSet::new();
        for value in self.pairs.groups.enums_of(page).flat_map(|set| &set.values) {
            if known.insert(value.wire.as_str()) {
                values.push(value.clone());
            }
        }
        let (values, variants) = with_tombstones(values, locked).into_iter().unzip();
        let page = &self.side.enums[page];
        let set = Enum {
            path: page.path.clone(),
            wire: page.wire,
            values,
            description: page.description.clone(),
            rust_type: page.rust_type.clone(),
            origin: page.origin.clone(),
        };
        Some((set, KeptEnum { name, variants }))
    }

    fn object_id(&self, page: Option<ObjectId>, locked: Option<usize>) -> ObjectId {
        let page = page.map(|id| self.pairs.groups.object(id.0));
        ObjectId(find(&self.objects, page, locked))
    }

    fn enum_id(&self, page: Option<EnumId>, locked: Option<usize>) -> EnumId {
        let page = page.map(|id| self.pairs.groups.enumeration(id.0));
        EnumId(find(&self.enums, page, locked))
    }
}

fn sources(
    pages: impl Iterator<Item = usize>,
    locked: std::ops::Range<usize>,
    pairs: &[(usize, usize)],
) -> Vec<Source> {
    let mut sources = Vec::new();
    for page in pages {
        let before = sources.len();
        let own = pairs.iter().filter(|(known, _)| *known == page);
        sources.extend(own.map(|(_, at)| Source { page: Some(page), locked: Some(*at) }));
        if sources.len() == before {
            sources.push(Source { page: Some(page), locked: None });
        }
    }
    let gone = locked.filter(|at| !pairs.iter().any(|(_, known)| known == at));
    sources.extend(gone.map(|at| Source { page: None, locked: Some(at) }));
    sources
}

/// The position of the type that is both, else of the first that is the page's; a tombstone's is found by its lock alone.
/// Every type of the page and every locked type has a position.
fn find(sources: &[Source], page: Option<usize>, locked: Option<usize>) -> usize {
    let position = |is: &dyn Fn(&Source) -> bool| sources.iter().position(is);
    let both =
        position(&|source| locked.is_some() && source.locked == locked && (page.is_none() || source.page == page));
    both.or_else(|| position(&|source| source.page == page && page.is_some())).unwrap_or(0)
}

/// The page's values, then those that only the lock has. A variant that the page uses for another value is that value's.
fn with_tombstones(page: Vec<EnumValue>, locked: Option<&LockedEnum>) -> Vec<(EnumValue, Option<String>)> {
    let wires: BTreeSet<String> = page.iter().map(|value| value.wire.clone()).collect();
    let variants: BTreeSet<String> = page.iter().map(|value| words::variant(&value.name)).collect();
    let is_on_page = |wire: &str, variant: &str| wires.contains(wire) || variants.contains(variant);
    let known = locked.into_iter().flat_map(|set| set.values.iter().map(move |value| (value, &set.name)));
    let gone = known.filter(|(value, _)| !is_on_page(&value.wire, &value.variant));
    let gone: Vec<_> = gone.map(|(value, name)| tombstone_value(&value.wire, &value.variant, name)).collect();
    page.into_iter().map(|value| (value, None)).chain(gone).collect()
}

fn tombstone_value(wire: &str, variant: &str, set: &KeptName) -> (EnumValue, Option<String>) {
    let origin = Origin::Lock(set.1.clone());
    let value = EnumValue { wire: wire.to_owned(), name: variant.to_owned(), doc: String::new(), origin };
    (value, Some(variant.to_owned()))
}
