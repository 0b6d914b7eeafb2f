//! Tables with pipes: with and without outer pipes, with and without a rule below the header, and with cells or rows that are
//! spread over several lines.

use super::block::{Block, Cell, Kind, Table, TableRow};
use super::inline::plain;
use super::{Line, may_be_name};

/// Maximum lines of one row. A row that is longer has lost a pipe.
const LONGEST_ROW: usize = 200;

/// Maximum pipes of a header. The widest table seen so far has eight columns.
const MOST_COLUMNS: usize = 200;

/// Lines that are looked at to find the rule below a header whose cells are on lines of their own.
const LONGEST_HEADER: usize = 30;

/// How the rows of a table are written.
#[derive(Copy, Clone, Debug)]
struct Style {
    /// Number of columns.
    columns: usize,
    /// Whether rows start with a pipe.
    lead: bool,
    /// Whether rows end with a pipe.
    trail: bool,
}

/// Reads the table that begins with the first line. Returns how many lines it has.
pub(super) fn table(rest: &[Line<'_>]) -> Option<(Block, usize)> {
    let first = rest.first().filter(|line| (1..=MOST_COLUMNS).contains(&count(line.text)))?;
    let (style, header, mut length) = header(rest)?;
    let mut rows = vec![row(header, style)];
    while let Some(lines) = rest.get(length..).filter(|lines| !lines.is_empty()) {
        if is_lone(lines) && style.trail && !style.lead {
            length += 1;
            continue;
        }
        let Some(taken) = next_row(lines, style) else {
            // The rest of the last cell, which its crawler has closed too early.
            let Some(rest) = behind_last_cell(lines, style).filter(|_| rows.len() > 1) else { break };
            let (Some(row), Some(more)) = (rows.last_mut(), lines.get(..rest)) else { break };
            add(row, more);
            length += rest;
            continue;
        };
        rows.push(row(lines.get(..taken)?, style));
        length += taken;
    }
    let end = rows.last()?.at.end;
    let is_table = rows.len() > 1 || style.lead && style.trail;
    (is_table && style.columns > 1).then_some((Block { at: first.at..end, kind: Kind::Table(Table { rows }) }, length))
}

/// Reads the row that the lines below a header begin with. Returns how many lines it has.
pub(crate) fn row_of(lines: &[Line<'_>], header: &str) -> Option<(TableRow, usize)> {
    let style = style(header);
    let taken = next_row(lines, style)?;
    Some((row(lines.get(..taken)?, style), taken))
}

/// The header's lines, and how many lines it has with the rule below it.
fn header<'l, 'a>(rest: &'l [Line<'a>]) -> Option<(Style, &'l [Line<'a>], usize)> {
    let first = rest.first()?;
    // A header in one line, with a rule or another row below it.
    let next = rest.get(1).map(|line| line.text).unwrap_or_default();
    let style = style(first.text);
    if style.columns > 1 && (rule(next).is_some() || count(next) > 0) {
        return match rule(next) {
            Some(columns) => Some((Style { columns: columns.max(style.columns), ..style }, rest.get(..1)?, 2)),
            None => Some((style, rest.get(..1)?, 1)),
        };
    }
    // A header with its cells on lines of their own: the rule tells how many there are, or the pipe at the start of each row.
    let Some(below) = rest.iter().take(LONGEST_HEADER).position(|line| rule(line.text).is_some()) else {
        return led_header(rest);
    };
    let header = rest.get(..below)?;
    let columns = rule(rest.get(below)?.text)?;
    let text = joined(header);
    let is_header = header.iter().all(|line| !line.text.trim().is_empty() && line.text.chars().count() < 80);
    let lead = text.trim_start().starts_with('|');
    let style = Style { columns, lead, trail: text.trim_end().ends_with('|') };
    (is_header && cells(&text) == columns).then_some((style, header, below + 1))
}

/// The header of a table without a rule, whose rows start with a pipe and have a line for each cell.
fn led_header<'l, 'a>(rest: &'l [Line<'a>]) -> Option<(Style, &'l [Line<'a>], usize)> {
    let is_led = |line: &Line<'_>| line.text.trim_start().starts_with('|');
    let next = rest.iter().take(LONGEST_HEADER).skip(1).position(is_led)? + 1;
    let header = rest.get(..next).filter(|_| rest.first().is_some_and(is_led))?;
    let is_cell =
        |line: &Line<'_>| line.text.trim_end().ends_with('|') && count(line.text) == 1 + usize::from(is_led(line));
    let style = Style { columns: cells(&joined(header)), lead: true, trail: true };
    (next > 1 && header.iter().all(is_cell)).then_some((style, header, next))
}

/// How many lines the next row has, if there is one.
fn next_row(lines: &[Line<'_>], style: Style) -> Option<usize> {
    let first = lines.first()?.text;
    // Crawlers leave out the pipe at the start, but hardly the others.
    let is_led = first.trim_start().starts_with('|') || !style.lead || count(first) + 1 >= style.columns;
    let is_row = count(first) > 0 && is_led;
    if !is_row || super::heading_like(first) || starts_table(lines) {
        return None;
    }
    let (mut pipes, mut taken) = (0, 0);
    let lead = usize::from(first.trim_start().starts_with('|'));
    let mut goes_on = false;
    for (at, line) in lines.iter().take(LONGEST_ROW).enumerate() {
        let text = line.text.trim();
        // A row of the same table, or one that has lost as many cells as the row above it. What has just the cells that are missing is no
        // row if it does not read as one, or if a name is all that is above it.
        let is_alone = !begins_row(text) || self::style(first).columns == 1;
        let is_rest = !style.lead && is_alone && pipes + count(text) == style.columns + lead;
        let is_full =
            self::style(text).columns >= style.columns || count(text) > 1 && count(text) >= count(first) && !is_rest;
        goes_on |= text.is_empty() && style.lead && style.trail && closes(lines, at, style.columns + lead - pipes);
        let is_other = is_full || text.is_empty() || super::heading_like(text);
        if at > 0 && !goes_on && (is_other || starts_table(lines.get(at..).unwrap_or_default())) {
            break;
        }
        (pipes, taken) = (pipes + count(text), at + 1);
        if pipes + usize::from(!style.trail) >= style.columns + lead {
            return Some(taken);
        }
    }
    // A row that never gets all its cells is one only if it has a pipe; text behind the table is not.
    if pipes == 0 {
        return None;
    }
    let whole = lines.iter().take(taken).take_while(|line| count(line.text) > 0).count();
    Some(if whole == 0 { taken } else { whole })
}

/// Whether a row goes on behind a blank line in one of its cells: the next line with pipes has as many as the row still needs.
fn closes(lines: &[Line<'_>], at: usize, missing: usize) -> bool {
    /// Lines that are looked at. A cell with a list has fewer.
    const LONGEST_LIST: usize = 60;
    let mut behind = lines.iter().skip(at).take(LONGEST_LIST).map(|line| line.text.trim());
    let is_other = |text: &str| text.starts_with('|') || super::heading_like(text) || text.starts_with("# ");
    let end = behind.find(|text| is_other(text) || count(text) > 0);
    // Only the last cell is so long that its lines may have a pipe in front of the blank line.
    let is_open =
        || at.checked_sub(1).and_then(|at| lines.get(at)).is_some_and(|line| !line.text.trim_end().ends_with('|'));
    let is_end = |text: &str| !is_other(text) && count(text) == missing && text.ends_with('|');
    (missing == 1 || missing > 1 && is_open()) && end.is_some_and(is_end)
}

/// How many lines the last cell of a row has behind the pipe that closes it: a list, whose last line ends with another pipe, and
/// behind which the table goes on or ends.
fn behind_last_cell(lines: &[Line<'_>], style: Style) -> Option<usize> {
    /// Lines that are looked at.
    const LONGEST_LIST: usize = 60;
    let is_other = |text: &str| super::heading_like(text) || text.starts_with("# ") || text.starts_with('|');
    let near = lines.get(..lines.len().min(LONGEST_LIST))?;
    let end = near.iter().position(|line| is_other(line.text.trim()) || count(line.text) > 0)?;
    let last = lines.get(end)?.text.trim();
    let next = lines.get(end + 1).map(|line| line.text.trim()).unwrap_or_default();
    let is_closed = style.lead && style.trail && count(last) == 1 && last.ends_with('|') && last.len() > 1;
    let is_item = near.iter().find(|line| !line.text.trim().is_empty()).is_some_and(|line| begins_item(line.text));
    // A row without the pipe at its start, whose last cell may have several lines.
    let goes_on = next.starts_with('|') || count(next) + 2 > style.columns || next.is_empty() && is_item;
    (is_closed && goes_on && !is_other(last)).then_some(end + 1)
}

/// Whether a line begins an item of a list.
fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    ["* ", "- ", "+ ", "• "].iter().any(|bullet| text.starts_with(bullet))
}

/// Adds lines to the last cell of a row.
fn add(row: &mut TableRow, lines: &[Line<'_>]) {
    let text = joined(lines);
    let text = text.trim().trim_end_matches('|').trim_end();
    if let (Some(cell), Some(last)) = (row.cells.last_mut(), lines.last()) {
        cell.text = [cell.text.trim_end(), plain(text).as_str()].join("\n");
        row.at.end = last.bytes().end;
    }
}

/// Whether another table begins: a header with its rule.
fn starts_table(lines: &[Line<'_>]) -> bool {
    let [header, below, ..] = lines else { return false };
    rule(below.text).is_some() && count(header.text) > 0 && rule(header.text).is_none()
}

/// A line with nothing but one pipe.
fn is_lone(lines: &[Line<'_>]) -> bool {
    lines.first().is_some_and(|line| line.text.trim() == "|")
}

fn row(lines: &[Line<'_>], style: Style) -> TableRow {
    let at = match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => first.at..last.bytes().end,
        _ => 0..0,
    };
    let text = joined(lines);
    let lead = usize::from(text.trim_start().starts_with('|'));
    // In a table without outer pipes, the last one may be between the last two cells.
    let is_closed = style.trail || count(&text) >= style.columns + lead;
    let mut cells: Vec<Cell> = split(&text).into_iter().map(|cell| Cell::new(plain(cell))).collect();
    if !is_closed && text.trim_end().ends_with('|') {
        cells.push(Cell::default());
    }
    if let Some(first) = cells.first_mut().filter(|_| style.lead) {
        // One blank is between the pipe and the text. What is in front of a row that has lost its first pipe is the indentation of the
        // list above it.
        let own = if lead == 0 { first.text.trim_start() } else { first.text.strip_prefix(' ').unwrap_or(&first.text) };
        first.text = own.to_owned();
    }
    let is_joined = lines.iter().skip(1).any(|line| begins_row(line.text));
    TableRow { is_joined, ..TableRow::new(at, cells) }
}

/// Whether a line reads as a row: a name and something else.
pub(crate) fn begins_row(line: &str) -> bool {
    match pipe_cells(line).as_slice() {
        [name, rest @ ..] => may_be_name(name) && rest.iter().any(|cell| !cell.is_empty()),
        [] => false,
    }
}

fn joined(lines: &[Line<'_>]) -> String {
    lines.iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
}

/// The columns of a rule: `---|:--:|---`.
pub(super) fn rule(text: &str) -> Option<usize> {
    is_rule(text).then(|| split(text).len())
}

/// Whether a line is what is between a header and its rows.
pub(crate) fn is_rule(text: &str) -> bool {
    text.contains('|') && text.contains("--") && text.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '\t'))
}

/// Splits the header of a table into cells. A table may be stretched by empty columns on its right.
pub(crate) fn pipe_header(text: &str) -> Vec<&str> {
    let mut cells = pipe_cells(text);
    while cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    cells
}

/// Splits a line into cells without white space around them, of a page that escapes no pipes. Outer pipes do not make cells.
pub(crate) fn pipe_cells(text: &str) -> Vec<&str> {
    let text = text.trim();
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(str::trim).collect()
}

fn style(text: &str) -> Style {
    let text = text.trim();
    Style { columns: cells(text), lead: text.starts_with('|'), trail: text.ends_with('|') && text.len() > 1 }
}

fn cells(text: &str) -> usize {
    if count(text) == 0 { 0 } else { split(text).len() }
}

/// Pipes that part cells.
fn count(text: &str) -> usize {
    pipes(text).count()
}

fn pipes(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    text.match_indices('|').map(|(at, _)| at).filter(move |at| *at == 0 || bytes.get(at - 1) != Some(&b'\\'))
}

/// Splits a row into cells. Outer pipes do not make cells.
fn split(text: &str) -> Vec<&str> {
    let text = text.trim();
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    let mut cells = Vec::new();
    let mut start = 0;
    for at in pipes(inner) {
        cells.push(inner.get(start..at).unwrap_or_default());
        start = at + 1;
    }
    cells.push(inner.get(start..).unwrap_or_default());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line<'_>> {
        let mut at = 0;
        text.split_inclusive('\n')
            .map(|whole| {
                let line = Line { at, text: whole.trim_end() };
                at += whole.len();
                line
            })
            .collect()
    }

    fn cells_of(text: &str) -> Vec<Vec<String>> {
        let lines = lines(text);
        let Some((Block { kind: Kind::Table(table), .. }, _)) = table(&lines) else { return Vec::new() };
        let texts = |row: &TableRow| row.cells.iter().map(|cell| cell.trimmed().to_owned()).collect();
        table.rows.iter().map(texts).collect()
    }

    #[test]
    fn every_form_of_a_table_gives_the_same_cells() {
        let forms = [
            "| name | type | text |\n|---|---|---|\n| tag | String | a \\| b |\n| size | Int | |\nend",
            "name | type | text\n---|---|---\ntag | String | a \\| b\nsize | Int | \nend",
            "name | type | text |\n---|---|---|\ntag | String | a \\| b |\nsize | Int | |\nend",
            "name | type | text |\ntag | String | a \\| b |\nsize | Int | |\n\nend",
            "| name |\ntype |\ntext |\n| tag |\nString |\na \\| b |\n| size |\nInt |\n|\nend",
            "|\nname |\ntype |\ntext |\n|---|---|---|\n|\ntag |\nString |\na \\| b |\n|\nsize |\nInt |\n|\nend",
            "name | type | text |\n---|---|---|\ntag | String |\na \\| b\n|\nsize | Int |\n|\nend",
        ];
        let expected = [["name", "type", "text"], ["tag", "String", "a | b"], ["size", "Int", ""]];
        for form in forms {
            assert_eq!(cells_of(form), expected, "{form}");
        }
    }

    #[test]
    fn the_last_cell_may_have_blank_lines() {
        let rows = cells_of("| a | b |\n|---|---|\n| x | one of:\n\n- 0: no\n- 1: yes |\n| u | v |\n\ntext\n");
        assert_eq!(
            rows.get(1..),
            Some(&[["x", "one of:\n\n- 0: no\n- 1: yes"], ["u", "v"]].map(|row| row.map(str::to_owned).to_vec())[..])
        );
        assert_eq!(cells_of("| a | b |\n|---|---|\n| x | y\n\n| u | v |\n").len(), 2);
        let page = "| a | b | c |\n|---|---|---|\n| x | y | one of: |\n\n* 0\n* 1 |\n   u |v |w\n   more |\n   s |t |\n   |\n\ntext\n";
        let rows = cells_of(page);
        let expected = [["x", "y", "one of:\n* 0\n* 1"], ["u", "v", "w\n   more"], ["s", "t", ""]];
        assert_eq!(rows.get(1..), Some(&expected.map(|row| row.map(str::to_owned).to_vec())[..]));
    }

    #[test]
    fn any_other_cell_may_have_a_blank_line_too() {
        let rows = cells_of("| a | b | c |\n|---|---|---|\n| x | y\n\n     [] | z |\n| u | v | w |\n\ntext\n");
        assert_eq!(
            rows.get(1..),
            Some(&[["x", "y\n\n     []", "z"], ["u", "v", "w"]].map(|row| row.map(str::to_owned).to_vec())[..])
        );
        assert_eq!(cells_of("| a | b | c |\n|---|---|---|\n| x | y |\n\nu | v |\n").len(), 2);
        assert_eq!(cells_of("| a | b | c |\n|---|---|---|\n| x | y\n\nu | v | w |\n").len(), 2);
    }

    #[test]
    fn a_row_without_all_its_cells_does_not_take_the_next_one() {
        let rows = cells_of("| a | b | c |\n|---|---|---|\n| x | y |\n| u | v | w |\n");
        assert_eq!(rows.get(1).map(Vec::len), Some(2));
        assert_eq!(rows.get(2).map(Vec::len), Some(3));
        assert_eq!(cells_of("one | two"), [] as [Vec<String>; 0]);
    }
}
