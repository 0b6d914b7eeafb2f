//! The types of one side of an endpoint as the runtime's field tables.

use std::collections::BTreeSet;

use apograph_runtime as rt;

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
    /// The text of the table.
    pub(super) table: &'static str,
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
    // A field is superseded if one before it has its wire name.
    let rows = fields.iter().map(|field| (field.wire.as_str(), field.marks(!names.insert(&field.wire))));
    let table = leak::text(&rt::table(name, rows));
    let types = fields.iter().map(|field| Type { item: field.item, is_list: field.arity == Arity::Many });
    Layout { table, fields: types.collect() }
}
