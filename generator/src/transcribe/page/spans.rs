//! Tables that are open while HTML is read: cells that span columns and rows, and tables in cells.

use std::ops::Range;

use super::block::{Block, Cell, Kind, MOST_CELLS, Table, TableRow};

/// Maximum nesting depth of tables. Deeper ones are part of the text of the last one.
const DEEPEST: usize = 8;
/// Maximum columns that a cell spans.
const WIDEST: usize = 32;

/// The tables that are open, innermost last.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Open>,
    /// Tables that are open and too deep to be followed.
    deeper: usize,
    /// The cells of all tables.
    cells: usize,
}

#[derive(Debug, Default)]
struct Open {
    at: usize,
    table: Table,
    row: TableRow,
    /// The open cell, with the columns and rows that it spans.
    cell: Option<(Cell, usize, usize)>,
    /// For each column the rows below that a cell above still spans.
    below: Vec<usize>,
}

impl Tables {
    /// Whether text belongs to a cell.
    pub(super) fn in_cell(&self) -> bool {
        self.open.last().is_some_and(|open| open.cell.is_some())
    }

    /// Whether a table is open.
    pub(super) fn in_table(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether there are more cells than any page has.
    pub(super) fn is_too_large(&self) -> bool {
        self.cells > MOST_CELLS
    }

    /// Adds text to the open cell. Runs of white space become one blank; no-break blanks at the start stay.
    pub(super) fn push(&mut self, text: &str) {
        let Some((cell, ..)) = self.open.last_mut().and_then(|open| open.cell.as_mut()) else { return };
        for c in text.chars() {
            let is_blank = c.is_whitespace() && c != '\u{a0}';
            match c {
                '\n' if cell.text.is_empty() => {}
                '\n' => {
                    cell.text.truncate(cell.text.trim_end_matches(' ').len());
                    if !cell.text.ends_with('\n') {
                        cell.text.push('\n');
                    }
                }
                _ if is_blank && (cell.text.is_empty() || cell.text.ends_with([' ', '\n'])) => {}
                _ if is_blank => cell.text.push(' '),
                c => cell.text.push(c),
            }
        }
    }

    /// Adds preformatted text to the open cell.
    pub(super) fn push_code(&mut self, text: &str) {
        if let Some((cell, ..)) = self.open.last_mut().and_then(|open| open.cell.as_mut()) {
            cell.text.push_str(text);
        }
    }

    /// Indents the open cell if it has no text yet.
    pub(super) fn indent(&mut self, blanks: usize) {
        if let Some((cell, ..)) = self.open.last_mut().and_then(|open| open.cell.as_mut())
            && cell.text.trim().is_empty()
        {
            cell.text.push_str(&"\u{a0}".repeat(blanks));
        }
    }

    pub(super) fn start_table(&mut self, at: usize) {
        if self.open.len() < DEEPEST {
            self.open.push(Open { at, ..Open::default() });
        } else {
            self.deeper += 1;
        }
    }

    /// Ends a table: a block of the page, if it is not in a cell of another one.
    pub(super) fn end_table(&mut self, at: usize) -> Option<Block> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        let mut open = self.open.pop()?;
        self.cells += open.end_row(at);
        let table = open.table;
        if table.rows.is_empty() {
            return None;
        }
        match self.open.last_mut().and_then(|outer| outer.cell.as_mut()) {
            Some((cell, ..)) => {
                cell.tables.push(table);
                None
            }
            None => Some(Block { at: open.at..at, kind: Kind::Table(table) }),
        }
    }

    pub(super) fn start_row(&mut self, at: usize) {
        if let Some(open) = self.followed() {
            let ended = open.end_row(at);
            open.row.at = at..at;
            self.cells += ended;
        }
    }

    pub(super) fn end_row(&mut self, at: usize) {
        if let Some(open) = self.followed() {
            let ended = open.end_row(at);
            self.cells += ended;
        }
    }

    pub(super) fn start_cell(&mut self, at: usize, header: bool, spans: [usize; 2]) {
        self.cells += 1;
        if let Some(open) = self.followed() {
            open.end_cell();
            if open.row.cells.is_empty() && open.row.at == (0..0) {
                open.row.at = at..at;
            }
            let [columns, rows] = spans;
            open.cell = Some((Cell { header, ..Cell::default() }, columns.clamp(1, WIDEST), rows.max(1)));
        }
    }

    pub(super) fn end_cell(&mut self) {
        if let Some(open) = self.followed() {
            open.end_cell();
        }
    }

    /// The innermost table, unless a deeper one is open that is not followed.
    fn followed(&mut self) -> Option<&mut Open> {
        self.open.last_mut().filter(|_| self.deeper == 0)
    }
}

impl Open {
    /// Adds cells for those above that span this row, up to the next free column.
    fn fill(&mut self) {
        while let Some(left) = self.below.get_mut(self.row.cells.len()).filter(|left| **left > 0) {
            *left -= 1;
            self.row.cells.push(Cell { spanned: true, ..Cell::default() });
        }
    }

    fn end_cell(&mut self) {
        let Some((mut cell, columns, rows)) = self.cell.take() else { return };
        self.fill();
        cell.text.truncate(cell.text.trim_end().len());
        let header = cell.header;
        let start = self.row.cells.len();
        self.row.cells.push(cell);
        for _ in 1..columns {
            self.row.cells.push(Cell { header, spanned: true, ..Cell::default() });
        }
        if self.below.len() < start + columns {
            self.below.resize(start + columns, 0);
        }
        for below in self.below.iter_mut().skip(start).take(columns) {
            *below = rows - 1;
        }
    }

    /// Ends the row. Returns the number of its cells.
    fn end_row(&mut self, at: usize) -> usize {
        self.end_cell();
        if self.row.cells.is_empty() {
            return 0;
        }
        self.fill();
        let mut row = std::mem::take(&mut self.row);
        row.at = Range { start: row.at.start, end: at.max(row.at.start) };
        let count = row.cells.len();
        self.table.rows.push(row);
        count
    }
}
