//! One side of an API with its lock: names noted, and what the page no longer has appended as tombstones.

use super::boxes;
use super::pairs::{Pairs, counterparts};
use crate::lock::{LockedEnum, LockedField, LockedItem, LockedObject, LockedSide};
use crate::model::{Enum, EnumId, EnumValue, Field, Item, Limits, Object, ObjectId, Side, SideName};
use crate::names;
use crate::source::Place;
use crate::terms::REMOVED;

/// The side, as callers know it, of the API whose request type is `endpoint`.
pub(super) fn side(side: Side, locked: &LockedSide, endpoint: &str) -> Side {
    let pairs = Pairs::find(&side, locked, endpoint);
    let layout = Layout::new(&side, locked, &pairs);
    let root = layout.fields(&side.root, locked.objects.first());
    let mut objects: Vec<Object> = layout.objects.iter().filter_map(|origin| layout.object(*origin)).collect();
    boxes::mend(&mut objects);
    let enums = layout.enums.iter().filter_map(|origin| layout.enumeration(*origin)).collect();
    Side { name: side.name, root, objects, enums }
}

/// A side of an API that only the lock still knows: all of it goes with the API, so nothing is marked on its own.
pub(super) fn tombstone(name: SideName, locked: &LockedSide) -> Side {
    let page = Side { name, root: Vec::new(), objects: Vec::new(), enums: Vec::new() };
    let layout = Layout {
        side: &page,
        locked,
        objects: origins(0, 1..locked.objects.len(), &[]),
        enums: origins(0, 0..locked.enums.len(), &[]),
    };
    let roots = locked.objects.first().map(|object| object.fields.as_slice()).unwrap_or_default();
    let root = roots.iter().map(|field| layout.tombstone(field, false)).collect();
    let object = |origin: &Origin| Some(Object { removed: false, ..layout.object(*origin)? });
    let set = |origin: &Origin| Some(Enum { removed: false, ..layout.enumeration(*origin)? });
    let objects = layout.objects.iter().filter_map(object).collect();
    let enums = layout.enums.iter().filter_map(set).collect();
    Side { name, root, objects, enums }
}

/// What a type of the new side is made from: the page's type, the locked one, or both.
#[derive(Copy, Clone, PartialEq, Eq)]
struct Origin {
    page: Option<usize>,
    locked: Option<usize>,
}

/// The new side's types, in their order.
struct Layout<'a> {
    side: &'a Side,
    locked: &'a LockedSide,
    objects: Vec<Origin>,
    enums: Vec<Origin>,
}

impl<'a> Layout<'a> {
    /// The page's types in their order, once for each locked type that they are; then those of the lock alone.
    fn new(side: &'a Side, locked: &'a LockedSide, pairs: &Pairs<'_>) -> Self {
        let objects = pairs.objects.iter().map(|(id, at)| (id.0, *at)).collect::<Vec<_>>();
        let enums = pairs.enums.iter().map(|(id, at)| (id.0, *at)).collect::<Vec<_>>();
        Self {
            side,
            locked,
            // The first locked struct is the side's root.
            objects: origins(side.objects.len(), 1..locked.objects.len(), &objects),
            enums: origins(side.enums.len(), 0..locked.enums.len(), &enums),
        }
    }

    /// A page's fields with what their lock says, then the fields that only the lock has.
    fn fields(&self, fields: &[Field], object: Option<&LockedObject>) -> Vec<Field> {
        let Some(object) = object else {
            return fields.iter().map(|field| self.field(field, None)).collect();
        };
        let found = counterparts(fields, object);
        let is_gone = |locked: &&LockedField| {
            !found.iter().any(|(_, known)| known.is_some_and(|known| std::ptr::eq(known, *locked)))
        };
        let gone = object.fields.iter().filter(is_gone).map(|locked| self.tombstone(locked, true));
        found.iter().map(|(field, locked)| self.field(field, *locked)).chain(gone).collect()
    }

    fn field(&self, field: &Field, locked: Option<&LockedField>) -> Field {
        let before = locked.map(|locked| locked.item);
        let item = match (field.item, before) {
            (Item::Object(id), Some(LockedItem::Object(at))) => Item::Object(self.object_id(Some(id), Some(at))),
            (Item::Object(id), _) => Item::Object(self.object_id(Some(id), None)),
            (Item::Enum(id), Some(LockedItem::Enum(at))) => Item::Enum(self.enum_id(Some(id), Some(at))),
            (Item::Enum(id), _) => Item::Enum(self.enum_id(Some(id), None)),
            (value, _) => value,
        };
        let arity = locked.map_or(field.arity, |locked| boxes::kept(field.arity, locked.arity));
        Field { item, arity, locked: locked.map(|locked| locked.name.clone()), ..field.clone() }
    }

    /// A field that only the lock still knows; one of a type that is gone itself is no tombstone of its own.
    fn tombstone(&self, locked: &LockedField, is_first: bool) -> Field {
        Field {
            wire: locked.wire.clone(),
            item: match locked.item {
                LockedItem::Value(item) => item,
                LockedItem::Object(at) => Item::Object(self.object_id(None, Some(at))),
                LockedItem::Enum(at) => Item::Enum(self.enum_id(None, Some(at))),
            },
            arity: locked.arity,
            list_key: locked.list_key.clone(),
            required: false,
            limits: Limits::default(),
            default: None,
            example: None,
            description: String::new(),
            deprecated: is_first.then(|| REMOVED.to_owned()),
            renamed_from: None,
            rust_name: None,
            locked: Some(locked.name.clone()),
            removed: is_first,
            origin: locked.name.1.clone(),
        }
    }

    fn object(&self, origin: Origin) -> Option<Object> {
        let locked = origin.locked.and_then(|at| self.locked.objects.get(at));
        if let Some(id) = origin.page {
            let page = self.side.object(ObjectId(id));
            return Some(Object {
                vendor_name: page.vendor_name.clone(),
                path: page.path.clone(),
                fields: self.fields(&page.fields, locked),
                rust_type: page.rust_type.clone(),
                locked: locked.map(|locked| locked.name.clone()),
                removed: false,
                origin: page.origin.clone(),
            });
        }
        let LockedObject { name, fields } = locked?;
        Some(Object {
            vendor_name: String::new(),
            path: Vec::new(),
            fields: fields.iter().map(|field| self.tombstone(field, false)).collect(),
            rust_type: None,
            locked: Some(name.clone()),
            removed: true,
            origin: name.1.clone(),
        })
    }

    fn enumeration(&self, origin: Origin) -> Option<Enum> {
        let locked = origin.locked.and_then(|at| self.locked.enums.get(at));
        if let Some(id) = origin.page {
            let page = self.side.enums.get(id)?;
            return Some(Enum {
                path: page.path.clone(),
                wire: page.wire,
                values: values(&page.values, locked),
                description: page.description.clone(),
                rust_type: page.rust_type.clone(),
                locked: locked.map(|locked| locked.name.clone()),
                removed: false,
                origin: page.origin.clone(),
            });
        }
        let locked = locked?;
        Some(tombstone_enum(locked, locked.name.1.clone()))
    }

    fn object_id(&self, page: Option<ObjectId>, locked: Option<usize>) -> ObjectId {
        ObjectId(find(&self.objects, page.map(|id| id.0), locked))
    }

    fn enum_id(&self, page: Option<EnumId>, locked: Option<usize>) -> EnumId {
        EnumId(find(&self.enums, page.map(|id| id.0), locked))
    }
}

fn origins(pages: usize, locked: std::ops::Range<usize>, pairs: &[(usize, usize)]) -> Vec<Origin> {
    let mut origins = Vec::new();
    for page in (0..pages).map(Some) {
        let before = origins.len();
        let own = pairs.iter().filter(|(id, _)| Some(*id) == page);
        origins.extend(own.map(|(_, at)| Origin { page, locked: Some(*at) }));
        if origins.len() == before {
            origins.push(Origin { page, locked: None });
        }
    }
    let gone = locked.filter(|at| !pairs.iter().any(|(_, known)| known == at));
    origins.extend(gone.map(|at| Origin { page: None, locked: Some(at) }));
    origins
}

/// The position of the type that is both, else of the first that is what is given of the page's; a tombstone's is found
/// by its lock alone. Every page's type and every locked one has a position.
fn find(origins: &[Origin], page: Option<usize>, locked: Option<usize>) -> usize {
    let position = |is: &dyn Fn(&Origin) -> bool| origins.iter().position(is);
    let both =
        position(&|origin| locked.is_some() && origin.locked == locked && (page.is_none() || origin.page == page));
    both.or_else(|| position(&|origin| origin.page == page && page.is_some())).unwrap_or(0)
}

/// The page's values, then those that only the lock has; a name that the page gives another value is that value's.
fn values(page: &[EnumValue], locked: Option<&LockedEnum>) -> Vec<EnumValue> {
    let mut values = page.to_vec();
    let is_gone = |wire: &str, variant: &str| {
        !page.iter().any(|value| value.wire == wire || names::fresh_variant(value) == variant)
    };
    let known = locked.map(|locked| locked.values.as_slice()).unwrap_or_default();
    for value in known.iter().filter(|value| is_gone(&value.wire, &value.variant)) {
        values.push(tombstone_value(&value.wire, &value.variant, true));
    }
    values
}

fn tombstone_value(wire: &str, variant: &str, is_first: bool) -> EnumValue {
    EnumValue { wire: wire.to_owned(), name: variant.to_owned(), doc: String::new(), removed: is_first }
}

fn tombstone_enum(locked: &LockedEnum, origin: Place) -> Enum {
    Enum {
        path: Vec::new(),
        wire: locked.wire,
        values: locked.values.iter().map(|value| tombstone_value(&value.wire, &value.variant, false)).collect(),
        description: String::new(),
        rust_type: None,
        locked: Some(locked.name.clone()),
        removed: true,
        origin,
    }
}
