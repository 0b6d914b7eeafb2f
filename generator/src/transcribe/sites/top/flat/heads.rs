//! Where a child row can begin and end among the cells below a top row.

use crate::terms::Required;
use crate::transcribe::row::Side;
use crate::transcribe::sites::top::rows::{Below, PageRow};
use crate::transcribe::sites::top::words::{is_name, is_type, mark, type_word};

/// A nested row as far as its cells are told apart: name, type and mark, or all of it.
#[derive(Clone, Debug)]
pub(crate) struct Head<'a> {
    /// The name.
    pub(crate) name: &'a str,
    /// The type; empty if the row has none.
    pub(crate) type_word: String,
    /// The mark. `None` if a request row has no mark.
    pub(crate) required: Option<Required>,
    /// Whether it is marked as one without members.
    pub(crate) leaf: bool,
    /// The first cell after these.
    pub(crate) body: usize,
    /// The row, if all its cells are told apart.
    pub(crate) whole: Option<&'a PageRow<'a>>,
}

const LEAF: char = '└';

fn text<'a>(cells: &[Below<'a>], at: usize) -> Option<&'a str> {
    cells.get(at).and_then(Below::text)
}

fn is_whole(cells: &[Below<'_>], at: usize) -> bool {
    matches!(cells.get(at), Some(Below::Row(_)))
}

fn is_leaf(cells: &[Below<'_>], at: usize) -> bool {
    text(cells, at).is_some_and(|text| text.starts_with(LEAF))
}

/// A row that can begin at a cell.
#[derive(Clone, Debug)]
pub(crate) struct Start<'a> {
    /// Its head.
    pub(crate) head: Head<'a>,
    /// Where it can end.
    pub(crate) ends: Vec<usize>,
}

/// What can begin at each cell.
pub(crate) fn starts<'a>(cells: &'a [Below<'a>], side: Side) -> Vec<Option<Start<'a>>> {
    let ends = Ends::new(cells, side);
    let start = |at: usize| head(cells, at, side).map(|head| Start { ends: ends.of(head.body), head });
    (0..cells.len()).map(start).collect()
}

/// Reads the head of the row that starts at a cell.
pub(crate) fn head<'a>(cells: &'a [Below<'a>], at: usize, side: Side) -> Option<Head<'a>> {
    if let Some(Below::Row(row)) = cells.get(at) {
        let field = &row.row.field;
        let (name, type_word) = (field.name.as_str(), field.type_word.clone());
        let required = Some(field.required);
        return Some(Head { name, type_word, required, leaf: row.is_leaf, body: at + 1, whole: Some(row) });
    }
    let first = text(cells, at)?;
    let marked = first.strip_prefix(LEAF).map(str::trim);
    let name = marked.unwrap_or(first);
    if marked.is_none() && (!is_name(name) || is_text_before_object(cells, at, side)) {
        return None;
    }
    let mut body = at + 1;
    let marked_next = text(cells, body + 1).is_some_and(|text| mark(text).is_some());
    let may_be = |text: &str| match side {
        Side::Request => marked_next || is_type(text),
        Side::Response => is_type(text) && (marked.is_none() || is_leaf_type(text)),
    };
    let word = text(cells, body).filter(|text| !text.starts_with(LEAF) && mark(text).is_none() && may_be(text));
    body += usize::from(word.is_some());
    let required = match side {
        Side::Request => text(cells, body).and_then(mark),
        Side::Response => Some(Required::No),
    };
    body += usize::from(side == Side::Request && required.is_some());
    let type_word = word.map(type_word).unwrap_or_default();
    Some(Head { name, type_word, required, leaf: marked.is_some(), body, whole: None })
}

/// Whether a row can begin at a cell, or the cells end there.
fn is_border(cells: &[Below<'_>], at: usize, side: Side) -> bool {
    if at >= cells.len() || is_leaf(cells, at) || is_whole(cells, at) {
        return true;
    }
    let is = |offset: usize, test: fn(&str) -> bool| text(cells, at + offset).is_some_and(test);
    let is_mark: fn(&str) -> bool = |text| mark(text).is_some();
    is(0, is_name)
        && match side {
            Side::Request => is(1, is_type) && is(2, is_mark) || is(1, is_mark),
            Side::Response => is(1, is_type) && !is_text_before_object(cells, at, side),
        }
}

/// Whether a type is written like that of an object or of a list.
pub(crate) fn is_object_type(word: &str) -> bool {
    word.is_empty() || word.ends_with("[]") || word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Words for single values that vendors write small.
const SMALL: [&str; 9] = ["byte", "int", "long", "float", "double", "boolean", "string", "date", "json"];

/// Whether a word can be the type of a leaf: other small words are texts of a row without a type.
fn is_leaf_type(word: &str) -> bool {
    is_object_type(word) || SMALL.contains(&word)
}

/// Whether a word is the type of a single value, and no text that looks like a type.
pub(crate) fn is_scalar(word: &str) -> bool {
    let base = word.trim_end_matches(['[', ']', ' ']);
    SMALL.iter().any(|small| base.eq_ignore_ascii_case(small))
        || matches!(
            base,
            "Number" | "Integer" | "Short" | "BigDecimal" | "Price" | "Object" | "Map" | "Field" | "FieldList"
        )
}

/// Whether a cell and the next look like the head of a row with members: a name, and a type that is written like one.
fn looks_like_object(cells: &[Below<'_>], at: usize, side: Side) -> bool {
    !is_leaf(cells, at) && is_border(cells, at, side) && text(cells, at + 1).is_some_and(is_object_type)
}

/// Whether a cell that could be a name is a text: what would be its type is written like a name, and either it is
/// written like a type itself, or a type follows.
fn is_text_before_object(cells: &[Below<'_>], at: usize, side: Side) -> bool {
    let is = |offset: usize, test: fn(&str) -> bool| text(cells, at + offset).is_some_and(test);
    let is_capital: fn(&str) -> bool = |word| word.starts_with(|c: char| c.is_ascii_uppercase());
    side == Side::Response
        && is(1, |word| is_name(word) && !is_object_type(word))
        && (is(0, is_capital) || is(2, |word| is_type(word) && is_object_type(word)))
}

/// Whether the cells of a body may be the head of another row.
pub(crate) fn swallows(cells: &[Below<'_>], body: usize, end: usize, side: Side) -> bool {
    (body..end.saturating_sub(1)).any(|at| looks_like_object(cells, at, side))
}

/// Returns whether a body ends after the name of what looks like another row.
pub(crate) fn cuts(cells: &[Below<'_>], body: usize, end: usize, side: Side) -> bool {
    end > body && looks_like_object(cells, end - 1, side)
}

/// Where rows can end among the cells below a top row.
pub(crate) struct Ends<'a> {
    cells: &'a [Below<'a>],
    side: Side,
    /// For each cell the next one, itself included, at which a row begins for certain.
    next: Vec<usize>,
}

impl<'a> Ends<'a> {
    pub(crate) fn new(cells: &'a [Below<'a>], side: Side) -> Self {
        let mut next = vec![cells.len(); cells.len()];
        let mut nearest = cells.len();
        for (at, slot) in next.iter_mut().enumerate().rev() {
            if is_leaf(cells, at) || is_whole(cells, at) || looks_like_object(cells, at, side) {
                nearest = at;
            }
            *slot = nearest;
        }
        Self { cells, side, next }
    }

    /// Where the row can end whose body begins at a cell: after no, one or two more cells. Where no such end is a border,
    /// all cells up to the next one are its own.
    pub(crate) fn of(&self, body: usize) -> Vec<usize> {
        let cells = self.cells;
        if body > 0 && is_whole(cells, body - 1) {
            return vec![body];
        }
        let ends = |at: usize| at >= cells.len() || is_leaf(cells, at) || is_whole(cells, at);
        let most = (body..=body + 2).find(|at| ends(*at)).unwrap_or(body + 2);
        let found: Vec<usize> = (body..=most).filter(|at| is_border(cells, *at, self.side)).collect();
        if !found.is_empty() {
            return found;
        }
        vec![self.next.get(most).copied().unwrap_or(cells.len())]
    }
}
