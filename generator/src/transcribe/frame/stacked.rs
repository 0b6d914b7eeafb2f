//! Tables with a line for each cell and nothing that separates rows, as some copies and crawlers write them.

use super::columns::Columns;
use super::facts;
use super::names::{self, Name};
use crate::diagnostic::Code;
use crate::terms::Column;
use crate::transcribe::Refusal;
use crate::transcribe::dialect::Dialect;
use crate::transcribe::page::block::{Block, Cell, Kind as BlockKind, Table, TableRow};
use crate::transcribe::types::{self, Kind};

/// Fewest and most columns. Fewer header words may be a sentence.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=12;

/// Maximum characters of a header.
const LONGEST_HEADER: usize = 30;

/// Maximum lines of a cell whose end is marked.
const LONGEST_CELL: usize = 50;

/// Makes tables of the lines that are the cells of one. A table whose rows are not certain is rejected.
pub(super) fn tables(blocks: Vec<Block>, dialect: &Dialect) -> Result<Vec<Block>, Refusal> {
    let mut found = Vec::with_capacity(blocks.len());
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let rest = blocks.get(at..).unwrap_or_default();
        let headers = headers(rest, dialect);
        if headers.is_empty() {
            found.push(block.clone());
            at += 1;
            continue;
        }
        let read = |columns: usize| read(rest, columns, dialect).filter(|(rows, _)| rows.len() > 1);
        let mut certain = headers.iter().filter_map(|columns| read(*columns));
        let (Some((rows, length)), None) = (certain.next(), certain.next()) else { return Err(uncertain(block)) };
        let end = rows.last().map_or(block.at.end, |row| row.at.end);
        found.push(Block { at: block.at.start..end, kind: BlockKind::Table(Table { rows }) });
        at += length;
    }
    Ok(found)
}

fn uncertain(block: &Block) -> Refusal {
    let message = "the cells of this table are on lines of their own, and nothing shows which of them are in one row";
    Refusal::new(Code::StrayLine, block.at.clone(), message)
        .help("save the page as HTML, or copy the table so that its cells have tabs or pipes between them")
}

/// How many columns a header may have that begins with the first block: the first field may have the name of a header.
fn headers(blocks: &[Block], dialect: &Dialect) -> Vec<usize> {
    let mut kinds: Vec<Column> = Vec::new();
    let mut counts = Vec::new();
    for block in blocks.iter().take(*COLUMNS.end()) {
        let Some(text) = text(block).filter(|text| text.chars().count() <= LONGEST_HEADER) else { break };
        let Some(kind) = dialect.column(bare(text)) else { break };
        if kinds.contains(&kind) || matches!(kind, Column::Code | Column::Message | Column::Status | Column::Solution) {
            break;
        }
        kinds.push(kind);
        let are_fields = kinds.contains(&Column::Name) && kinds.contains(&Column::Type);
        if are_fields && COLUMNS.contains(&kinds.len()) {
            counts.push(kinds.len());
        }
    }
    counts
}

/// Reads the rows below a header with so many columns, if all of them are rows, and how many blocks they have.
fn read(blocks: &[Block], columns: usize, dialect: &Dialect) -> Option<(Vec<TableRow>, usize)> {
    let is_marked = blocks.iter().take(columns).all(|block| text(block).is_some_and(|text| text.ends_with('|')));
    let (header, mut length) = row(blocks, columns, is_marked)?;
    let kinds = Columns::find(&Table { rows: vec![header.clone()] }, dialect)?;
    let mut rows = vec![header];
    while let Some(rest) = blocks.get(length..).filter(|rest| !rest.is_empty()) {
        if !is_marked && ends(rest, dialect) || is_marked && !is_cell(rest) {
            break;
        }
        let (row, taken) = row(rest, columns, is_marked)?;
        if !kinds.is_header(&row) && !is_field(&row, &kinds, is_marked, dialect) {
            return None;
        }
        rows.push(row);
        length += taken;
    }
    Some((rows, length))
}

/// Whether a table ends: with another header, perhaps below a line, with a heading, or with a block of another kind.
fn ends(rest: &[Block], dialect: &Dialect) -> bool {
    let Some(text) = rest.first().and_then(text) else { return true };
    let below = rest.get(1..).unwrap_or_default();
    let is_title = dialect.section(text).is_some() || facts::label(text, dialect).is_some();
    is_title && below.first().is_none_or(|below| !is_type(below, dialect))
        || !headers(rest, dialect).is_empty()
        || !headers(below, dialect).is_empty()
}

fn is_type(block: &Block, dialect: &Dialect) -> bool {
    text(block).is_some_and(|text| dialect.type_word(text).is_some())
}

/// Whether the blocks begin with a cell whose end is marked.
fn is_cell(rest: &[Block]) -> bool {
    let lines = rest.iter().take(LONGEST_CELL).map_while(text);
    let mut lines = lines.take_while(|line| !line.is_empty());
    lines.next().is_some_and(|line| line.ends_with('|'))
}

/// Reads one row: its cells, and how many blocks it has.
fn row(blocks: &[Block], columns: usize, is_marked: bool) -> Option<(TableRow, usize)> {
    let mut cells: Vec<Cell> = Vec::with_capacity(columns);
    let mut lines: Vec<&str> = Vec::new();
    let mut length = 0;
    while cells.len() < columns {
        let text = text(blocks.get(length)?)?;
        length += 1;
        lines.push(bare(text));
        if !is_marked || text.ends_with('|') {
            cells.push(Cell::new(lines.join("\n")));
            lines.clear();
        } else if lines.len() > LONGEST_CELL {
            return None;
        }
    }
    let at = blocks.first()?.at.start..blocks.get(length - 1)?.at.end;
    Some((TableRow { at, cells, ..TableRow::default() }, length))
}

/// Whether a row is one of fields. Where empty cells may be missing, each cell must be what its column is about.
fn is_field(row: &TableRow, columns: &Columns, is_marked: bool, dialect: &Dialect) -> bool {
    let cells: Vec<&Cell> = columns.cells(row, Column::Name).collect();
    let is_named = matches!(names::read(&cells, None, dialect), Name::Field(_));
    let word = columns.text(row, Column::Type);
    let is_typed = types::read(&word, dialect).kind != Kind::Unknown || is_marked && word.is_empty();
    let mark = columns.text(row, Column::Required);
    let is_required = !columns.has(Column::Required) || dialect.mark(&mark).is_some() || is_marked && mark.is_empty();
    is_named && is_typed && is_required
}

fn text(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Text(text) => Some(text.trim()),
        _ => None,
    }
}

/// A cell without the pipe behind it.
fn bare(text: &str) -> &str {
    text.strip_suffix('|').unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &str) -> Result<Vec<Vec<String>>, String> {
        let blocks = lines.lines().map(|line| Block { at: 0..0, kind: BlockKind::Text(line.to_owned()) }).collect();
        let found = tables(blocks, &Dialect::new(None)).map_err(|refusal| refusal.message)?;
        let tables = found.into_iter().filter_map(|block| match block.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        });
        let texts = |row: TableRow| row.cells.iter().map(|cell| cell.trimmed().to_owned()).collect();
        Ok(tables.flat_map(|table| table.rows).map(texts).collect())
    }

    #[test]
    fn rows_are_read_if_all_of_them_fit_the_header() {
        let page = "参数名\n类型\n必填\n说明\nname\nstring\n是\n名称\nsize\nint\n否\n大小\n返回参数\n参数名\n类型\n说明\ncode\nint\n结果";
        let found = rows(page).expect("tables");
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 4, 3, 3]);
        assert_eq!(found.last().map(|row| row.join(" ")), Some("code int 结果".to_owned()));
        // The description of the first field is missing.
        assert!(rows("参数名\n类型\n必填\n说明\nname\nstring\n是\nsize\nint\n否\n大小").is_err());
    }

    #[test]
    fn cells_with_a_pipe_behind_them_may_be_empty_or_have_several_lines() {
        let page = "Params |\nRequire |\nDataType |\nDescription |\nname |\nY |\nString |\n|\nsize |\n|\nInteger |\none\ntwo |\nCrate\n";
        let found = rows(page).expect("a table");
        assert_eq!(
            found.get(1..),
            Some(
                &[vec!["name", "Y", "String", ""], vec!["size", "", "Integer", "one\ntwo"]]
                    .map(|row| row.into_iter().map(str::to_owned).collect::<Vec<_>>())[..]
            )
        );
    }

    #[test]
    fn sentences_are_no_headers() {
        assert_eq!(rows("名称\n类型\nmore\n"), Ok(Vec::new()));
        assert_eq!(rows("名称\n描述\n类型以外的文字"), Ok(Vec::new()));
    }
}
