//! Whether the word in a type's place is a type, or the text of another cell whose row has lost its type.

use super::heads;
use crate::terms::{About, Note};
use crate::transcribe::field::Field;
use crate::transcribe::row::Side;
use crate::transcribe::sample::text::same;
use crate::transcribe::sample::{Literal, Tree, item_name};
use crate::transcribe::sites::top::rows::PageRow;
use crate::transcribe::sites::top::words::is_type;

/// The word in a type's place, if it is what the sample has as the row's value and no other text of the row is: then the
/// type is missing.
pub(super) fn value_for_type<'w>(
    type_word: &'w str,
    texts: &[&str],
    sample: &Tree,
    node: Option<usize>,
) -> Option<&'w str> {
    let is_plain = !type_word.is_empty() && !type_word.ends_with("[]");
    let node = node.filter(|node| is_plain && !sample.has_children(*node))?;
    let value = sample.value(node, false);
    let Literal::Text(value) = &*value else { return None };
    let stands_behind = texts.first().is_some_and(|text| text.starts_with(value.as_str()) || same(text, value));
    (same(type_word, value) && !stands_behind).then_some(type_word)
}

/// Whether the word in the type's place of a row without members may be the text of another cell: what is written
/// neither like the usual types nor like a class can be an example or a description as well.
pub(super) fn may_be_text(type_word: &str, found: Option<(&Tree, usize)>) -> bool {
    let is_settled = type_word.is_empty()
        || heads::is_scalar(type_word)
        || type_word.ends_with("[]") && is_type(type_word)
        || is_class(type_word);
    !is_settled && !found.is_some_and(|(sample, node)| names(sample, node, type_word))
}

/// `ShelfDTO`, `CrateInfo`: capitals that part words are in no text.
fn is_class(word: &str) -> bool {
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    is_type(word) && heads::is_object_type(word) && capitals > 1 && word.contains(|c: char| c.is_ascii_lowercase())
}

/// Whether the sample gives a value this class.
fn names(sample: &Tree, node: usize, word: &str) -> bool {
    let element = item_name(word);
    let has_element = || sample.nodes.get(node + 1).is_some_and(|first| first.key == element);
    sample.nodes.get(node).is_some_and(|own| own.class.as_deref() == Some(word))
        || sample.has_children(node) && has_element()
}

/// Doubts the type of a top row whose columns are not kept apart.
pub(super) fn doubt_top(field: &mut Field, row: &PageRow<'_>, side: Side, found: Option<(&Tree, usize)>) {
    if !row.below.is_empty() {
        if !heads::is_object_type(&field.type_word) {
            field.doubt(About::Type, Note::CellLost);
        }
    } else if may_be_text(&field.type_word, found) {
        for about in suspects(&field.type_word, side) {
            field.doubt(*about, Note::CellLost);
        }
    }
}

/// Returns what is in doubt if a text is in the type's place: a text that is not even written like a type may be the start
/// of one that continues after what was read as the mark.
pub(super) fn suspects(type_word: &str, side: Side) -> &'static [About] {
    let is_written_like_one = is_type(type_word) && heads::is_object_type(type_word);
    match side {
        Side::Request if !is_written_like_one => &[About::Type, About::Example, About::Description, About::Required],
        _ => &[About::Type, About::Example, About::Description],
    }
}
