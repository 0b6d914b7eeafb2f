//! Rows whose cells are set apart, by pipes or by tabs.

use std::collections::BTreeMap;

use super::outline::{self, Form, Table};
use super::words::{WORDS, is_name};
use crate::terms::{About, Column, Note};
use crate::transcribe::Refusal;
use crate::transcribe::frame::columns::Columns;
use crate::transcribe::frame::row;
use crate::transcribe::page::Line;
use crate::transcribe::page::block::{self, Cell, TableRow};
use crate::transcribe::page::pipes::pipe_cells;
use crate::transcribe::row::{Row, Side, UnattachedLine, answer};
use crate::transcribe::types::Kind;

/// Maximum lines of a row that is broken. The longest seen so far has four.
const MOST_LINES_OF_A_ROW: usize = 32;

/// Reads the rows of a table.
pub(super) fn read(table: &Table<'_>, form: Form, side: Side) -> Result<Vec<Row>, Refusal> {
    let Some(header) = table.at else { return Ok(Vec::new()) };
    let header = row_of(&header, &outline::cells(header.text).1);
    let mut columns = Columns::read(0, &header, &WORDS);
    if let Some(last) = columns.kinds.last_mut() {
        // It is headed `Required` on some pages.
        *last = Some(Column::Type);
    }
    let mut read = Cells { rows: vec![header], doubts: BTreeMap::new(), columns: columns.kinds.len() };
    match form {
        Form::Pipes => read.pipes(&table.lines)?,
        _ => read.tabs(&table.lines)?,
    }
    let mut rows = row::read(&block::Table { rows: read.rows }, &columns, &WORDS)?;
    for row in &mut rows {
        // What the page calls a type stays, unless it is not one.
        if row.types.kind != Kind::Unknown && row.types.max_length.is_none() {
            row.field.type_word.clone_from(&row.types.printed);
        }
        for about in read.doubts.get(&row.at.start).into_iter().flatten() {
            row.field.doubt(*about, Note::Ambiguous);
        }
    }
    if side == Side::Response {
        answer(&mut rows);
    }
    Ok(rows)
}

fn row_of(line: &Line<'_>, texts: &[&str]) -> TableRow {
    TableRow { at: line.bytes(), cells: texts.iter().map(|text| Cell::new(*text)).collect(), ..TableRow::default() }
}

/// The rows of a table, and what is in doubt about how they were put together, by where they start.
struct Cells {
    rows: Vec<TableRow>,
    doubts: BTreeMap<usize, Vec<About>>,
    columns: usize,
}

impl Cells {
    /// Adds a row.
    fn push(&mut self, line: &Line<'_>, texts: &[&str], doubts: &[About]) -> Result<(), Refusal> {
        match texts {
            [name, _, ..] if is_name(name) => {
                self.rows.push(row_of(line, texts));
                self.doubts.insert(line.at, doubts.to_vec());
                Ok(())
            }
            texts if texts.iter().all(|text| text.is_empty()) => Ok(()),
            _ => Err(UnattachedLine(*line).into()),
        }
    }

    /// Reads rows with tabs.
    fn tabs(&mut self, lines: &[Line<'_>]) -> Result<(), Refusal> {
        for line in lines {
            let texts: Vec<&str> = line.text.split('\t').map(str::trim).collect();
            if texts.len() == 1 && self.add(line) {
                continue;
            }
            // Two rows that are short may be one that is broken.
            let is_short = |cells: usize| cells < self.columns;
            let is_rest = is_short(texts.len()) && self.rows.last().is_some_and(|above| is_short(above.cells.len()));
            self.push(line, &texts, if is_rest { &[About::Name] } else { &[] })?;
        }
        Ok(())
    }

    /// Adds a line to the description of the row above, which may end before it. Returns whether there is a row.
    fn add(&mut self, line: &Line<'_>) -> bool {
        let Some(above) = self.rows.last_mut() else { return false };
        let (Some(doubts), Some(description)) = (self.doubts.get_mut(&above.at.start), above.cells.get_mut(1)) else {
            return false;
        };
        description.text.extend([" ", line.text.trim()]);
        doubts.push(About::Description);
        true
    }

    /// Reads rows with pipes. A broken row continues on the next line.
    fn pipes(&mut self, lines: &[Line<'_>]) -> Result<(), Refusal> {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let mut text = line.text.trim().to_owned();
            let mut is_sure = true;
            at += 1;
            // Notes stand below tables and between their rows.
            let is_note = !text.contains('|') && !is_name(&text);
            if is_note && lines.get(at).is_none_or(|next| begins_row(next.text)) && self.add(line) {
                continue;
            }
            let last = at + MOST_LINES_OF_A_ROW;
            while let Some(next) = lines.get(at).filter(|next| at < last && self.goes_on(&text, next.text)) {
                is_sure &= !begins_row(next.text);
                text.extend([" ", next.text.trim()]);
                at += 1;
            }
            let doubts = [About::Name, About::Type, About::Description, About::Required];
            self.push(line, &pipe_cells(&text), if is_sure { &[] } else { &doubts })?;
        }
        Ok(())
    }

    /// Returns whether a line continues a broken row.
    fn goes_on(&self, row: &str, next: &str) -> bool {
        // Rows with outer pipes have one pipe more than cells.
        let full = self.columns + usize::from(row.starts_with('|'));
        let count = |text: &str| text.matches('|').count();
        let cells = pipe_cells(row);
        let is_whole = cells.len() >= self.columns && cells.last().is_some_and(|cell| !cell.is_empty());
        // A row that has slipped ends as whole ones do, and what follows is the next row.
        let has_slipped = row.ends_with('|') && cells.len() > 1 && begins_row(next);
        count(row) + count(next) <= full && count(row) < full && !is_whole && !has_slipped
    }
}

/// Whether a line reads as a row: a name and something else.
fn begins_row(line: &str) -> bool {
    match pipe_cells(line).as_slice() {
        [name, rest @ ..] => is_name(name) && rest.iter().any(|cell| !cell.is_empty()),
        [] => false,
    }
}
