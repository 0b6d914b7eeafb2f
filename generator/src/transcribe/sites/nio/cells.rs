//! Rows whose cells are set apart, by pipes or by tabs.

use super::outline::{self, Form, Table};
use super::words::{WORDS, is_name};
use crate::terms::Column;
use crate::transcribe::Refusal;
use crate::transcribe::frame::columns::Columns;
use crate::transcribe::frame::row;
use crate::transcribe::page::block::{self, Cell, TableRow};
use crate::transcribe::page::{Line, pipes};
use crate::transcribe::row::{Row, Side, UnattachedLine, answer};
use crate::transcribe::types::Kind;

/// Reads the rows of a table.
pub(super) fn read(table: &Table<'_>, form: Form, side: Side) -> Result<Vec<Row>, Refusal> {
    let Some(line) = table.at else { return Ok(Vec::new()) };
    let header = row_of(&line, &outline::cells(line.text).1);
    let mut columns = Columns::read(0, &header, &WORDS);
    if let Some(last) = columns.kinds.last_mut() {
        // It is headed `Required` on some pages.
        *last = Some(Column::Type);
    }
    let mut read = Cells { rows: vec![header] };
    match form {
        Form::Pipes => read.pipes(line.text, &table.lines)?,
        _ => read.tabs(columns.kinds.len(), &table.lines)?,
    }
    let mut rows = row::read(&block::Table { rows: read.rows }, &columns, &WORDS)?;
    // What the page calls a type stays, unless it is not one.
    for row in rows.iter_mut().filter(|row| row.types.kind != Kind::Unknown && row.types.max_length.is_none()) {
        row.field.type_word.clone_from(&row.types.printed);
    }
    if side == Side::Response {
        answer(&mut rows);
    }
    Ok(rows)
}

fn row_of(line: &Line<'_>, texts: &[&str]) -> TableRow {
    TableRow::new(line.bytes(), texts.iter().map(|text| Cell::new(*text)).collect())
}

/// The rows of a table.
struct Cells {
    rows: Vec<TableRow>,
}

impl Cells {
    /// Adds a row that begins with a line.
    fn push(&mut self, line: &Line<'_>, row: TableRow) -> Result<(), Refusal> {
        match row.cells.as_slice() {
            [name, _, ..] if is_name(name.trimmed()) => {
                self.rows.push(row);
                Ok(())
            }
            cells if cells.iter().all(|cell| cell.trimmed().is_empty()) => Ok(()),
            _ => Err(UnattachedLine(*line).into()),
        }
    }

    /// Reads rows with tabs.
    fn tabs(&mut self, columns: usize, lines: &[Line<'_>]) -> Result<(), Refusal> {
        for line in lines {
            let texts: Vec<&str> = line.text.split('\t').map(str::trim).collect();
            if texts.len() == 1 && self.add(line) {
                continue;
            }
            // Two rows that are short may be one that is broken.
            let is_joined = texts.len() < columns && self.rows.last().is_some_and(|above| above.cells.len() < columns);
            self.push(line, TableRow { is_joined, ..row_of(line, &texts) })?;
        }
        Ok(())
    }

    /// Adds a line to the description of the row above, which may end before it. Returns whether there is a row.
    fn add(&mut self, line: &Line<'_>) -> bool {
        let above = self.rows.iter_mut().skip(1).last();
        let Some(description) = above.and_then(|above| above.cells.get_mut(1)) else { return false };
        description.text.extend([" ", line.text.trim()]);
        description.loose = true;
        true
    }

    /// Reads rows with pipes. Notes are below tables and between their rows.
    fn pipes(&mut self, header: &str, mut lines: &[Line<'_>]) -> Result<(), Refusal> {
        while let Some((first, below)) = lines.split_first() {
            let is_note = !first.text.contains('|') && !is_name(first.text.trim());
            if is_note && below.first().is_none_or(|next| pipes::begins_row(next.text)) && self.add(first) {
                lines = below;
                continue;
            }
            let (row, taken) = pipes::row_of(lines, header).ok_or(UnattachedLine(*first))?;
            self.push(first, row)?;
            lines = lines.get(taken..).unwrap_or_default();
        }
        Ok(())
    }
}
