//! The types of one side of an endpoint as the runtime's field tables.

use std::collections::BTreeSet;

use apograph_runtime::{self as rt, Mark};

use super::leak;
use crate::model::{Arity, Enum, EnumId, Field, Item, ObjectId, Side};
use crate::terms::EnumWire;

/// All types of one half of a call. They refer to each other by id, because some contain themselves.
#[derive(Debug)]
pub(super) struct Types {
    root: Layout,
    objects: Vec<Layout>,
    sets: Vec<ValueSet>,
}

/// An object type: its field table, and the types of its fields in the same order.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) shape: rt::Shape,
    pub(super) fields: Vec<Type>,
}

/// The type of a field.
#[derive(Copy, Clone, Debug)]
pub(super) struct Type {
    pub(super) item: Item,
    pub(super) is_list: bool,
}

/// A documented value set.
#[derive(Debug)]
pub(super) struct ValueSet {
    pub(super) wire: rt::Wire,
    pub(super) values: Vec<Listed>,
}

/// A documented value.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) wire: String,
    /// The name that people gave to it.
    pub(super) name: String,
}

impl Types {
    /// Converts the types of a side. `root` names the request or response itself in `Debug`.
    pub(super) fn of(side: &Side, root: &str) -> &'static Self {
        let objects = side.objects.iter().map(|object| {
            let last = object.path.last().map_or("", String::as_str);
            let name = if object.vendor_name.is_empty() { last } else { &object.vendor_name };
            layout(name, &object.fields)
        });
        let types = Self {
            root: layout(root, &side.root),
            objects: objects.collect(),
            sets: side.enums.iter().map(value_set).collect(),
        };
        Box::leak(Box::new(types))
    }

    /// Returns the request or response itself.
    pub(super) fn root(&self) -> &Layout {
        &self.root
    }

    /// Returns the object type with this id.
    pub(super) fn object(&self, ObjectId(id): ObjectId) -> &Layout {
        &self.objects[id]
    }

    /// Returns the value set with this id.
    pub(super) fn set(&self, EnumId(id): EnumId) -> &ValueSet {
        &self.sets[id]
    }
}

impl ValueSet {
    /// Finds the listed value that `text` represents.
    ///
    /// # Errors
    ///
    /// As [`rt::find_value`].
    pub(super) fn find(&self, text: &str) -> Result<usize, Option<String>> {
        let position = |is_wanted: &dyn Fn(&str) -> bool| self.values.iter().position(|listed| is_wanted(&listed.wire));
        rt::find_value(self.wire, &position, text)
    }
}

fn value_set(set: &Enum) -> ValueSet {
    let values = set.values.iter().map(|value| Listed { wire: value.wire.clone(), name: value.name.clone() });
    let wire = match set.wire {
        EnumWire::Text => rt::Wire::Text,
        EnumWire::Number => rt::Wire::Number,
    };
    ValueSet { wire, values: values.collect() }
}

fn layout(name: &str, fields: &[Field]) -> Layout {
    let mut names = BTreeSet::new();
    let rows = fields.iter().map(|field| row(field, !names.insert(&field.wire)));
    let shape = rt::Shape::new(leak::text(name), leak::table(rows));
    let types = fields.iter().map(|field| Type { item: field.item, is_list: field.arity == Arity::Many });
    Layout { shape, fields: types.collect() }
}

/// Returns the row of a field. A field is superseded if one before it has its wire name.
fn row(field: &Field, is_superseded: bool) -> rt::Field {
    let marks = field.marks(is_superseded).into_iter().map(kept);
    rt::Field { wire: leak::text(&field.wire), marks: leak::table(marks) }
}

fn kept(mark: Mark<'_>) -> Mark<'static> {
    match mark {
        Mark::List(key) => Mark::List(leak::text(key)),
        Mark::Min(limit) => Mark::Min(leak::text(limit)),
        Mark::Max(limit) => Mark::Max(leak::text(limit)),
        Mark::MaxLength(limit) => Mark::MaxLength(limit),
        Mark::MaxItems(limit) => Mark::MaxItems(limit),
        Mark::Required => Mark::Required,
        Mark::Opaque => Mark::Opaque,
        Mark::AsText => Mark::AsText,
        Mark::Superseded => Mark::Superseded,
        Mark::Shown => Mark::Shown,
    }
}
