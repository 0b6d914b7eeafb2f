//! Builds fields from rows, their parents and the samples.

use super::nest::Parent;
use super::words::types;
use crate::terms::{About, Note, Required};
use crate::transcribe::field::Field;
use crate::transcribe::row::{Row, Side};
use crate::transcribe::sample::json::Json;
use crate::transcribe::sample::shape::Shape;
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
pub(super) fn build(rows: &[Row], parents: &[Parent], shape: &Shape, typed: bool) -> Built {
    let builder = Builder { rows, parents, shape, typed };
    Built { fields: builder.members(None), sample_only: builder.is_short(0) }
}

struct Builder<'a> {
    rows: &'a [Row],
    parents: &'a [Parent],
    shape: &'a Shape,
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
        let value = parent.own_node.and_then(|node| self.shape.value(node));
        if field.fields.is_empty() {
            field.example = parent.own_node.and_then(|node| self.shape.example(node));
        }
        self.settle_type(&mut field, value);
        Some(field)
    }

    /// The type where the row has none or a wrong one, and the elements of an untyped list.
    fn settle_type(&self, field: &mut Field, value: Option<&Json>) {
        if field.type_word.is_empty() {
            field.type_word = match value.filter(|_| self.typed) {
                Some(value) => word_of(value),
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
            value.map_or("Object", word_of).clone_into(&mut field.type_word);
            field.doubt(About::Type, Note::SampleDisagrees);
        }
        let is_open_list = types.is_list && !types.is_plain_list();
        let Some(value) = value.filter(|_| self.typed) else {
            if is_open_list && field.fields.is_empty() && is_bare(&field.type_word) {
                field.doubt(About::Type, Note::SampleMissing);
            }
            return;
        };
        if !agrees(&types, value) {
            field.doubt(About::Type, Note::SampleDisagrees);
        }
        if is_open_list && field.fields.is_empty() && is_bare(&field.type_word) {
            settle_items(field, value);
        }
    }

    /// Whether a member of the samples has no row; what is in a map has none.
    fn is_short(&self, node: usize) -> bool {
        self.shape.children(node).iter().any(|child| {
            let Some(at) = self.parents.iter().position(|parent| parent.own_node == Some(*child)) else { return true };
            let is_map = self.rows.get(at).is_some_and(|row| row.types.kind == Kind::Map && !row.types.is_list);
            !is_map && self.is_short(*child)
        })
    }
}

/// Whether a word for a list leaves open what is in it.
fn is_bare(word: &str) -> bool {
    !word.contains(['<', '['])
}

/// The elements of a list, if the sample shows scalars of one kind.
fn settle_items(field: &mut Field, value: &Json) {
    let Json::Array(elements) = value else { return };
    let mut words: Vec<&str> = elements.iter().filter(|element| **element != Json::Null).map(word_of).collect();
    words.sort_unstable();
    words.dedup();
    match words.as_slice() {
        [word @ ("String" | "Long" | "Double" | "Boolean")] => field.items = Some((*word).to_owned()),
        [] => field.doubt(About::Type, Note::SampleMissing),
        ["Object"] => {}
        _ => field.doubt(About::Type, Note::Ambiguous),
    }
}

/// The word for what a value is.
fn word_of(value: &Json) -> &'static str {
    match value {
        Json::Object(_) => "Object",
        Json::Array(_) => "Array",
        Json::Text(_) | Json::Null => "String",
        Json::Plain(text) => match number(text) {
            _ if matches!(text.as_str(), "true" | "false") => "Boolean",
            Some(Kind::Integer) => "Long",
            Some(_) => "Double",
            None => "String",
        },
    }
}

fn number(text: &str) -> Option<Kind> {
    if text.parse::<i64>().is_ok() {
        return Some(Kind::Integer);
    }
    text.parse::<f64>().is_ok().then_some(Kind::Decimal)
}

/// Whether a word and a sample's value can be of one type.
fn agrees(types: &TypeCell, value: &Json) -> bool {
    match (types.kind, value) {
        (_, Json::Null) => true,
        (_, value) if types.is_list => matches!(value, Json::Array(_)),
        (Kind::Unknown | Kind::Named | Kind::Nothing, _) => true,
        (Kind::Text, Json::Text(_)) => true,
        (Kind::Integer, Json::Plain(text)) => number(text) == Some(Kind::Integer),
        (Kind::Decimal, Json::Plain(text)) => number(text).is_some(),
        (Kind::Boolean, Json::Plain(text)) => matches!(text.as_str(), "true" | "false"),
        (Kind::Map | Kind::Object, Json::Object(_)) => true,
        _ => false,
    }
}

/// Fields of what only samples show: the text has lost the table.
pub(super) fn of_samples(shape: &Shape, side: Side, typed: bool) -> Vec<Field> {
    of_members(shape, 0, side, typed)
}

fn of_members(shape: &Shape, node: usize, side: Side, typed: bool) -> Vec<Field> {
    let fields = shape.children(node).iter().map(|child| {
        let value = shape.value(*child);
        let mut field = Field {
            name: shape.name(*child).to_owned(),
            type_word: value.filter(|_| typed).map_or("String", word_of).to_owned(),
            fields: of_members(shape, *child, side, typed),
            ..Field::default()
        };
        field.doubt(About::Type, Note::SampleOnly);
        if side == Side::Request {
            field.required = Required::Unknown;
            field.doubt(About::Required, Note::PageCut);
        }
        if field.fields.is_empty() {
            field.example = shape.example(*child);
            if let Some(value) = value {
                settle_items(&mut field, value);
            }
        }
        field
    });
    fields.collect()
}
