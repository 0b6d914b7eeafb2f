//! Rows whose cells are set apart, by pipes or by tabs.

use super::outline::Header;
use super::words::{WORDS, is_name, is_type, mark};
use crate::terms::{About, Note, Required};
use crate::transcribe::page::{Line, pipe_cells};
use crate::transcribe::row::{Row, Side, UnattachedLine};

/// Maximum lines of a row that is broken. The longest seen so far has four.
const MOST_LINES_OF_A_ROW: usize = 32;

/// Lines with tabs between the cells.
pub(super) fn tabs<'a>(lines: &[Line<'a>], header: Header, side: Side) -> Result<Vec<Row>, UnattachedLine<'a>> {
    let mut rows: Vec<Row> = Vec::new();
    let mut is_short = false;
    for line in lines {
        let cells: Vec<&str> = line.text.split('\t').map(str::trim).collect();
        match (cells.as_slice(), rows.last_mut()) {
            ([name, rest @ ..], _) if is_name(name) && !rest.is_empty() => {
                let mut row = row(Row::new(name, line.bytes()), rest, header, side);
                // Two rows that are short may be one that is broken.
                if is_short && cells.len() < header.columns {
                    row.field.doubt(About::Name, Note::Ambiguous);
                }
                is_short = cells.len() < header.columns;
                rows.push(row);
            }
            ([text], Some(row)) => {
                row.describe(text);
                row.field.doubt(About::Description, Note::Ambiguous);
            }
            _ => return Err(UnattachedLine(*line)),
        }
    }
    Ok(rows)
}

/// Reads rows with pipes. A broken row continues on the next line.
pub(super) fn pipes<'a>(lines: &[Line<'a>], header: Header, side: Side) -> Result<Vec<Row>, UnattachedLine<'a>> {
    let mut rows = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        // Rows with outer pipes have one pipe more than cells.
        let full = header.columns + usize::from(line.text.trim_start().starts_with('|'));
        let mut text = line.text.trim().to_owned();
        let mut is_sure = true;
        at += 1;
        let last = at + MOST_LINES_OF_A_ROW;
        while let Some(next) = lines.get(at).filter(|next| at < last && goes_on(&text, next.text, header, full)) {
            is_sure &= !begins_row(next.text);
            text.push(' ');
            text.push_str(next.text.trim());
            at += 1;
        }
        let cells = pipe_cells(&text);
        match cells.as_slice() {
            [name, rest @ ..] if is_name(name) && !rest.is_empty() => {
                let mut row = row(Row::new(name, line.bytes()), rest, header, side);
                if !is_sure {
                    let doubts = [About::Name, About::Type, About::Description, About::Required];
                    doubts.into_iter().for_each(|about| row.field.doubt(about, Note::Ambiguous));
                }
                rows.push(row);
            }
            cells if cells.iter().all(|cell| cell.is_empty()) => {}
            _ => return Err(UnattachedLine(*line)),
        }
    }
    Ok(rows)
}

/// Returns whether a line continues a broken row.
fn goes_on(row: &str, next: &str, header: Header, full: usize) -> bool {
    let count = |text: &str| text.matches('|').count();
    let cells = pipe_cells(row);
    let is_whole = cells.len() >= header.columns && cells.last().is_some_and(|cell| !cell.is_empty());
    // A row that has slipped ends as whole ones do, and what follows is the next row.
    let has_slipped = row.ends_with('|') && cells.len() > 1 && begins_row(next);
    count(row) + count(next) <= full && count(row) < full && !is_whole && !has_slipped
}

/// Whether a line reads as a row: a name and something else.
fn begins_row(line: &str) -> bool {
    match pipe_cells(line).as_slice() {
        [name, rest @ ..] => is_name(name) && rest.iter().any(|cell| !cell.is_empty()),
        [] => false,
    }
}

/// A row whose cells are known; some have slipped to the left.
fn row(mut row: Row, cells: &[&str], header: Header, side: Side) -> Row {
    let width = header.columns.saturating_sub(1).max(1);
    let mut cells: Vec<&str> = cells.to_vec();
    while cells.len() > width && cells.last().is_some_and(|cell| WORDS.is_empty(cell)) {
        cells.pop();
    }
    let has_slipped = cells.len() < width || cells.last().is_some_and(|cell| cell.is_empty());
    while has_slipped && cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    let is_type = |cell: &&str| !has_slipped || is_type(cell) && mark(cell).is_none();
    let type_word = if cells.last().is_some_and(is_type) { cells.pop() } else { None };
    row.set_type(type_word.filter(|word| !WORDS.is_empty(word)).unwrap_or_default(), &WORDS);
    if side == Side::Request {
        require(&mut row, &mut cells, header, width);
    }
    if cells.len() > 1 {
        row.field.doubt(About::Description, Note::Ambiguous);
    }
    let condition = row.field.description.take().unwrap_or_default();
    row.describe(&filled_cells(&cells));
    row.describe(&condition);
    if has_slipped {
        lost(&mut row, side);
    }
    row
}

/// Notes the doubts about a row that has lost a cell.
fn lost(row: &mut Row, side: Side) {
    if row.field.type_word.is_empty() || row.field.description.is_none() {
        row.field.doubt(About::Description, Note::CellLost);
    }
    if side == Side::Request && row.field.required != Required::Unknown && row.field.description.is_none() {
        row.field.doubt(About::Required, Note::CellLost);
    }
    if row.field.type_word.is_empty() || row.field.description.is_none() {
        row.field.doubt(About::Type, Note::CellLost);
    }
}

/// Takes the required cell from the end of the cells.
fn require(row: &mut Row, cells: &mut Vec<&str>, header: Header, width: usize) {
    if !header.required {
        return row.require(Required::Unknown, Note::ColumnEmpty);
    }
    let Some(last) = cells.last().copied() else { return row.require(Required::Unknown, Note::CellLost) };
    if let Some(required) = mark(last) {
        cells.pop();
        row.field.required = required;
        return;
    }
    if cells.len() + 1 < width {
        return row.require(Required::Unknown, Note::CellLost);
    }
    cells.pop();
    if WORDS.is_empty(last) {
        return row.require(Required::Unknown, Note::ColumnEmpty);
    }
    row.require(Required::No, Note::Ambiguous);
    // The condition goes behind the description, where readers look for it.
    row.describe(&format!("({last})"));
}

fn filled_cells(cells: &[&str]) -> String {
    cells.iter().filter(|cell| !cell.is_empty()).copied().collect::<Vec<_>>().join(" | ")
}
