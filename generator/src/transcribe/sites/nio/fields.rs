//! Builds fields from rows, their parents and the samples.

use super::nest::Parent;
use super::words::types;
use crate::terms::{About, Note, Required};
use crate::transcribe::field::Field;
use crate::transcribe::nest::items;
use crate::transcribe::row::{Row, Side};
use crate::transcribe::sample::Tree;
use crate::transcribe::types::{Kind, TypeCell};

/// What the rows of one side came to.
#[derive(Debug, Default)]
pub(super) struct Built {
    /// The fields.
    pub(super) fields: Vec<Field>,
    /// Whether the samples show a member that has no row.
    pub(super) sample_only: bool,
}

/// Builds the fields of one side. `typed` tells whether samples show types, as JSON does and a query does not.
pub(super) fn build(rows: &[Row], parents: &[Parent], shape: &Tree, typed: bool) -> Built {
    let builder = Builder { rows, parents, shape, typed };
    Built { fields: builder.members(None), sample_only: builder.is_short(0) }
}

struct Builder<'a> {
    rows: &'a [Row],
    parents: &'a [Parent],
    shape: &'a Tree,
    typed: bool,
}

impl Builder<'_> {
    fn members(&self, parent: Option<usize>) -> Vec<Field> {
        let own = self.parents.iter().enumerate().filter(|(_, found)| found.row == parent);
        own.filter_map(|(at, found)| self.field(at, self.rows.get(at)?, found)).collect()
    }

    fn field(&self, at: usize, row: &Row, parent: &Parent) -> Option<Field> {
        let fields = self.members(Some(at));
        let mut field = Field { fields, ..row.field.clone() };
        if let Some(note) = parent.doubt {
            field.doubts.retain(|(about, _)| *about != About::Nesting);
            field.doubts.insert(0, (About::Nesting, note));
        }
        let shown = parent.own_node.and_then(|node| self.shape.shown(node));
        if field.fields.is_empty() {
            field.example = parent.own_node.and_then(|node| self.shape.example(node));
        }
        self.settle_type(&mut field, parent.own_node, shown);
        Some(field)
    }

    /// The type where the row has none or a wrong one, and the elements of an untyped list.
    fn settle_type(&self, field: &mut Field, node: Option<usize>, shown: Option<Kind>) {
        if field.type_word.is_empty() {
            field.type_word = match shown.filter(|_| self.typed) {
                Some(shown) => shown.word(),
                None if field.fields.is_empty() => "String",
                None => "Object",
            }
            .to_owned();
            field.doubt(About::Type, Note::ColumnEmpty);
        }
        let types = types(&field.type_word);
        if !types.is_list && matches!(types.kind, Kind::Nothing | Kind::Named | Kind::Unknown) {
            field.doubt(About::Type, Note::Ambiguous);
        }
        if !field.fields.is_empty() && types.kind.is_scalar() && !types.is_list {
            shown.map_or("Object", Kind::word).clone_into(&mut field.type_word);
            field.doubt(About::Type, Note::SampleDisagrees);
        }
        let is_open_list = types.is_list && !types.is_plain_list();
        let Some(shown) = shown.filter(|_| self.typed) else {
            if is_open_list && field.fields.is_empty() && is_bare(&field.type_word) {
                field.doubt(About::Type, Note::SampleMissing);
            }
            return;
        };
        if !agrees(&types, shown) {
            field.doubt(About::Type, Note::SampleDisagrees);
        }
        if is_open_list && field.fields.is_empty() && is_bare(&field.type_word) {
            items(field, node.map_or(&[], |node| self.shape.elements(node)));
        }
    }

    /// Whether a member of the samples has no row; what is in a map has none.
    fn is_short(&self, node: usize) -> bool {
        self.shape.children(node).any(|child| {
            let Some(at) = self.parents.iter().position(|parent| parent.own_node == Some(child)) else { return true };
            let is_map = self.rows.get(at).is_some_and(|row| row.types.kind == Kind::Map && !row.types.is_list);
            !is_map && self.is_short(child)
        })
    }
}

/// Whether a word for a list leaves open what is in it.
fn is_bare(word: &str) -> bool {
    !word.contains(['<', '['])
}

/// Whether a word and a sample's value can be of one type.
fn agrees(types: &TypeCell, shown: Kind) -> bool {
    match types.kind {
        _ if types.is_list => shown == Kind::List,
        Kind::Unknown | Kind::Named | Kind::Nothing => true,
        Kind::Text => shown == Kind::Text,
        Kind::Integer => shown == Kind::Integer,
        Kind::Decimal => matches!(shown, Kind::Integer | Kind::Decimal),
        Kind::Boolean => shown == Kind::Boolean,
        Kind::Map | Kind::Object => shown == Kind::Object,
        Kind::Bytes | Kind::List => false,
    }
}

/// Fields of what only samples show: the text has lost the table.
pub(super) fn of_samples(shape: &Tree, side: Side, typed: bool) -> Vec<Field> {
    of_members(shape, 0, side, typed)
}

fn of_members(shape: &Tree, node: usize, side: Side, typed: bool) -> Vec<Field> {
    let fields = shape.children(node).map(|child| {
        let shown = shape.shown(child);
        let mut field = Field {
            name: shape.nodes.get(child).map(|node| node.name.clone()).unwrap_or_default(),
            type_word: shown.filter(|_| typed).map_or("String", Kind::word).to_owned(),
            fields: of_members(shape, child, side, typed),
            ..Field::default()
        };
        field.doubt(About::Type, Note::SampleOnly);
        if side == Side::Request {
            field.required = Required::Unknown;
            field.doubt(About::Required, Note::PageCut);
        }
        if field.fields.is_empty() {
            field.example = shape.example(child);
            if shown == Some(Kind::List) {
                items(&mut field, shape.elements(child));
            }
        }
        field
    });
    fields.collect()
}
