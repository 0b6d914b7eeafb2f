//! Tables whose cells have tabs between them, as copies from a browser have. Cells with several lines break their row.

use super::block::{Block, Cell, Kind, Table, TableRow};
use super::known::Known;
use super::{Line, Page, may_be_name};

/// Lines of a cell that are looked at to find the next row.
const WRAPPED: usize = 12;

/// Lines between a table and the heading below it that are looked at.
const NOTE: usize = 3;

/// Reads the table that begins with the first line. Returns how many lines it has.
pub(super) fn table(rest: &[Line<'_>], page: &Page<'_>, known: Known<'_>) -> Option<(Block, usize)> {
    let first = rest.first().filter(|line| is_row(line))?;
    let header: Vec<&str> = first.text.split('\t').collect();
    let columns = if is_doubled(&header) { header.len().div_ceil(2) } else { header.len() };
    let mut reader = Reader { text: page.text, start: page.start, known, columns, rows: Vec::new() };
    let mut length = 0;
    for line in rest {
        if is_row(line) {
            reader.row(line);
        } else if !reader.continues(line, rest.get(length + 1..).unwrap_or_default()) {
            break;
        }
        length += 1;
    }
    let Reader { columns, rows, .. } = reader;
    let last = rows.last()?.at.end;
    (columns > 1 && rows.len() > 1).then_some((Block { at: first.at..last, kind: Kind::Table(Table { rows }) }, length))
}

fn is_row(line: &Line<'_>) -> bool {
    line.text.contains('\t') && !line.text.trim_start_matches('\t').is_empty()
}

/// A table in the making.
struct Reader<'a> {
    /// The text of the page, and its byte offset in the file.
    text: &'a str,
    start: usize,
    known: Known<'a>,
    columns: usize,
    rows: Vec<TableRow>,
}

impl Reader<'_> {
    /// Adds a row, or the rest of the row above, which a line break in one of its cells has cut in two.
    fn row(&mut self, line: &Line<'_>) {
        let mut texts: Vec<&str> = line.text.split('\t').collect();
        let is_header = self.rows.is_empty();
        if is_header && is_doubled(&texts) {
            texts.retain(|cell| !cell.trim().is_empty());
        }
        let above = self.rows.last_mut().filter(|_| !is_header);
        let rest = above.filter(|above| {
            let is_name = texts.first().is_some_and(|text| may_be_name(text.trim()));
            above.cells.len() < self.columns && above.cells.len() + texts.len() == self.columns + 1 && !is_name
        });
        if let Some(above) = rest.filter(|_| self.columns > 2) {
            let more = texts.split_off(1);
            if let (Some(cell), Some(text)) = (above.cells.last_mut(), texts.first()) {
                cell.add_line(text.trim());
            }
            above.cells.extend(more.into_iter().map(|cell| Cell::new(cell.trim_end())));
            above.at.end = line.bytes().end;
            return;
        }
        let mut cells: Vec<Cell> = texts.into_iter().map(|cell| Cell::new(cell.trim_end())).collect();
        // Empty cells at the end of a row.
        let behind = line.bytes().end - self.start;
        let tabs = self.text.get(behind..).unwrap_or_default().chars().take_while(|c| *c == '\t').count();
        let missing = self.columns.saturating_sub(cells.len());
        cells.extend(std::iter::repeat_with(Cell::default).take(tabs.min(missing)));
        self.rows.push(TableRow::new(line.bytes(), cells));
    }

    /// Adds a line to the last cell of a row if a cell is still missing there, or if the next line is a row of the same table.
    fn continues(&mut self, line: &Line<'_>, below: &[Line<'_>]) -> bool {
        let text = line.text.trim();
        let header = self.rows.first().and_then(|row| row.cells.first()).map(|cell| cell.text.clone());
        // Another table may have as many columns, but it begins with its header.
        let between = || below.iter().take(WRAPPED).take_while(|line| !line.text.trim().is_empty());
        let next =
            between().find(|line| line.text.contains('\t')).map(|line| line.text.split('\t').collect::<Vec<_>>());
        let ends = next.as_deref().is_some_and(|cells| (self.known.is_header)(cells));
        let is_same = |next: &Vec<&str>| next.len() == self.columns && next.first().copied() != header.as_deref();
        let goes_on = !ends && next.as_ref().is_some_and(is_same);
        // What is above the next heading may be the rest of the last cell, or a note below the table.
        let is_text = |text: &str| !text.contains('\t') && !text.starts_with(['{', '[', '<', '`']);
        let above_heading = between().take(NOTE).map(|line| line.text.trim()).take_while(|text| is_text(text));
        let is_loose = !goes_on
            && self.rows.len() > 1
            && is_text(text)
            && !(self.known.is_heading)(text)
            && above_heading.into_iter().any(|text| (self.known.is_heading)(text));
        if ends && !is_loose {
            return false;
        }
        let columns = self.columns;
        let is_open = |row: &&mut TableRow| row.cells.len() < columns || goes_on || is_loose;
        let Some(row) = self.rows.last_mut().filter(|row| !text.is_empty() && is_open(row)) else { return false };
        if (self.known.is_title)(text) {
            // The title of the rows below it.
            let mut cells = vec![Cell { spanned: true, ..Cell::default() }; columns];
            if let Some(first) = cells.first_mut() {
                *first = Cell::new(text);
            }
            self.rows.push(TableRow::new(line.bytes(), cells));
            return true;
        }
        let Some(cell) = row.cells.last_mut() else { return false };
        cell.add_line(text);
        cell.loose |= is_loose;
        row.at.end = line.bytes().end;
        true
    }
}

/// Whether a header has two tabs in place of one.
fn is_doubled(header: &[&str]) -> bool {
    let is_filled = |at: usize| at.is_multiple_of(2);
    header.len() > 4 && header.iter().enumerate().all(|(at, cell)| is_filled(at) != cell.trim().is_empty())
}
