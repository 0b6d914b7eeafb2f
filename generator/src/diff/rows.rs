//! The rows of a page, each with the field that resolving made of it: the field has the meaning, the row has the page's
//! words.
//!
//! Marks, limits and texts are read from the row, because the field of a type that is used in several places has what holds
//! in all of them.

use std::collections::BTreeMap;

use crate::model::{Field, Item, Side};
use crate::source::SpecPath;
use crate::spec::{Entries, FieldSpec};

use super::types::Type;

/// A row of a page.
#[derive(Copy, Clone, Debug)]
pub(super) struct Row<'a> {
    pub(super) page: &'a FieldSpec,
    pub(super) ty: Type<'a>,
}

impl<'a> Row<'a> {
    fn new(page: &'a FieldSpec, field: &'a Field, side: &'a Side) -> Self {
        // A page writes the members of an object once, and names it where it contains itself.
        let is_recursive = page.fields.is_empty() && matches!(field.item, Item::Object(_));
        Self { page, ty: Type { field, side, is_recursive } }
    }

    /// Returns the members of the row, which are the mapping at `path`.
    pub(super) fn members(&self, path: &SpecPath) -> Level<'a> {
        let Type { field, side, is_recursive } = self.ty;
        let object = match field.item {
            Item::Object(id) if !is_recursive => side.objects.get(id.0),
            _ => None,
        };
        let fields = object.map(|object| (object.fields.as_slice(), side)).or_else(|| outside(side, path));
        Level::new(&self.page.fields, fields)
    }
}

/// The rows of a side, or of an object.
#[derive(Debug)]
pub(super) struct Level<'a> {
    page: &'a Entries<FieldSpec>,
    rows: BTreeMap<&'a str, Row<'a>>,
}

impl<'a> Level<'a> {
    /// The rows of a side, which are the mapping at `path`.
    pub(super) fn root(page: &'a Entries<FieldSpec>, side: &'a Side, path: &SpecPath) -> Self {
        Self::new(page, [(side.root.as_slice(), side)].into_iter().chain(outside(side, path)))
    }

    fn new(page: &'a Entries<FieldSpec>, fields: impl IntoIterator<Item = (&'a [Field], &'a Side)>) -> Self {
        let fields = fields.into_iter().flat_map(|(fields, side)| fields.iter().map(move |field| (field, side)));
        let rows = fields.filter_map(|(field, side)| {
            let row = Row::new(page.get(&field.wire)?, field, side);
            Some((field.wire.as_str(), row))
        });
        Self { page, rows: rows.collect() }
    }

    /// The rows in the order of the page.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, Row<'a>)> {
        self.page.names().filter_map(|wire| Some((wire, self.get(wire)?)))
    }

    /// The wire names in the order of the page.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.page.names()
    }

    pub(super) fn get(&self, wire: &str) -> Option<Row<'a>> {
        self.rows.get(wire).copied()
    }
}

/// The rows at a path that no generated type has.
fn outside<'a>(side: &'a Side, path: &SpecPath) -> Option<(&'a [Field], &'a Side)> {
    side.outside.get(path).map(|outside| (outside.root.as_slice(), outside))
}
