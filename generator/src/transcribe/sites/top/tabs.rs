//! A page as copied from a browser: the cells of a row have tabs between them, empty ones too.
//!
//! A cell may run over several lines: those of a list of limits, or a description with line breaks. Child rows come
//! as rows whose first cell has a bullet or the sign of a leaf, or with each cell on a line of its own. Empty cells at the end of a
//! line may be gone. Only the words of the columns show which of these a line is, so that the reader of other tables with tabs,
//! which counts cells, would take child rows for text of the row above them.

use super::columns::Columns;
use super::grid;
use super::samples::without_numbers;
use super::words::{heading, is_name, is_type, limit, mark};
use crate::transcribe::draft::Draft;
use crate::transcribe::page::block::{Block, Cell, Kind, List};
use crate::transcribe::page::{Line, Page, bullet};
use crate::transcribe::row::Side;
use crate::transcribe::{Options, Refusal};

/// Whether the page has a table with tabs.
pub(crate) fn is_copy(page: &Page<'_>) -> bool {
    page.lines().iter().any(|line| line.text.contains('\t') && header(line.text).is_some())
}

fn header(text: &str) -> Option<Columns> {
    let cells: Vec<&str> = text.trim().split('\t').collect();
    Columns::of(&cells)
}

/// Reads a page.
pub(crate) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    grid::read(page, options, &blocks(page), (super::TEXT, false))
}

/// Reads the lines.
fn blocks(page: &Page<'_>) -> Vec<Block> {
    let lines = without_numbers(page.lines());
    let mut reader = Reader { blocks: Vec::new(), columns: None, in_list: false };
    for (at, line) in lines.iter().enumerate() {
        reader.line(line, lines.get(at + 1..).unwrap_or_default());
    }
    reader.blocks
}

struct Reader {
    blocks: Vec<Block>,
    /// The columns of the table that is being read.
    columns: Option<Columns>,
    /// Whether the lines are cells of child rows.
    in_list: bool,
}

impl Reader {
    fn line(&mut self, line: &Line<'_>, after: &[Line<'_>]) {
        let text = line.text.trim();
        if text.is_empty() {
            // Samples keep their empty lines.
            self.blocks.push(Block::line(line.bytes(), ""));
            return;
        }
        if let Some(columns) = header(line.text) {
            self.columns = Some(columns);
            self.in_list = false;
        } else if heading(text).is_some() {
            self.columns = None;
            self.in_list = false;
            let mut block = Block::line(line.bytes(), text);
            grid::open(&mut block);
            return self.blocks.push(block);
        } else if let Some(columns) = self.columns.clone() {
            return self.table_line(line, after, &columns);
        }
        self.blocks.push(match line.text.contains('\t') {
            true => Block::row(line.bytes(), line.text.split('\t')),
            false => Block::line(line.bytes(), line.text),
        });
    }

    fn table_line(&mut self, line: &Line<'_>, after: &[Line<'_>], columns: &Columns) {
        let text = line.text.trim();
        if self.goes_on(line, columns) {
            return;
        }
        if bullet(text).unwrap_or(text).contains('\t') {
            self.in_list = false;
            let indent = line.text.len() - line.text.trim_start().len();
            self.blocks.push(Block::row(line.at + indent..line.bytes().end, text.split('\t')));
            return;
        }
        let is_cell = bullet(text).is_some() || text.starts_with('└') || self.in_list;
        if is_cell || starts_child(text, after, columns.side()) {
            self.in_list = true;
            let item = bullet(text).unwrap_or(text).to_owned();
            match self.blocks.last_mut().map(|block| &mut block.kind) {
                Some(Kind::List(list)) => list.items.push(item),
                _ => {
                    let kind = Kind::List(List { depth: 1, items: vec![item] });
                    self.blocks.push(Block { at: line.bytes(), kind });
                }
            }
            return;
        }
        match self.row().filter(|cells| cells.len() == columns.count()).and_then(|cells| cells.last_mut()) {
            Some(cell) => cell.add_line(text),
            None => self.blocks.push(Block::line(line.bytes(), line.text)),
        }
    }

    /// Adds the line to a row that lacks cells, if it can belong there.
    fn goes_on(&mut self, line: &Line<'_>, columns: &Columns) -> bool {
        let text = line.text.trim();
        let item = bullet(text).unwrap_or(text);
        let limits = columns.limits();
        let Some(cells) = self.row().filter(|cells| cells.len() < columns.count()) else { return false };
        if let Some(place) = limits.filter(|place| cells.len() <= place + 1 && limit(item).is_some()) {
            // Empty cells at the end of a line may be gone.
            cells.resize(cells.len().max(place), Cell::default());
            match cells.get_mut(place) {
                Some(cell) => cell.add_line(item),
                None => cells.push(Cell::new(item)),
            }
            return true;
        }
        let is_rest = line.text.starts_with('\t') && bullet(text).is_none() && !text.starts_with('└');
        if is_rest && cells.len() + line.text.matches('\t').count() <= columns.count() {
            // The first tab ends the cell that the line before has begun.
            cells.extend(line.text.split('\t').skip(1).map(Cell::new));
            return true;
        }
        false
    }

    /// The cells of the row that the line before is.
    fn row(&mut self) -> Option<&mut Vec<Cell>> {
        match &mut self.blocks.last_mut()?.kind {
            Kind::Table(table) if !self.in_list => Some(&mut table.rows.last_mut()?.cells),
            _ => None,
        }
    }
}

/// Whether a line without tabs is the name of a child row whose other cells follow on lines of their own.
fn starts_child(text: &str, after: &[Line<'_>], side: Side) -> bool {
    let mut next = after.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty());
    let (word, second) = (next.next().unwrap_or_default(), next.next().unwrap_or_default());
    let is_marked = side == Side::Response || mark(second).is_some();
    is_name(text) && is_type(word) && is_marked
}
