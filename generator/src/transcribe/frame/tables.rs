//! Tables that are not of fields: error codes and statuses; and the parts of tables that have titles between their rows.

use super::columns::Columns;
use crate::terms::{Column, Note};
use crate::transcribe::dialect::Dialect;
use crate::transcribe::field::filled;
use crate::transcribe::page::block::{Table, TableRow};

/// A row of a table of error codes or statuses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorRow {
    /// The code or status.
    pub(super) code: Option<String>,
    /// What it means.
    pub(super) message: Option<String>,
    /// What to do.
    pub(super) solution: Option<String>,
    /// Why the row is in doubt.
    pub(super) doubt: Option<Note>,
}

/// Reads a table of codes.
pub(super) fn codes(table: &Table, columns: &Columns, dialect: &Dialect) -> Vec<ErrorRow> {
    let mut rows: Vec<ErrorRow> = Vec::new();
    for row in table.rows.iter().skip(columns.header + 1) {
        if columns.is_header(row) || row.title().is_some() {
            continue;
        }
        let read = code(row, columns, dialect);
        match rows.last_mut() {
            // The rest of the row above, or another meaning of its code.
            Some(above) if read.code.is_none() && read.message.is_some() => {
                let message = [above.message.take(), read.message].into_iter().flatten().collect::<Vec<_>>().join("\n");
                above.message = filled(&message);
                above.doubt = Some(Note::CellsMerged);
            }
            _ if read.code.is_some() || read.message.is_some() => rows.push(read),
            _ => {}
        }
    }
    rows
}

fn code(row: &TableRow, columns: &Columns, dialect: &Dialect) -> ErrorRow {
    let text = |column| filled(&columns.text(row, column)).filter(|text| !dialect.is_empty(text));
    // Of several codes, the last is the most specific one. Transcripts have no fact for the others.
    let mut codes: Vec<(&str, &str)> =
        columns.filled(row, Column::Code).filter(|(_, code)| !dialect.is_empty(code)).collect();
    let own = codes.pop().map(|(_, code)| code.to_owned());
    codes.retain(|(_, code)| own.as_deref() != Some(*code));
    let others: Vec<String> = codes.into_iter().map(|(header, code)| format!("{header}: {code}")).collect();
    let first = || row.cells.first().and_then(|cell| filled(cell.trimmed()));
    let code = own.or_else(|| if columns.has(Column::Code) { None } else { text(Column::Status).or_else(first) });
    let (description, label) = (text(Column::Description), text(Column::Label));
    let (message, more) = match text(Column::Message) {
        Some(message) => (Some(message), description),
        None => (description.or(label), None),
    };
    let (mut solution, is_merged) = match (text(Column::Solution), more) {
        (Some(solution), Some(more)) => (Some(format!("{more}\n{solution}")), true),
        (Some(solution), None) => (Some(solution), false),
        (None, more) => {
            let is_merged = more.is_some();
            (more, is_merged)
        }
    };
    let status = columns.position(Column::Status).filter(|_| columns.has(Column::Code));
    let status = status.and_then(|at| Some((columns.headers.get(at)?, row.cells.get(at)?.trimmed())));
    if let Some((header, status)) = status.filter(|(_, status)| !status.is_empty()) {
        // Transcripts have no fact for it.
        let line = format!("{header}: {status}");
        solution = Some(solution.map_or(line.clone(), |solution| format!("{solution}\n{line}")));
    }
    let has_others = !others.is_empty();
    if has_others {
        let lines = solution.into_iter().chain(others);
        solution = Some(lines.collect::<Vec<_>>().join("\n"));
    }
    let is_short = row.cells.len() != columns.kinds.len();
    let known = columns.kinds.iter().zip(&row.cells);
    let is_partial = known.into_iter().any(|(kind, cell)| kind.is_none() && !cell.trimmed().is_empty());
    let doubt = match is_short {
        true => Some(Note::CellLost),
        _ if is_merged || is_partial || has_others => Some(Note::Ambiguous),
        _ => None,
    };
    ErrorRow { code, message, solution, doubt }
}

/// Splits a table at its titles and at headers between its rows. A part below a title has the header above it.
pub(super) fn parts(table: &Table, dialect: &Dialect) -> Vec<(Option<String>, Table)> {
    let titles = table.rows.iter().filter(|row| row.title().is_some()).count();
    let has_titles = titles > 0 && titles <= MOST_TITLES;
    let mut parts: Vec<(Option<String>, Table)> = Vec::new();
    let mut header: Option<TableRow> = None;
    for row in &table.rows {
        if let Some(title) = row.title().filter(|_| has_titles) {
            parts.push((Some(title.to_owned()), Table { rows: header.iter().cloned().collect() }));
            continue;
        }
        let is_other =
            Columns::are_headers(row, dialect) && header.as_ref().is_some_and(|header| header.cells != row.cells);
        if header.is_none() || is_other {
            header = Some(row.clone());
        }
        match parts.last_mut().filter(|(_, part)| !is_other || part.rows.is_empty()) {
            Some((_, part)) => part.rows.push(row.clone()),
            None => parts.push((None, Table { rows: vec![row.clone()] })),
        }
    }
    parts
}

/// Maximum titles of a table. Above that, rows with one text are not titles.
const MOST_TITLES: usize = 50;
