//! Rows whose cells are not below their headers: one is lost, so that the others have slipped to the left, or a description
//! contains the sign that parts cells. If the type is in the last column, such a row is read from its right end.

use std::borrow::Cow;

use super::columns::Columns;
use crate::terms::Column;
use crate::transcribe::dialect::Dialect;
use crate::transcribe::page::block::{Cell, TableRow};
use crate::transcribe::types::is_type;

/// A row with a cell for each column, as far as it can be put in order.
#[derive(Debug)]
pub(super) struct Aligned<'t> {
    /// The row.
    pub(super) row: Cow<'t, TableRow>,
    /// Whether it has lost a cell.
    pub(super) has_slipped: bool,
    /// Whether several cells were taken for its description.
    pub(super) is_merged: bool,
}

/// Puts the cells of a row below their headers.
pub(super) fn align<'t>(row: &'t TableRow, columns: &Columns, dialect: &Dialect) -> Aligned<'t> {
    use Column::{Description, Name, Required, Type};
    let width = columns.kinds.len();
    let has_type_last = matches!(
        columns.kinds.as_slice(),
        [Some(Name), Some(Description), Some(Type)] | [Some(Name), Some(Description), Some(Required), Some(Type)]
    );
    let is_plain = row.cells.iter().all(|cell| !cell.spanned && cell.tables.is_empty());
    let mut cells: Vec<&str> = row.cells.iter().skip(1).map(Cell::trimmed).collect();
    let is_whole = row.cells.len() == width && cells.last().is_some_and(|cell| !cell.is_empty());
    let Some(name) = row.cells.first().filter(|_| has_type_last && is_plain && !is_whole && !cells.is_empty()) else {
        return Aligned { row: Cow::Borrowed(row), has_slipped: false, is_merged: false };
    };
    while cells.len() >= width && cells.last().is_some_and(|cell| dialect.is_empty(cell)) {
        cells.pop();
    }
    let has_slipped = cells.len() + 1 < width || cells.last().is_some_and(|cell| cell.is_empty());
    while has_slipped && cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    let fits = |cell: &str| !has_slipped || is_type(cell, dialect) && dialect.mark(cell).is_none();
    let word = cells.pop_if(|cell| fits(cell)).unwrap_or_default();
    // Without its type, a row in which no cell is missing has at least a description and the mark.
    let has_all = cells.len() + 2 >= width;
    let mark = cells.pop_if(|cell| columns.has(Required) && (has_all || dialect.mark(cell).is_some()));
    let texts: Vec<&str> = cells.iter().filter(|cell| !cell.is_empty()).copied().collect();
    let mark = columns.has(Required).then(|| mark.unwrap_or_default());
    let texts = [Some(texts.join(" | ")), mark.map(str::to_owned), Some(word.to_owned())];
    let aligned = [name.clone()].into_iter().chain(texts.into_iter().flatten().map(Cell::new));
    let row = TableRow { cells: aligned.collect(), ..row.clone() };
    Aligned { row: Cow::Owned(row), has_slipped, is_merged: cells.len() > 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(cells: &[&str]) -> (Vec<String>, bool, bool) {
        let row =
            |cells: &[&str]| TableRow { cells: cells.iter().copied().map(Cell::new).collect(), ..TableRow::default() };
        let dialect = Dialect::new(None);
        let columns = Columns::read(0, &row(&["name", "description", "required", "type"]), &dialect);
        let row = row(cells);
        let aligned = align(&row, &columns, &dialect);
        let texts = aligned.row.cells.iter().map(|cell| cell.text.clone()).collect();
        (texts, aligned.has_slipped, aligned.is_merged)
    }

    #[test]
    fn rows_are_read_from_their_type() {
        let texts = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        assert_eq!(aligned(&["tag", "the tag", "Yes", "-"]), (texts(["tag", "the tag", "Yes", "-"]), false, false));
        assert_eq!(aligned(&["tag", "Yes", "String", ""]), (texts(["tag", "", "Yes", "String"]), true, false));
        assert_eq!(aligned(&["tag", "the tag", "String"]), (texts(["tag", "the tag", "", "String"]), true, false));
        assert_eq!(aligned(&["tag", "A", "B", "No", "String"]), (texts(["tag", "A | B", "No", "String"]), false, true));
        assert_eq!(aligned(&["tag", "the tag", "Yes"]), (texts(["tag", "the tag", "Yes", ""]), true, false));
    }
}
