//! A page as blocks, whatever its form is: headings, lines of text, lists, code and tables, with their positions.

use std::borrow::Cow;
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
    /// A list of HTML, or the part of one between the lists in it.
    List(List),
    /// A sample or other preformatted text.
    Code(String),
    /// A table.
    Table(Table),
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    /// How many lists it is in, itself included.
    pub(crate) depth: usize,
    /// The lines of each item, empty ones included.
    pub(crate) items: Vec<String>,
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
    /// What HTML has between this row and the next one.
    pub(crate) below: Vec<Block>,
    /// Whether one of its lines may be a row of its own.
    pub(crate) is_joined: bool,
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
    /// Lists in it, whose text is part of its text too.
    pub(crate) lists: Vec<List>,
    /// The text outside of its lists, if it has some.
    pub(crate) beside: String,
    /// Whether the last lines of its text may be a note below the table.
    pub(crate) loose: bool,
    /// The preformatted part of its text.
    pub(crate) code: String,
}

impl Block {
    /// A line of text.
    pub(crate) fn line(at: Range<usize>, text: impl Into<String>) -> Self {
        Self { at, kind: Kind::Text(text.into()) }
    }

    /// A row that is a block of its own.
    pub(crate) fn row<T: Into<String>>(at: Range<usize>, cells: impl IntoIterator<Item = T>) -> Self {
        let row = TableRow::new(at.clone(), cells.into_iter().map(Cell::new).collect());
        Self { at, kind: Kind::Table(Table { rows: vec![row] }) }
    }

    /// The cells of a row that is a block of its own, or the first ones of a table.
    pub(crate) fn cells(&self) -> Option<&[Cell]> {
        match &self.kind {
            Kind::Table(table) => Some(&table.rows.first()?.cells),
            _ => None,
        }
    }

    /// All its text.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match &self.kind {
            Kind::Heading(_, text) | Kind::Text(text) | Kind::Code(text) => Cow::Borrowed(text),
            Kind::List(list) => Cow::Owned(list.items.join(" ")),
            Kind::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
                Cow::Owned(cells.collect::<Vec<_>>().join("\t"))
            }
        }
    }

    /// The only text of the block. `None` if it has several.
    pub(crate) fn single(&self) -> Option<&str> {
        match &self.kind {
            Kind::Heading(_, text) | Kind::Text(text) => Some(text.trim()),
            Kind::List(list) => list.items.first().filter(|_| list.items.len() == 1).map(|item| item.trim()),
            Kind::Table(_) => self.cells().filter(|cells| cells.len() == 1)?.first().map(Cell::trimmed),
            Kind::Code(_) => None,
        }
    }
}

impl Cell {
    /// A cell with nothing but text.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Adds a line to the text.
    pub(crate) fn add_line(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    /// The text without white space around it.
    pub(crate) fn trimmed(&self) -> &str {
        self.text.trim()
    }
}

impl AsRef<str> for Cell {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl TableRow {
    /// A row with nothing but cells.
    pub(crate) fn new(at: Range<usize>, cells: Vec<Cell>) -> Self {
        Self { at, cells, ..Self::default() }
    }

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
