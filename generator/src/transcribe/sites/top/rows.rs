//! Rows of a table of the site, before samples are used; those of a flattened table are read from each line alone.

use super::lines::{CELL, EDGE, LIMIT, depth};
use super::words::{Limit, is_name, is_type, limit, mark};
use crate::transcribe::page::Line;
use crate::transcribe::page::block::Block;
use crate::transcribe::row::{Row, Side, UnattachedLine};

/// A row of a table, with what the layout of its page has not told apart.
#[derive(Clone, Debug)]
pub(crate) struct PageRow<'a> {
    /// The row, as far as its cells are told apart.
    pub(crate) row: Row,
    /// Which of them are.
    pub(crate) cells: Cells<'a>,
    /// Whether it is marked as one without members. Only nested rows have the mark.
    pub(crate) is_leaf: bool,
    /// The rows nested in a row at the top level, or their cells.
    pub(crate) below: Vec<Below<'a>>,
}

/// Which cells of a row are told apart.
#[derive(Clone, Debug)]
pub(crate) enum Cells<'a> {
    /// All, by the columns of the page: a sample that disagrees is ignored.
    Kept,
    /// All, but one may be missing.
    Slipped,
    /// Name, type and mark. These are the others.
    Joined(Texts<'a>),
}

/// Example, limits and description of a row of a flattened table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts<'a> {
    /// Example and description, with a blank between.
    pub(crate) rest: String,
    /// The description, if it is in a list of limits.
    pub(crate) listed: Option<&'a str>,
    /// The limits.
    pub(crate) limits: Vec<Limit<'a>>,
}

/// What is below a row at the top level.
#[derive(Clone, Debug)]
pub(crate) enum Below<'a> {
    /// A cell of a row. One with a name includes the mark of leaves.
    Cell {
        /// The cell, which is a line of the page.
        line: Line<'a>,
        /// The limits below it, which belong to its row.
        limits: Vec<Limit<'a>>,
    },
    /// A row whose cells are told apart.
    Row(Box<PageRow<'a>>),
}

impl<'a> PageRow<'a> {
    /// A row without anything below it.
    pub(crate) fn new(row: Row, cells: Cells<'a>) -> Self {
        Self { row, cells, is_leaf: false, below: Vec::new() }
    }

    /// The cells that are not told apart yet.
    pub(crate) fn texts(&self) -> Option<&Texts<'a>> {
        if let Cells::Joined(texts) = &self.cells { Some(texts) } else { None }
    }
}

impl<'a> Below<'a> {
    /// One cell.
    pub(crate) fn cell(line: Line<'a>) -> Self {
        Self::Cell { line, limits: Vec::new() }
    }

    /// The text of a cell.
    pub(crate) fn text(&self) -> Option<&'a str> {
        if let Self::Cell { line, .. } = self { Some(line.text) } else { None }
    }

    /// The limits below a cell. Those of a row are in its field.
    pub(crate) fn limits(&self) -> &[Limit<'a>] {
        if let Self::Cell { limits, .. } = self { limits } else { &[] }
    }
}

/// Adds a cell to those below a top row: in a request, a limit belongs to the cell before it.
pub(crate) fn push_cell<'a>(below: &mut Vec<Below<'a>>, line: Line<'a>, side: Side) {
    match (limit(line.text).filter(|_| side == Side::Request), below.last_mut()) {
        (Some(limit), Some(Below::Cell { limits, .. })) => limits.push(limit),
        _ => below.push(Below::cell(line)),
    }
}

/// Reads a table of a flattened page, whose lists are single cells.
pub(crate) fn read(blocks: &[Block], side: Side) -> Result<Vec<PageRow<'_>>, UnattachedLine<'_>> {
    let mut rows: Vec<PageRow<'_>> = Vec::new();
    for block in blocks {
        let text = block.single().unwrap_or_default();
        let line = Line { at: block.at.start, text };
        let starts = || starts_row(text, side);
        let Some(PageRow { cells: Cells::Joined(texts), below, .. }) = rows.last_mut() else {
            match depth(block) {
                _ if text.is_empty() => {}
                EDGE if starts() => rows.push(top_row(line, side)),
                _ => return Err(UnattachedLine(line)),
            }
            continue;
        };
        match depth(block) {
            _ if text.is_empty() => {}
            LIMIT if below.is_empty() && texts.listed.is_none() => match limit(text) {
                Some(found) => texts.limits.push(found),
                None if is_request_row(text) => rows.push(top_row(line, side)),
                None => texts.listed = Some(text),
            },
            CELL if text == "└" => return Err(UnattachedLine(line)),
            CELL => push_cell(below, line, side),
            LIMIT if is_in_list(below, text) => push_cell(below, line, side),
            EDGE if starts() => rows.push(top_row(line, side)),
            EDGE if below.is_empty() => {
                if !texts.rest.is_empty() {
                    texts.rest.push(' ');
                }
                texts.rest.push_str(text);
            }
            _ => return Err(UnattachedLine(line)),
        }
    }
    Ok(rows)
}

/// Returns whether an item of a list belongs to a child row: it is a limit, or what follows limits.
fn is_in_list(below: &[Below<'_>], text: &str) -> bool {
    below.last().is_some_and(|last| !last.limits().is_empty() || limit(text).is_some())
}

/// Returns whether a line starts with a name, and in a request has a mark in its place.
fn starts_row(text: &str, side: Side) -> bool {
    is_name(text.split(' ').next().unwrap_or_default()) && (side == Side::Response || is_request_row(text))
}

fn is_request_row(text: &str) -> bool {
    let mut words = text.split(' ');
    words.next().is_some_and(is_name) && words.take(4).any(|word| mark(word).is_some())
}

fn top_row(line: Line<'_>, side: Side) -> PageRow<'_> {
    let words: Vec<&str> = line.text.split(' ').collect();
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
    let mut row = Row::new(name, line.bytes());
    row.field.type_word = words.get(1..end).unwrap_or_default().concat();
    row.field.required = required;
    PageRow::new(row, Cells::Joined(Texts { rest, ..Texts::default() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Required;

    #[test]
    fn a_top_row_is_split_as_far_as_it_goes() {
        let read = |text: &str, side| {
            let row = top_row(Line { at: 0, text }, side);
            let rest = row.texts().map(|texts| texts.rest.clone()).unwrap_or_default();
            (row.row.field.name, row.row.field.type_word, row.row.field.required, rest)
        };
        let row = |name: &str, word: &str, required, rest: &str| (name.into(), word.into(), required, rest.into());
        let ids = read("ids Number [] 必须 1,2 the ids", Side::Request);
        assert_eq!(ids, row("ids", "Number[]", Required::Yes, "1,2 the ids"));
        let done = read("done Boolean true finished", Side::Response);
        assert_eq!(done, row("done", "Boolean", Required::No, "true finished"));
        assert_eq!(read("info 可选 no type", Side::Request), row("info", "", Required::No, "no type"));
    }
}
