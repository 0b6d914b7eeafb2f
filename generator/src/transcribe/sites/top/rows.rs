//! Rows of a flattened table, read from each line alone, before samples are used.

use super::lines::{CELL, EDGE, LIMIT, depth};
use super::words::{Limit, is_name, is_type, limit, mark};
use crate::terms::{About, Note, Required};
use crate::transcribe::page::Line;
use crate::transcribe::page::block::Block;
use crate::transcribe::row::{Side, UnattachedLine};

/// A top-level row, with the cells of all rows nested in it.
#[derive(Clone, Debug)]
pub(crate) struct TopRow<'a> {
    /// The name.
    pub(crate) name: &'a str,
    /// The type, `[]` without a blank; empty if the row has none.
    pub(crate) type_word: String,
    /// The required mark.
    pub(crate) required: Required,
    /// Example and description, with a blank between.
    pub(crate) rest: String,
    /// The description, if it is in a list of limits.
    pub(crate) listed: Option<&'a str>,
    /// The limits.
    pub(crate) limits: Vec<Limit<'a>>,
    /// The contents of the columns, if the page has kept them apart.
    pub(crate) exact: Option<Exact<'a>>,
    /// Cells of child rows, the mark of leaves included.
    pub(crate) cells: Vec<Cell<'a>>,
}

/// One cell of a child row, or a whole child row where the page has kept its columns apart.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    /// Its text; the name of a whole row.
    pub(crate) text: &'a str,
    /// The rest of a whole row.
    pub(crate) row: Option<ChildRow<'a>>,
    /// Byte offset in the page, if the cell is a line of its own.
    pub(crate) at: usize,
    /// The limits below it, which belong to its row.
    pub(crate) limits: Vec<Limit<'a>>,
}

impl<'a> Cell<'a> {
    /// One cell, which is a line of the page.
    pub(crate) fn loose(line: Line<'a>) -> Self {
        Self { text: line.text, row: None, at: line.at, limits: Vec::new() }
    }

    /// A whole row, which is no line of its own.
    pub(crate) fn whole(name: &'a str, row: ChildRow<'a>) -> Self {
        Self { text: name, row: Some(row), at: 0, limits: Vec::new() }
    }

    /// Adds a cell to those below a top row: in a request, a limit belongs to the cell before it.
    pub(crate) fn push(self, cells: &mut Vec<Self>, side: Side) {
        let found = limit(self.text).filter(|_| side == Side::Request && self.row.is_none());
        match (found, cells.last_mut()) {
            (Some(limit), Some(last)) if last.row.is_none() => last.limits.push(limit),
            _ => cells.push(self),
        }
    }
}

/// A child row whose columns are known.
#[derive(Clone, Debug)]
pub(crate) struct ChildRow<'a> {
    /// The type, `[]` without a blank; empty if the row has none.
    pub(crate) type_word: String,
    /// The mark. `None` if a request row has no mark.
    pub(crate) required: Option<Required>,
    /// Whether it is marked as one without members.
    pub(crate) leaf: bool,
    /// The other columns.
    pub(crate) exact: Exact<'a>,
}

/// The contents of a row's columns that would otherwise have to come from samples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exact<'a> {
    /// The example.
    pub(crate) example: String,
    /// The description.
    pub(crate) description: String,
    /// The limits.
    pub(crate) limits: Vec<Limit<'a>>,
    /// Facts that are still in doubt.
    pub(crate) doubts: Vec<(About, Note)>,
    /// Whether the columns are certain, so that a sample that disagrees is ignored.
    pub(crate) sure: bool,
}

/// Reads a table of a flattened page, whose lists are single cells.
pub(crate) fn read(blocks: &[Block], side: Side) -> Result<Vec<TopRow<'_>>, UnattachedLine<'_>> {
    let mut rows: Vec<TopRow<'_>> = Vec::new();
    for block in blocks {
        let text = block.single().unwrap_or_default();
        let line = Line { at: block.at.start, text };
        match (depth(block), rows.last_mut()) {
            _ if text.is_empty() => {}
            (LIMIT, Some(row)) if row.cells.is_empty() && row.listed.is_none() => {
                match limit(text) {
                    Some(found) => row.limits.push(found),
                    None if is_request_row(text) => rows.push(top_row(text, side)),
                    None => row.listed = Some(text),
                };
            }
            (CELL, Some(_)) if text == "└" => return Err(UnattachedLine(line)),
            (CELL, Some(row)) => Cell::loose(line).push(&mut row.cells, side),
            (LIMIT, Some(row)) if is_in_list(&row.cells, text) => {
                Cell::loose(line).push(&mut row.cells, side);
            }
            (EDGE, Some(row)) if !starts_row(text, side) && row.cells.is_empty() => {
                if !row.rest.is_empty() {
                    row.rest.push(' ');
                }
                row.rest.push_str(text);
            }
            (EDGE, _) if starts_row(text, side) => rows.push(top_row(text, side)),
            _ => return Err(UnattachedLine(line)),
        }
    }
    Ok(rows)
}

/// Returns whether an item of a list belongs to a child row: it is a limit, or what follows limits.
fn is_in_list(cells: &[Cell<'_>], text: &str) -> bool {
    cells.last().is_some_and(|last| !last.limits.is_empty() || limit(text).is_some())
}

/// Returns whether a line starts with a name, and in a request has a mark in its place.
fn starts_row(text: &str, side: Side) -> bool {
    is_name(text.split(' ').next().unwrap_or_default()) && (side == Side::Response || is_request_row(text))
}

fn is_request_row(text: &str) -> bool {
    let mut words = text.split(' ');
    words.next().is_some_and(is_name) && words.take(4).any(|word| mark(word).is_some())
}

fn top_row(text: &str, side: Side) -> TopRow<'_> {
    let words: Vec<&str> = text.split(' ').collect();
    let name = words.first().copied().unwrap_or_default();
    let marked = words.iter().take(5).position(|word| mark(word).is_some()).filter(|_| side == Side::Request);
    // In a request the type is all that stands before the mark; else it is one word and its `[]`.
    let end = marked.unwrap_or_else(|| {
        let has_type = words.get(1).is_some_and(|word| is_type(word));
        let brackets = words.iter().skip(2).take_while(|word| **word == "[]").count();
        if has_type { 2 + brackets } else { 1 }
    });
    let required = marked.and_then(|at| words.get(at)).and_then(|word| mark(word)).unwrap_or_default();
    let rest = words.iter().skip(end + usize::from(marked.is_some())).copied().collect::<Vec<_>>().join(" ");
    let type_word = words.get(1..end).unwrap_or_default().concat();
    TopRow { name, type_word, required, rest, listed: None, limits: Vec::new(), exact: None, cells: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_top_row_is_split_as_far_as_it_goes() {
        let row = top_row("ids Number [] 必须 1,2 the ids", Side::Request);
        assert_eq!((row.name, row.type_word.as_str(), row.rest.as_str()), ("ids", "Number[]", "1,2 the ids"));
        let row = top_row("done Boolean true finished", Side::Response);
        assert_eq!((row.required, row.rest.as_str()), (Required::No, "true finished"));
        let row = top_row("info 可选 no type", Side::Request);
        assert_eq!((row.type_word.as_str(), row.rest.as_str()), ("", "no type"));
    }
}
