//! A page as blocks, whatever its form is: headings, lines of text, code and tables, with their positions.

use std::ops::Range;

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its bytes in the page.
    pub(crate) at: Range<usize>,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A heading, 1 being the highest level.
    Heading(u8, String),
    /// A line or paragraph.
    Text(String),
    /// A sample or other preformatted text.
    Code(String),
    /// A table.
    Table(Table),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// The rows, the header included.
    pub(crate) rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TableRow {
    /// Its bytes in the page.
    pub(crate) at: Range<usize>,
    /// The cells, one for each column that the row has.
    pub(crate) cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its lines. White space at the start is kept, because it may show how deep a name is nested.
    pub(crate) text: String,
    /// Whether the page marks it as a header.
    pub(crate) header: bool,
    /// Whether it only continues the cell to its left, which spans several columns, or the one above it.
    pub(crate) spanned: bool,
    /// Tables in it.
    pub(crate) tables: Vec<Table>,
}

impl Cell {
    /// A cell with nothing but text.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The text without white space around it.
    pub(crate) fn trimmed(&self) -> &str {
        self.text.trim()
    }
}

impl TableRow {
    /// The text of a row that has only one: a title over the rows below it.
    pub(crate) fn title(&self) -> Option<&str> {
        let mut filled = self.cells.iter().filter(|cell| !cell.trimmed().is_empty());
        let first = filled.next()?;
        let is_alone = filled.next().is_none() && self.cells.iter().skip(1).all(|cell| cell.spanned);
        (is_alone && self.cells.len() > 1 && first.tables.is_empty()).then_some(first.trimmed())
    }
}

/// Maximum cells of the tables of a page. The largest page seen so far has about 4,000.
pub(crate) const MOST_CELLS: usize = 200_000;

/// Maximum blocks of a page. The largest page seen so far has about 1,000 lines.
pub(crate) const MOST_BLOCKS: usize = 50_000;
