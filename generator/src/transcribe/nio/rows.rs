//! Rows of parameters: what each says, before samples are asked.

use super::outline::{Form, Header, Table, pipe_cells};
use super::words::{self, Kind, has_condition, is_name, kind, mark, split_type};
use crate::spec::{About, Note, Required};
use crate::transcribe::page::Line;
use crate::transcribe::top::rows::{Side, Stray};

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The name.
    pub(super) name: String,
    /// The type as printed; empty if the row has none.
    pub(super) type_word: String,
    /// The required mark.
    pub(super) required: Required,
    /// The description.
    pub(super) description: String,
    /// What is in doubt about it.
    pub(super) doubts: Vec<(About, Note)>,
}

impl Row {
    fn new(name: &str) -> Self {
        let (type_word, description) = (String::new(), String::new());
        Self { name: name.to_owned(), type_word, required: Required::No, description, doubts: Vec::new() }
    }

    fn require(&mut self, required: Required) {
        self.required = required;
    }

    fn require_unknown(&mut self, note: Note) {
        self.required = Required::Unknown;
        self.doubts.push((About::Required, note));
    }

    /// A parameter that must be there only sometimes is optional; when, its description says.
    fn require_sometimes(&mut self, note: Note) {
        self.required = Required::No;
        self.doubts.push((About::Required, note));
    }

    fn describe(&mut self, text: &str) {
        if !self.description.is_empty() && !text.is_empty() {
            self.description.push(' ');
        }
        self.description.push_str(text);
    }
}

/// Reads a table. `known` tells whether a sample has a name.
pub(super) fn read<'a>(table: &Table<'a>, side: Side, known: &dyn Fn(&str) -> bool) -> Result<Vec<Row>, Stray<'a>> {
    match table.header {
        None => cards(&table.lines, side),
        Some(header) => match header.form {
            Form::Pipes => pipes(&table.lines, header, side),
            Form::Tabs => tabs(&table.lines, header, side),
            Form::Flat | Form::Cards => flat(&table.lines, header, side, known),
        },
    }
}

/// Cards: name, type, the word for required if it is, description.
fn cards<'a>(lines: &[Line<'a>], side: Side) -> Result<Vec<Row>, Stray<'a>> {
    let text = |at: usize| lines.get(at).map(|line| line.text.trim()).unwrap_or_default();
    let is_type = |at: usize| split_type(text(at)).is_some_and(|(before, _)| before.is_empty());
    let begins =
        |at: usize| is_name(text(at)) && (is_type(at + 1) || at + 2 < lines.len() && mark(text(at + 1)).is_some());
    let mut rows: Vec<Row> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if begins(at) {
            let mut row = Row::new(text(at));
            at += 1;
            if is_type(at) {
                text(at).clone_into(&mut row.type_word);
                at += 1;
            }
            if let Some(required) = mark(text(at)) {
                row.require(required);
                at += 1;
            }
            rows.push(row);
            continue;
        }
        let Some(row) = rows.last_mut() else { return Err(Stray(*line)) };
        let is_last = at + 1 >= lines.len() || begins(at + 1);
        if row.description.is_empty() && !is_last && side == Side::Request && has_condition(text(at)) {
            row.require_sometimes(Note::Ambiguous);
        }
        row.describe(text(at));
        at += 1;
    }
    Ok(rows)
}

/// Lines with blanks between the cells, read from the right.
fn flat<'a>(
    lines: &[Line<'a>],
    header: Header,
    side: Side,
    known: &dyn Fn(&str) -> bool,
) -> Result<Vec<Row>, Stray<'a>> {
    let mut texts: Vec<(String, Vec<(About, Note)>)> = Vec::new();
    for line in lines {
        let text = line.text.trim();
        let first = text.split_whitespace().next().unwrap_or_default();
        let is_whole = texts.last().is_none_or(|(text, _)| split_type(text).is_some());
        match texts.last_mut() {
            None if !is_name(first) => return Err(Stray(*line)),
            Some((last, doubts)) if !is_name(first) || !is_whole && !known(first) && split_type(text).is_some() => {
                if is_name(first) {
                    doubts.push((About::Description, Note::Ambiguous));
                }
                last.push(' ');
                last.push_str(text);
            }
            _ => texts.push((text.to_owned(), Vec::new())),
        }
    }
    Ok(texts.into_iter().map(|(text, doubts)| flat_row(&text, doubts, header, side)).collect())
}

fn flat_row(text: &str, doubts: Vec<(About, Note)>, header: Header, side: Side) -> Row {
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let mut row = Row { doubts, ..Row::new(name) };
    let (rest, type_word) = split_type(rest).unwrap_or((rest.trim(), ""));
    type_word.clone_into(&mut row.type_word);
    if side == Side::Response {
        rest.clone_into(&mut row.description);
        return row;
    }
    let (before, last) = rest.rsplit_once(' ').unwrap_or(("", rest));
    let is_chinese = rest.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    match mark(last).filter(|_| header.required) {
        // `Required` alone is also how a condition ends.
        Some(required) if !last.eq_ignore_ascii_case("required") || !before.ends_with(|c: char| c.is_ascii_digit()) => {
            row.require(required);
            before.clone_into(&mut row.description);
            return row;
        }
        _ if header.required && !is_chinese && has_condition(rest) => row.require_sometimes(Note::CellsMerged),
        _ => row.require_unknown(Note::ColumnEmpty),
    }
    rest.clone_into(&mut row.description);
    row
}

/// Lines with tabs between the cells.
fn tabs<'a>(lines: &[Line<'a>], header: Header, side: Side) -> Result<Vec<Row>, Stray<'a>> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.text.split('\t').map(str::trim).collect();
        match (cells.as_slice(), rows.last_mut()) {
            ([name, rest @ ..], _) if is_name(name) && !rest.is_empty() => rows.push(row(name, rest, header, side)),
            ([text], Some(row)) => row.describe(text),
            _ => return Err(Stray(*line)),
        }
    }
    Ok(rows)
}

/// Rows of pipes; a row that is broken goes on with the next line.
fn pipes<'a>(lines: &[Line<'a>], header: Header, side: Side) -> Result<Vec<Row>, Stray<'a>> {
    let mut rows = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        // Rows with outer pipes have one pipe more than cells.
        let full = header.columns + usize::from(line.text.trim_start().starts_with('|'));
        let count = |text: &str| text.matches('|').count();
        let mut text = line.text.trim().to_owned();
        at += 1;
        while let Some(next) = lines.get(at).filter(|next| count(&text) + count(next.text) <= full) {
            let cells = pipe_cells(&text);
            if count(&text) >= full
                || cells.len() >= header.columns && cells.last().is_some_and(|cell| !cell.is_empty())
            {
                break;
            }
            text.push(' ');
            text.push_str(next.text.trim());
            at += 1;
        }
        let cells = pipe_cells(&text);
        match cells.as_slice() {
            [name, rest @ ..] if is_name(name) && !rest.is_empty() => rows.push(row(name, rest, header, side)),
            cells if cells.iter().all(|cell| cell.is_empty()) => {}
            _ => return Err(Stray(*line)),
        }
    }
    Ok(rows)
}

/// A row whose cells are known; some have slipped to the left.
fn row(name: &str, cells: &[&str], header: Header, side: Side) -> Row {
    let mut row = Row::new(name);
    let width = header.columns.saturating_sub(1).max(1);
    let mut cells: Vec<&str> = cells.to_vec();
    while cells.len() > width && cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    let type_word = match cells.last() {
        Some(cell) if cells.len() >= width && !cell.is_empty() => cells.pop(),
        _ => {
            while cells.last().is_some_and(|cell| cell.is_empty()) {
                cells.pop();
            }
            let is_type = cells.last().is_some_and(|cell| kind(cell) != Kind::Unknown && mark(cell).is_none());
            is_type.then(|| cells.pop()).flatten()
        }
    };
    type_word.unwrap_or_default().clone_into(&mut row.type_word);
    if side == Side::Request {
        require(&mut row, &mut cells, header, width);
    }
    if cells.len() > 1 {
        row.doubts.push((About::Description, Note::Ambiguous));
    }
    let condition = std::mem::take(&mut row.description);
    row.describe(&filled_cells(&cells));
    row.describe(&condition);
    row
}

/// Takes the required cell from the end of the cells.
fn require(row: &mut Row, cells: &mut Vec<&str>, header: Header, width: usize) {
    if !header.required {
        return row.require_unknown(Note::ColumnEmpty);
    }
    let Some(last) = cells.last().copied() else { return row.require_unknown(Note::CellLost) };
    if let Some(required) = mark(last) {
        cells.pop();
        return row.require(required);
    }
    if cells.len() + 1 < width {
        return row.require_unknown(Note::CellLost);
    }
    cells.pop();
    if last.is_empty() || last == "-" {
        return row.require_unknown(Note::ColumnEmpty);
    }
    row.require_sometimes(Note::Ambiguous);
    // The condition goes behind the description, where readers look for it.
    row.describe(&format!("({last})"));
}

fn filled_cells(cells: &[&str]) -> String {
    cells.iter().filter(|cell| !cell.is_empty()).copied().collect::<Vec<_>>().join(" | ")
}

/// Reads the table of statuses.
pub(super) fn statuses<'a>(lines: &[Line<'a>]) -> Result<Vec<(String, String)>, Stray<'a>> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for line in lines {
        let text = line.text.trim();
        let (code, meaning) = if text.contains('|') {
            let cells = pipe_cells(text);
            let meaning: Vec<&str> = cells.iter().skip(1).filter(|cell| !cell.is_empty()).copied().collect();
            (cells.first().copied().unwrap_or_default(), meaning.join(" | "))
        } else {
            let (code, meaning) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
            (code, meaning.trim().to_owned())
        };
        let digits = code.strip_prefix('-').unwrap_or(code);
        let is_code = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
        match rows.last_mut() {
            _ if is_code => rows.push((code.to_owned(), meaning)),
            Some((_, meaning)) => {
                let more = if text.contains('|') { pipe_cells(text).join(" ") } else { text.to_owned() };
                *meaning = format!("{meaning} {}", more.trim()).trim().to_owned();
            }
            None => return Err(Stray(*line)),
        }
    }
    Ok(rows)
}

/// Whether a row's type can have members.
pub(super) fn can_open(row: &Row) -> bool {
    matches!(words::kind(&row.type_word), Kind::List | Kind::Object | Kind::Unknown)
}
