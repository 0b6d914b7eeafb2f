//! Tables and lists that are open while HTML is read: cells that span columns and rows, and tables and lists in cells.

use std::ops::Range;

use super::block::{Block, Cell, Kind, List, MOST_CELLS, Table, TableRow};

/// Maximum nesting depth of tables. Deeper ones are part of the text of the last one.
const DEEPEST: usize = 8;
/// Maximum columns that a cell spans.
const WIDEST: usize = 32;

/// The lists that are open, and what was read of them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// How many are open.
    open: usize,
    read: Vec<List>,
    /// Whether the last item is open.
    in_item: bool,
    /// Whether the innermost list has no item yet.
    is_new: bool,
}

impl Lists {
    /// Whether text belongs to an item.
    pub(super) fn in_list(&self) -> bool {
        self.open > 0
    }

    pub(super) fn start_list(&mut self) {
        self.open += 1;
        (self.in_item, self.is_new) = (false, true);
    }

    pub(super) fn end_list(&mut self) {
        self.open = self.open.saturating_sub(1);
        (self.in_item, self.is_new) = (false, false);
    }

    pub(super) fn start_item(&mut self) {
        match self.read.last_mut().filter(|list| !self.is_new && list.depth == self.open) {
            Some(list) => list.items.push(String::new()),
            None if self.open > 0 => self.read.push(List { depth: self.open, items: vec![String::new()] }),
            None => {}
        }
        (self.in_item, self.is_new) = (self.open > 0, false);
    }

    pub(super) fn end_item(&mut self) {
        self.in_item = false;
    }

    /// Adds text to the open item. Text between two items is one too.
    pub(super) fn push(&mut self, text: &str) {
        if !text.trim().is_empty() && (!self.in_item || self.read.is_empty()) {
            self.start_item();
        }
        if let Some(item) = self.read.last_mut().filter(|_| self.in_item).and_then(|list| list.items.last_mut()) {
            item.push_str(text);
        }
    }

    /// What was read so far, if there is any text in it.
    pub(super) fn take(&mut self) -> Vec<List> {
        let mut read = std::mem::take(&mut self.read);
        if read.iter().flat_map(|list| &list.items).all(|item| item.trim().is_empty()) {
            read.clear();
        }
        read
    }
}

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
    cell: Option<OpenCell>,
    /// For each column the rows below that a cell above still spans.
    below: Vec<usize>,
}

#[derive(Debug, Default)]
struct OpenCell {
    cell: Cell,
    /// The columns and rows that it spans.
    spans: (usize, usize),
    lists: Lists,
}

impl Tables {
    fn cell(&mut self) -> Option<&mut OpenCell> {
        self.open.last_mut()?.cell.as_mut()
    }

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
        let Some(OpenCell { cell, lists, .. }) = self.cell() else { return };
        match lists.in_list() {
            true => lists.push(text),
            false if lists.read.is_empty() => {}
            false => cell.beside.push_str(text),
        }
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
        let Some(OpenCell { cell, lists, .. }) = self.cell() else { return };
        cell.text.push_str(text);
        match lists.in_list() {
            true => lists.push(text),
            false => cell.code.push_str(text),
        }
    }

    /// Indents the open cell if it has no text yet.
    pub(super) fn indent(&mut self, blanks: usize) {
        if let Some(OpenCell { cell, .. }) = self.cell()
            && cell.text.trim().is_empty()
        {
            cell.text.push_str(&"\u{a0}".repeat(blanks));
        }
    }

    /// The lists of the open cell, before one of them begins or ends.
    pub(super) fn lists(&mut self) -> Option<&mut Lists> {
        let OpenCell { cell, lists, .. } = self.cell()?;
        if lists.read.is_empty() && !lists.in_list() {
            cell.beside.clone_from(&cell.text);
        }
        Some(lists)
    }

    /// Keeps a block between two rows. Returns it if no row is above it.
    pub(super) fn put(&mut self, block: Block) -> Option<Block> {
        let Some(open) = self.open.last_mut() else { return Some(block) };
        match open.table.rows.last_mut() {
            _ if !open.row.cells.is_empty() => open.row.below.push(block),
            Some(row) => row.below.push(block),
            None => return Some(block),
        }
        None
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
        match self.cell() {
            Some(outer) => {
                outer.cell.tables.push(table);
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
            let spans = (columns.clamp(1, WIDEST), rows.max(1));
            open.cell = Some(OpenCell { cell: Cell { header, ..Cell::default() }, spans, lists: Lists::default() });
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
        let Some(OpenCell { mut cell, spans: (columns, rows), mut lists }) = self.cell.take() else { return };
        self.fill();
        cell.text.truncate(cell.text.trim_end().len());
        cell.lists = lists.take();
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
