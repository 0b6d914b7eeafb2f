//! The columns of a table, by its header, and the rows that keep to them.
//!
//! `frame::row` reads rows of other pages. It would lose facts of these: it takes limits out of descriptions, which the platform's
//! own document service leaves in, and it knows neither a column with several limits nor lines that lose their empty last cells.
//! A line is a header only if all its words are headers, because flattened pages show no cells.

use std::ops::Range;

use super::rows::{Cells, PageRow};
use super::words::{self, is_name, is_type, limit, limits, mark, type_word};
use crate::terms::{About, Column, Note, Required};
use crate::transcribe::field::filled;
use crate::transcribe::page::block::{Block, Kind};
use crate::transcribe::page::folded;
use crate::transcribe::row::{Row, Side};

/// The sign of a child row without members.
const LEAF: char = '└';

/// The columns of a table, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns(Vec<Column>);

/// More columns than a header has.
const MOST: usize = 9;

/// The column of all limits, of which the default value is one.
const LIMITS: Column = Column::Default;

impl Columns {
    /// Parses a table header. Returns `None` if the cells are not one.
    pub(crate) fn of<T: AsRef<str>>(header: &[T]) -> Option<Self> {
        Self::read(header.iter().map(AsRef::as_ref))
    }

    fn read<'c>(header: impl Iterator<Item = &'c str>) -> Option<Self> {
        let columns = words::columns(header).filter(|columns| columns.first() == Some(&Column::Name))?;
        let is_whole = [Column::Name, Column::Type, Column::Example, Column::Description]
            .iter()
            .all(|wanted| columns.iter().filter(|column| *column == wanted).count() == 1);
        is_whole.then_some(Self(columns))
    }

    /// Parses the header that a block is: a row, or a line in which all cells are words.
    pub(super) fn of_block(block: &Block) -> Option<Self> {
        match &block.kind {
            Kind::Text(text) => Self::of_line(text),
            _ => Self::of(block.cells()?),
        }
    }

    /// Parses a header with blanks between its cells.
    pub(super) fn of_line(line: &str) -> Option<Self> {
        Self::read(line.trim().split(' ').take(MOST))
    }

    /// Which table it is.
    pub(crate) fn side(&self) -> Side {
        if self.0.contains(&Column::Required) { Side::Request } else { Side::Response }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The place of the limits.
    pub(crate) fn limits(&self) -> Option<usize> {
        self.0.iter().position(|column| *column == LIMITS)
    }

    fn without_limits(&self) -> Self {
        Self(self.0.iter().copied().filter(|column| *column != LIMITS).collect())
    }

    fn cell<'a, T: AsRef<str>>(&self, cells: &'a [T], wanted: Column) -> &'a str {
        let at = self.0.iter().position(|column| *column == wanted);
        at.and_then(|at| cells.get(at)).map(|cell| cell.as_ref().trim()).unwrap_or_default()
    }

    /// The name cell, without the sign of a leaf, and whether it had the sign.
    fn name<'a, T: AsRef<str>>(&self, cells: &'a [T]) -> (&'a str, bool) {
        named(self.cell(cells, Column::Name))
    }

    /// Reads a row. One with too few cells has lost its empty last ones, if lines of this page may lose those; otherwise it is
    /// unclear which cell is missing.
    pub(crate) fn row<'a, T: AsRef<str>>(&self, cells: &[T], at: Range<usize>, trimmed: bool) -> PageRow<'a> {
        let (name, is_leaf) = self.name(cells);
        let mut row = Row::new(name, at);
        let field = &mut row.field;
        field.type_word = type_word(&folded(self.cell(cells, Column::Type)));
        field.example = filled(&folded(self.cell(cells, Column::Example)));
        field.description = filled(&folded(self.cell(cells, Column::Description)));
        let mark = self.cell(cells, Column::Required);
        let required = if self.side() == Side::Request { required(mark) } else { Some(Required::No) };
        field.required = required.unwrap_or(Required::Unknown);
        let (limits, unread) = limits(self.cell(cells, LIMITS));
        let texts = [About::Type, About::Example, About::Description];
        if cells.len() > self.count() {
            texts.into_iter().for_each(|about| field.doubt(about, Note::CellsMerged));
        } else if cells.len() < self.count() && !trimmed || required.is_none() && !mark.is_empty() {
            texts.into_iter().for_each(|about| field.doubt(about, Note::CellLost));
        }
        match unread {
            // Limits are always of the form `word: value`; a row that has lost a cell shows its description here.
            Some(text) if field.description.is_none() && cells.len() < self.count() => {
                field.description = filled(&folded(text));
                [About::Example, About::Description].into_iter().for_each(|about| field.doubt(about, Note::CellLost));
            }
            Some(_) => field.doubt(About::Default, Note::Ambiguous),
            None => {}
        }
        if required.is_none() {
            field.doubt(About::Required, Note::ColumnEmpty);
        }
        limits.iter().for_each(|limit| limit.set(field));
        PageRow { is_leaf, ..PageRow::new(row, Cells::Kept) }
    }

    /// The child rows that the items of one list are, if each has all its cells, empty ones included. Those of a
    /// request may come without limits.
    pub(crate) fn children<'a>(&self, items: &[String], at: Range<usize>) -> Option<Vec<PageRow<'a>>> {
        let short = self.without_limits();
        let widths = [self, &short];
        let fits = |columns: &&Self| {
            let width = columns.count();
            items.len() >= width
                && items.len().is_multiple_of(width)
                && items.chunks(width).all(|row| columns.is_child(row))
        };
        let columns = widths.into_iter().find(fits)?;
        let rows = items.chunks(columns.count()).map(|cells| {
            let row = columns.row(cells, at.clone(), false);
            // Without the column of limits a row that has lost a cell and has limits looks the same.
            let is_sure = columns.count() == self.count() || cells.iter().any(|cell| cell.trim().is_empty());
            PageRow { cells: if is_sure { Cells::Kept } else { Cells::Slipped }, ..row }
        });
        Some(rows.collect())
    }

    fn is_child(&self, cells: &[String]) -> bool {
        let (name, _) = self.name(cells);
        let word = self.cell(cells, Column::Type);
        let is_marked = self.side() == Side::Response || required(self.cell(cells, Column::Required)).is_some();
        let others = cells.iter().skip(1);
        let texts = [Column::Example, Column::Description].map(|column| self.cell(cells, column));
        is_name(name)
            && (is_type(word) || word.is_empty())
            && is_marked
            && others.into_iter().all(|cell| !cell.trim().starts_with(LEAF))
            && limits(self.cell(cells, LIMITS)).1.is_none()
            && (self.limits().is_some() || texts.iter().all(|text| limit(text).is_none()))
    }
}

/// A name without the sign of a leaf, and whether it had the sign.
pub(crate) fn named(cell: &str) -> (&str, bool) {
    match cell.trim().strip_prefix(LEAF) {
        Some(name) => (name.trim(), true),
        None => (cell.trim(), false),
    }
}

/// The mark; copies in blogs write it as a truth value.
fn required(cell: &str) -> Option<Required> {
    match cell {
        "true" | "是" => Some(Required::Yes),
        "false" | "否" => Some(Required::No),
        word => mark(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcribe::field::Field;

    fn cells(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn row(columns: &Columns, row: &[String], trimmed: bool) -> Field {
        columns.row(row, 0..0, trimmed).row.field
    }

    #[test]
    fn columns_are_known_by_their_header() {
        assert_eq!(Columns::of(&["名称", "类型", "是否必须", "描述"]), None);
        let columns = Columns::of(&["名称", "类型", "是否必须", "示例值", "更多限制", "描述"]).expect("a header");
        let cells = cells(&["count", "Number []", "必须", "", "默认值:0\n最大列表长度:20", "数"]);
        let field = row(&columns, &cells, false);
        assert_eq!((field.type_word.as_str(), field.required), ("Number[]", Required::Yes));
        assert_eq!((field.example, field.description.as_deref()), (None, Some("数")));
        assert_eq!((field.default.as_deref(), field.max_items), (Some("0"), Some(20)));
        let short = cells.get(..4).unwrap_or_default();
        assert_eq!(row(&columns, short, true).doubts, []);
        assert_eq!(row(&columns, short, false).doubts.len(), 3);
    }

    #[test]
    fn lists_are_rows_only_with_all_their_cells() {
        let columns = Columns::of(&["名称", "类型", "示例值", "描述"]).expect("a header");
        let children = |texts: &[&str]| columns.children(&cells(texts), 0..0);
        let rows = children(&["└ tag", "String", "", "标", "shelf", "Shelf []", "", ""]).expect("rows");
        let found: Vec<_> = rows.iter().map(|row| (row.row.field.name.as_str(), row.is_leaf)).collect();
        assert_eq!(found, [("tag", true), ("shelf", false)]);
        assert!(children(&["└ tag", "String", "红"]).is_none());
        assert!(children(&["a", "A", "└ b", "B"]).is_none());
    }
}
