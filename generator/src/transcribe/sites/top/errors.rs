//! The error table of a page.

use super::words::{self, is_nothing};
use crate::source::SpecPath;
use crate::spec::ErrorSpec;
use crate::terms::{About, Column, Note};
use crate::transcribe::draft::Draft;
use crate::transcribe::field::filled;
use crate::transcribe::page::block::{Block, Cell};
use crate::transcribe::page::folded;

/// Whether a block is the header of the table.
pub(super) fn begins(block: &Block) -> bool {
    match block.cells() {
        Some(cells) => is_header(cells.iter().map(Cell::trimmed)),
        None => is_header(block.text().trim().split(' ')),
    }
}

/// Reads the rows of the table. `cut` is nothing if the page has its end, otherwise whether its last line is open.
pub(super) fn errors(draft: &mut Draft, rows: &[Block], cut: Option<bool>) {
    let filled_rows = rows.iter().rposition(|row| !row.text().trim().is_empty()).map_or(0, |last| last + 1);
    for block in whole_rows(rows.get(..filled_rows).unwrap_or_default(), cut) {
        let whole = block.text();
        match block.cells() {
            Some(cells) if cells.len() <= 3 => {
                let cell = |at: usize| cells.get(at).and_then(|cell| filled(&folded(&cell.text)));
                let error = ErrorSpec { code: cell(0), message: cell(1), solution: cell(2) };
                if error != ErrorSpec::default() {
                    draft.spec.errors.push(error);
                }
            }
            None if is_nothing(&whole) || whole.trim().is_empty() => {}
            _ => error(draft, &folded(&whole)),
        }
    }
}

/// Whether cells are the header of an error table.
pub(super) fn is_header<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let columns = words::columns(cells.take(4));
    columns.is_some_and(|columns| columns == [Column::Code, Column::Message, Column::Solution])
}

/// The rows of the error table without one in whose line the page breaks off. `cut` is nothing if the page has its end,
/// otherwise whether its last line is open.
pub(super) fn whole_rows<T>(rows: &[T], cut: Option<bool>) -> &[T] {
    match rows.split_last() {
        Some((_, whole)) if cut == Some(true) => whole,
        _ => rows,
    }
}

/// Notes that a page has lost its end: the last row of its error table may be incomplete.
pub(super) fn doubt_end(draft: &mut Draft) {
    draft.doubt_end(Note::PageCut);
    if let Some(last) = draft.spec.errors.len().checked_sub(1) {
        draft.doubt(SpecPath::root().key("errors").index(last), About::Error, Note::PageCut);
    }
}

/// A row of the error table. Its first word is the code, if it is written like one; what follows may be the message, the
/// solution or both. Any other line continues the row above, or has lost its code.
pub(super) fn error(draft: &mut Draft, text: &str) {
    let errors = SpecPath::root().key("errors");
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let (code, message) = if is_code(first) { (first, rest.trim()) } else { ("", text) };
    let above = draft.spec.errors.len().checked_sub(1).filter(|_| code.is_empty());
    if let (Some(at), Some(row)) = (above, draft.spec.errors.last_mut()) {
        // Nothing tells whether it ends the message or the solution.
        let cell = if row.solution.is_some() { &mut row.solution } else { &mut row.message };
        match cell {
            Some(text) => text.extend([" ", message]),
            None => *cell = filled(message),
        }
        draft.doubt(errors.index(at), About::Error, Note::CellsMerged);
        return;
    }
    if !message.is_empty() {
        let is_merged = message.contains(' ') && !code.is_empty();
        let note = if is_merged { Note::CellsMerged } else { Note::CellLost };
        draft.doubt(errors.index(draft.spec.errors.len()), About::Error, note);
    }
    draft.spec.errors.push(ErrorSpec { code: filled(code), message: filled(message), solution: None });
}

/// Whether a word can be the code of an error.
fn is_code(word: &str) -> bool {
    word.is_ascii() && word.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
