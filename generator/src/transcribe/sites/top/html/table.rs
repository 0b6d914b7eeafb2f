//! Tables and lists that are open while HTML is read.

use super::super::block::{Block, Kind, folded};
use super::super::lines::limit;

/// Maximum nesting depth of tables and lists. Deeper ones belong to the last one.
const DEEPEST: usize = 32;

/// The open tables, innermost last. The first represents the page, because rows may appear outside a table.
#[derive(Debug)]
pub(super) struct Tables {
    open: Vec<Table>,
    /// Tables that are open and too deep to be followed.
    deeper: usize,
}

#[derive(Debug, Default)]
struct Table {
    /// The row that is open.
    row: Option<Row>,
    /// The list that is open outside a row.
    list: Lists,
}

/// A row that is open.
#[derive(Debug)]
struct Row {
    at: usize,
    cells: Vec<Cell>,
    /// Whether the last cell is open.
    open: bool,
    lists: Lists,
}

#[derive(Debug, Default)]
struct Cell {
    text: String,
    /// The preformatted text in it.
    code: Option<String>,
    /// The lists in it.
    lists: Vec<Vec<String>>,
}

/// Lists that are open, and the items of those that are done.
#[derive(Debug, Default)]
struct Lists {
    at: usize,
    /// The number of each open list.
    open: Vec<usize>,
    deeper: usize,
    count: usize,
    /// Each item with the number of its list.
    items: Vec<(usize, String)>,
    in_item: bool,
}

impl Lists {
    fn start_list(&mut self, at: usize) {
        if self.open.is_empty() {
            self.at = at;
        }
        self.in_item = false;
        if self.open.len() < DEEPEST {
            self.count += 1;
            self.open.push(self.count);
        } else {
            self.deeper += 1;
        }
    }

    fn start_item(&mut self) {
        if let Some(list) = self.open.last() {
            self.items.push((*list, String::new()));
            self.in_item = true;
        }
    }

    /// Ends a list; the groups of items if it was the outermost.
    fn end_list(&mut self) -> Option<Vec<Vec<String>>> {
        self.in_item = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        let closed = self.open.pop()?;
        if self.open.is_empty() {
            return Some(self.take());
        }
        self.join_limits(closed);
        None
    }

    /// Adds the items of a list to the item around it, if all of them are limits: they are one cell of a child row.
    fn join_limits(&mut self, list: usize) {
        let start = self.items.iter().rposition(|(of, _)| *of != list).map_or(0, |last| last + 1);
        let (outer, inner) = self.items.split_at_mut(start);
        let is_limit = |(_, text): &(usize, String)| limit(text.trim()).is_some();
        let around = outer.last_mut().filter(|(of, _)| self.open.last() == Some(of));
        if let Some((_, cell)) = around.filter(|_| !inner.is_empty() && inner.iter().all(is_limit)) {
            for (_, text) in inner {
                cell.push(' ');
                cell.push_str(text.trim());
            }
            self.items.truncate(start);
        }
    }

    fn take(&mut self) -> Vec<Vec<String>> {
        self.open.clear();
        self.in_item = false;
        let items = std::mem::take(&mut self.items);
        let groups = items.chunk_by(|(one, _), (other, _)| one == other);
        groups.map(|group| group.iter().map(|(_, text)| folded(text)).collect()).collect()
    }

    fn push(&mut self, text: &str) {
        if self.open.is_empty() {
            return;
        }
        if !self.in_item && !text.trim().is_empty() {
            self.start_item();
        }
        if let Some((_, item)) = self.items.last_mut().filter(|_| self.in_item) {
            item.push_str(text);
        }
    }
}

impl Tables {
    pub(super) fn new() -> Self {
        Self { open: vec![Table::default()], deeper: 0 }
    }

    /// Whether text belongs to a cell or an item.
    pub(super) fn in_text(&self) -> bool {
        let table = self.open.last();
        table.is_some_and(|table| !table.list.open.is_empty() || table.row.as_ref().is_some_and(Row::in_text))
    }

    pub(super) fn push(&mut self, text: &str) {
        let Some(table) = self.open.last_mut() else { return };
        match &mut table.row {
            Some(row) => row.push(text),
            None => table.list.push(text),
        }
    }

    pub(super) fn code(&mut self, code: &str) {
        let row = self.open.last_mut().and_then(|table| table.row.as_mut());
        match row.filter(|row| row.open && row.lists.open.is_empty()).and_then(|row| row.cells.last_mut()) {
            Some(cell) => {
                cell.text.push_str(code);
                cell.code.get_or_insert_default().push_str(code);
            }
            None => self.push(code),
        }
    }

    pub(super) fn start(&mut self, name: &str, at: usize, blocks: &mut Vec<Block>) {
        let full = self.open.len() >= DEEPEST;
        let Some(table) = self.open.last_mut() else { return };
        match name {
            "table" if full => self.deeper += 1,
            "table" => {
                // Cells that the row already has come before the rows of the nested table.
                if let Some(row) = &mut table.row {
                    row.write_cells(blocks);
                }
                self.open.push(Table::default());
            }
            "tr" => {
                table.end_row(blocks);
                table.end_list(blocks);
                table.row = Some(Row { at, cells: Vec::new(), open: false, lists: Lists::default() });
            }
            "td" | "th" => {
                if let Some(row) = &mut table.row {
                    row.end_cell();
                    row.cells.push(Cell::default());
                    row.open = true;
                }
            }
            "li" => table.lists().start_item(),
            _ => table.lists().start_list(at),
        }
    }

    pub(super) fn end(&mut self, name: &str, _at: usize, blocks: &mut Vec<Block>) {
        match name {
            "table" if self.deeper > 0 => self.deeper -= 1,
            "table" => {
                if self.open.len() > 1 {
                    if let Some(mut table) = self.open.pop() {
                        table.end_row(blocks);
                        table.end_list(blocks);
                    }
                } else if let Some(table) = self.open.last_mut() {
                    table.end_row(blocks);
                }
            }
            _ => {
                let Some(table) = self.open.last_mut() else { return };
                match (name, &mut table.row) {
                    ("tr", _) => table.end_row(blocks),
                    ("td" | "th", Some(row)) => row.end_cell(),
                    ("ul" | "ol", Some(row)) => row.end_list(),
                    ("ul" | "ol", None) => table.end_one_list(blocks),
                    ("li", _) => table.lists().in_item = false,
                    _ => {}
                }
            }
        }
    }

    /// Ends what is still open.
    pub(super) fn end_all(&mut self, blocks: &mut Vec<Block>) {
        // An outer row's cells are written already where a table is open in it.
        for mut table in self.open.drain(..) {
            table.end_row(blocks);
            table.end_list(blocks);
        }
    }
}

impl Table {
    fn lists(&mut self) -> &mut Lists {
        match &mut self.row {
            Some(row) => &mut row.lists,
            None => &mut self.list,
        }
    }

    fn end_row(&mut self, blocks: &mut Vec<Block>) {
        if let Some(mut row) = self.row.take() {
            row.write_cells(blocks);
        }
    }

    fn end_one_list(&mut self, blocks: &mut Vec<Block>) {
        let at = self.list.at;
        if let Some(groups) = self.list.end_list() {
            write_lists(at, groups, blocks);
        }
    }

    fn end_list(&mut self, blocks: &mut Vec<Block>) {
        let at = self.list.at;
        write_lists(at, self.list.take(), blocks);
    }
}

fn write_lists(at: usize, groups: Vec<Vec<String>>, blocks: &mut Vec<Block>) {
    for items in groups.into_iter().filter(|items| items.iter().any(|item| !item.is_empty())) {
        blocks.push(Block { at, text: items.join(" "), kind: Kind::Items(items) });
    }
}

impl Row {
    fn in_text(&self) -> bool {
        self.open || !self.lists.open.is_empty()
    }

    fn push(&mut self, text: &str) {
        // The text of a list in a cell is part of the cell too: only the row as a whole tells which it is.
        if let Some(cell) = self.cells.last_mut().filter(|_| self.open && self.lists.open.is_empty()) {
            cell.text.push_str(text);
        }
        self.lists.push(text);
    }

    fn end_list(&mut self) {
        if let Some(groups) = self.lists.end_list() {
            self.keep(groups);
        }
    }

    fn keep(&mut self, groups: Vec<Vec<String>>) {
        if self.cells.is_empty() {
            self.cells.push(Cell::default());
        }
        if let Some(cell) = self.cells.last_mut() {
            cell.lists.extend(groups);
        }
    }

    fn end_cell(&mut self) {
        let groups = self.lists.take();
        if !groups.is_empty() {
            self.keep(groups);
        }
        self.open = false;
    }

    /// Writes the row: as code if it is code beside its line numbers, else its cells and the lists that are rows.
    fn write_cells(&mut self, blocks: &mut Vec<Block>) {
        self.end_cell();
        let at = self.at;
        let cells = std::mem::take(&mut self.cells);
        if cells.len() <= 2 && cells.iter().any(|cell| cell.code.is_some()) {
            let codes = cells.into_iter().map(|cell| cell.code.unwrap_or(cell.text));
            blocks.extend(codes.map(|code| {
                let text = code.strip_prefix('\n').unwrap_or(&code).trim_end().replace('\u{a0}', " ");
                Block { at, text, kind: Kind::Code }
            }));
            return;
        }
        let (last, alone) = (cells.len().saturating_sub(1), cells.len() == 1);
        let mut below = Vec::new();
        let mut texts = Vec::new();
        for (index, mut cell) in cells.into_iter().enumerate() {
            let is_rows = alone || index == last && is_children(&cell.lists);
            if is_rows {
                below.append(&mut cell.lists);
            }
            for items in cell.lists {
                cell.text.push('\n');
                cell.text.push_str(&items.join("\n"));
            }
            texts.push(cell.text.trim().to_owned());
        }
        if texts.iter().any(|text| !text.is_empty()) {
            blocks.push(Block::row(at, texts));
        }
        write_lists(at, below, blocks);
    }
}

/// Whether lists in the last cell are child rows and no part of its text.
fn is_children(lists: &[Vec<String>]) -> bool {
    lists.iter().any(|items| items.first().is_some_and(|item| item.starts_with('└')))
}
