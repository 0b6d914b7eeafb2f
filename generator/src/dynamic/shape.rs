//! The types of one side of an endpoint as the runtime's field tables.

use std::collections::BTreeSet;

use apograph_runtime as rt;

use super::leak;
use crate::model::{Arity, Enum, EnumId, Field, Item, ObjectId, Side, ValueForm};
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
    let mark = |is_set: bool| is_set.then_some(());
    let limits = &field.limits;
    let row = rt::Field::new(leak::text(&field.wire));
    let row = with(row, mark(field.required), |row, ()| row.required());
    let row = with(row, field.list_key.as_ref(), |row, key| row.list(leak::text(key)));
    let row = with(row, mark(field.item == Item::Opaque), |row, ()| row.opaque());
    let row = with(row, mark(field.form == ValueForm::Text), |row, ()| row.as_text());
    let row = with(row, mark(is_superseded), |row, ()| row.superseded());
    let row = with(row, mark(field.log_shown), |row, ()| row.shown());
    let row = with(row, count(limits.max_length), rt::Field::max_length);
    let row = with(row, count(limits.max_items), rt::Field::max_items);
    let row = with(row, limits.min.as_ref(), |row, limit| row.min(leak::text(limit)));
    with(row, limits.max.as_ref(), |row, limit| row.max(leak::text(limit)))
}

/// Sets a fact, if there is one.
fn with<T>(row: rt::Field, fact: Option<T>, set: impl FnOnce(rt::Field, T) -> rt::Field) -> rt::Field {
    match fact {
        Some(fact) => set(row, fact),
        None => row,
    }
}

/// Returns a limit as the runtime counts. A limit beyond its numbers is never reached.
fn count(limit: Option<u64>) -> Option<usize> {
    limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX))
}
