//! Builds fields from samples alone.

use crate::terms::{About, Note, Required};
use crate::transcribe::field::Field;
use crate::transcribe::nest::settle::items;
use crate::transcribe::row::Side;
use crate::transcribe::sample::Tree;
use crate::transcribe::types::Kind;

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
        field.doubt(About::Description, Note::PageCut);
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
