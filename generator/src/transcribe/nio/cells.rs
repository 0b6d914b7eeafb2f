//! Rows whose cells are set apart, by pipes or by tabs.

use super::outline::{Header, pipe_cells};
use super::rows::Row;
use super::words::{Kind, is_name, kind, mark};
use crate::spec::{About, Note};
use crate::transcribe::page::Line;
use crate::transcribe::top::rows::{Side, Stray};

/// Lines with tabs between the cells.
pub(super) fn tabs<'a>(lines: &[Line<'a>], header: Header, side: Side) -> Result<Vec<Row>, Stray<'a>> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.text.split('\t').map(str::trim).collect();
        match (cells.as_slice(), rows.last_mut()) {
            ([name, rest @ ..], _) if is_name(name) && !rest.is_empty() => rows.push(row(name, rest, header, side)),
            ([text], Some(row)) => row.describe(text),
            _ => return Err(Stray(*line)),
        }
    }
    Ok(rows)
}

/// Rows of pipes; a row that is broken goes on with the next line.
pub(super) fn pipes<'a>(lines: &[Line<'a>], header: Header, side: Side) -> Result<Vec<Row>, Stray<'a>> {
    let mut rows = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        // Rows with outer pipes have one pipe more than cells.
        let full = header.columns + usize::from(line.text.trim_start().starts_with('|'));
        let count = |text: &str| text.matches('|').count();
        let mut text = line.text.trim().to_owned();
        at += 1;
        while let Some(next) = lines.get(at).filter(|next| count(&text) + count(next.text) <= full) {
            let cells = pipe_cells(&text);
            if count(&text) >= full
                || cells.len() >= header.columns && cells.last().is_some_and(|cell| !cell.is_empty())
            {
                break;
            }
            text.push(' ');
            text.push_str(next.text.trim());
            at += 1;
        }
        let cells = pipe_cells(&text);
        match cells.as_slice() {
            [name, rest @ ..] if is_name(name) && !rest.is_empty() => rows.push(row(name, rest, header, side)),
            cells if cells.iter().all(|cell| cell.is_empty()) => {}
            _ => return Err(Stray(*line)),
        }
    }
    Ok(rows)
}

/// A row whose cells are known; some have slipped to the left.
fn row(name: &str, cells: &[&str], header: Header, side: Side) -> Row {
    let mut row = Row::new(name);
    let width = header.columns.saturating_sub(1).max(1);
    let mut cells: Vec<&str> = cells.to_vec();
    while cells.len() > width && cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    let type_word = match cells.last() {
        Some(cell) if cells.len() >= width && !cell.is_empty() => cells.pop(),
        _ => {
            while cells.last().is_some_and(|cell| cell.is_empty()) {
                cells.pop();
            }
            let is_type = cells.last().is_some_and(|cell| kind(cell) != Kind::Unknown && mark(cell).is_none());
            is_type.then(|| cells.pop()).flatten()
        }
    };
    type_word.unwrap_or_default().clone_into(&mut row.type_word);
    if side == Side::Request {
        require(&mut row, &mut cells, header, width);
    }
    if cells.len() > 1 {
        row.doubts.push((About::Description, Note::Ambiguous));
    }
    let condition = std::mem::take(&mut row.description);
    row.describe(&filled_cells(&cells));
    row.describe(&condition);
    row
}

/// Takes the required cell from the end of the cells.
fn require(row: &mut Row, cells: &mut Vec<&str>, header: Header, width: usize) {
    if !header.required {
        return row.require_unknown(Note::ColumnEmpty);
    }
    let Some(last) = cells.last().copied() else { return row.require_unknown(Note::CellLost) };
    if let Some(required) = mark(last) {
        cells.pop();
        return row.require(required);
    }
    if cells.len() + 1 < width {
        return row.require_unknown(Note::CellLost);
    }
    cells.pop();
    if last.is_empty() || last == "-" {
        return row.require_unknown(Note::ColumnEmpty);
    }
    row.require_sometimes(Note::Ambiguous);
    // The condition goes behind the description, where readers look for it.
    row.describe(&format!("({last})"));
}

fn filled_cells(cells: &[&str]) -> String {
    cells.iter().filter(|cell| !cell.is_empty()).copied().collect::<Vec<_>>().join(" | ")
}
