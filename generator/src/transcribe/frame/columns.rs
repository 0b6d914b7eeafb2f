//! The columns of a table, from its header.

use super::names::{self, Name};
use crate::terms::Column;
use crate::transcribe::dialect::Dialect;
use crate::transcribe::page::block::{Cell, Table, TableRow};
use crate::transcribe::types::{self, Kind};

/// The columns of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    /// What each column contains. `None` if the dictionary does not know its header.
    pub(crate) kinds: Vec<Option<Column>>,
    /// The headers.
    pub(super) headers: Vec<String>,
    /// The row of the header.
    pub(super) header: usize,
}

/// Rows above a header: titles over the whole table.
const ABOVE: usize = 3;

impl Columns {
    /// Finds the header of a table: the first row that has at least two known words.
    pub(super) fn find(table: &Table, dialect: &Dialect) -> Option<Self> {
        let rows = table.rows.iter().take(ABOVE).enumerate();
        let found = rows
            .map(|(at, row)| Self::read(at, row, dialect))
            .find(|columns| columns.kinds.iter().flatten().count() >= 2);
        found.map(|columns| columns.with_places(table, dialect).with_names(table))
    }

    /// Takes a column without a header for that of the names, if its cells are names and those of the column of the names are not.
    fn with_names(mut self, table: &Table) -> Self {
        let rows = || table.rows.iter().skip(self.header + 1).filter(|row| row.cells.len() == self.kinds.len());
        let text =
            |row: &TableRow, at: usize| row.cells.get(at).map(|cell| cell.trimmed().to_owned()).unwrap_or_default();
        let is_named = |at: usize| rows().next().is_some() && rows().all(|row| names::may_be_name(&text(row, at)));
        let nameless = self.headers.iter().position(String::is_empty).filter(|at| is_named(*at));
        let (Some(own), Some(label)) = (nameless, self.position(Column::Name).filter(|at| !is_named(*at))) else {
            return self;
        };
        for (at, kind) in [(own, Column::Name), (label, Column::Label)] {
            self.kinds.iter_mut().skip(at).take(1).for_each(|own| *own = Some(kind));
        }
        self
    }

    /// Which of several columns for names has them: the first one whose cells are names wherever another one has a text too. The second
    /// value tells whether another column fits as well.
    pub(super) fn named<'r>(&self, rows: impl Iterator<Item = &'r TableRow>) -> (Option<usize>, bool) {
        let names = rows.map(|row| self.cells(row, Column::Name).map(Cell::trimmed).collect::<Vec<_>>());
        let filled = |cells: &Vec<&str>| cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
        let both: Vec<Vec<&str>> = names.filter(filled).collect();
        let columns = both.iter().map(Vec::len).max().unwrap_or_default();
        let fits = |at: &usize| both.iter().all(|cells| cells.get(*at).is_some_and(|cell| names::may_be_name(cell)));
        let mut own = (0..columns).filter(fits);
        (own.next(), own.next().is_some())
    }

    /// Takes a column with nothing but places for that of the places: pages call it "type of the parameter" too.
    fn with_places(mut self, table: &Table, dialect: &Dialect) -> Self {
        let is_place =
            |cell: &Cell| dialect.place(cell.trimmed()).is_some() && dialect.type_word(cell.trimmed()).is_none();
        for (at, kind) in
            self.kinds.iter_mut().enumerate().filter(|(_, kind)| matches!(kind, None | Some(Column::Type)))
        {
            let mut cells = table.rows.iter().skip(self.header + 1).filter_map(|row| row.cells.get(at)).peekable();
            if cells.peek().is_some() && cells.all(is_place) {
                *kind = Some(Column::Location);
            }
        }
        self
    }

    /// Whether all cells of a row are headers.
    pub(super) fn are_headers(row: &TableRow, dialect: &Dialect) -> bool {
        let columns = Self::read(0, row, dialect);
        let filled = row.cells.iter().filter(|cell| !cell.trimmed().is_empty()).count();
        let own = row.cells.iter().zip(&columns.kinds).filter(|(cell, _)| !cell.trimmed().is_empty());
        let known = own.filter(|(_, kind)| kind.is_some()).count();
        known >= 3 && known + 1 >= filled && (columns.has(Column::Name) || columns.has(Column::Code))
    }

    /// Reads the header of a table.
    pub(crate) fn read(header: usize, row: &TableRow, dialect: &Dialect) -> Self {
        let mut columns = Self { header, ..Self::default() };
        for cell in &row.cells {
            // A header that spans two columns is the header of both.
            let spans = cell.spanned && cell.trimmed().is_empty();
            let (kind, text) = match (spans, columns.kinds.last(), columns.headers.last()) {
                (true, Some(kind), Some(text)) => (*kind, text.clone()),
                _ => (dialect.column(cell.trimmed()), cell.trimmed().to_owned()),
            };
            columns.kinds.push(kind);
            columns.headers.push(text);
        }
        columns.names_of_codes();
        columns
    }

    /// In a table with an error code, a column with the word for names is only a text.
    fn names_of_codes(&mut self) {
        let has_code = self.has(Column::Code);
        let has_type = self.has(Column::Type);
        if has_code && has_type && self.has(Column::Name) {
            // `Code` is also the header of a column with the codes of fields.
            self.kinds
                .iter_mut()
                .filter(|kind| **kind == Some(Column::Code))
                .for_each(|kind| *kind = Some(Column::Ignore));
        } else if has_code && !has_type {
            self.kinds
                .iter_mut()
                .filter(|kind| **kind == Some(Column::Name))
                .for_each(|kind| *kind = Some(Column::Label));
        }
    }

    /// Whether a column contains this.
    pub(super) fn has(&self, column: Column) -> bool {
        self.kinds.contains(&Some(column))
    }

    /// Whether the rows are fields.
    pub(super) fn are_fields(&self) -> bool {
        self.has(Column::Name) && (self.has(Column::Type) || self.has(Column::Required))
    }

    /// Whether the rows may be fields, if the heading tells that they are.
    pub(super) fn may_be_fields(&self) -> bool {
        self.has(Column::Name) && !self.has(Column::Code)
    }

    /// The cells of a row in the columns that contain this, in the order of the page.
    pub(super) fn cells<'r>(&'r self, row: &'r TableRow, column: Column) -> impl Iterator<Item = &'r Cell> {
        row.cells.iter().zip(&self.kinds).filter(move |(_, kind)| **kind == Some(column)).map(|(cell, _)| cell)
    }

    /// The texts of a row in the columns that contain this. What several columns repeat counts once.
    pub(super) fn text(&self, row: &TableRow, column: Column) -> String {
        let mut texts: Vec<&str> = Vec::new();
        for (_, text) in self.filled(row, column) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join(" ")
    }

    /// The headers and texts of a row in the columns that contain this, without empty cells.
    pub(super) fn filled<'r>(&'r self, row: &'r TableRow, column: Column) -> impl Iterator<Item = (&'r str, &'r str)> {
        let columns = row.cells.iter().zip(self.kinds.iter().zip(&self.headers));
        let own = columns.filter(move |(_, (kind, _))| **kind == Some(column));
        own.map(|(cell, (_, header))| (header.as_str(), cell.trimmed())).filter(|(_, text)| !text.is_empty())
    }

    /// Whether a row repeats the header.
    pub(super) fn is_header(&self, row: &TableRow) -> bool {
        let texts = row.cells.iter().map(Cell::trimmed);
        row.cells.len() == self.headers.len() && texts.zip(&self.headers).all(|(text, header)| text == header)
    }

    /// Takes the first column for that of the names, if its header is unknown and all its cells can be names. Returns whether it is.
    pub(super) fn named_first(mut self, table: &Table) -> (Self, bool) {
        let mut cells = table.rows.iter().skip(self.header + 1).filter_map(|row| row.cells.first()).peekable();
        let may_be = self.has(Column::Type) && !self.has(Column::Code) && cells.peek().is_some();
        let is_named = may_be && cells.all(|cell| names::is_name(cell.trimmed()));
        let first = self.kinds.first_mut().filter(|kind| kind.is_none() && is_named);
        let is_guess = first.is_some();
        if let Some(kind) = first {
            *kind = Some(Column::Name);
        }
        (self, is_guess)
    }

    /// Whether a row has as many cells as these columns, and a name.
    pub(super) fn is_named(&self, row: &TableRow, dialect: &Dialect) -> bool {
        let cells: Vec<&Cell> = self.cells(row, Column::Name).collect();
        row.cells.len() == self.kinds.len() && matches!(names::read(&cells, None, dialect), Name::Field(_))
    }

    /// Whether a row has a name and a known type in these columns, and as many cells.
    pub(super) fn is_field(&self, row: &TableRow, dialect: &Dialect) -> bool {
        let cells: Vec<&Cell> = self.cells(row, Column::Name).collect();
        row.cells.len() == self.kinds.len()
            && matches!(names::read(&cells, None, dialect), Name::Field(_))
            && !matches!(types::read(&self.text(row, Column::Type), dialect).kind, Kind::Unknown | Kind::Named)
    }

    /// The first column that contains this.
    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.kinds.iter().position(|kind| *kind == Some(column))
    }
}
