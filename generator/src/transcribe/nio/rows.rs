//! Rows of parameters: what each says, before samples are asked.

use super::outline::{Form, Table, pipe_cells};
use super::words::{self, Kind};
use super::{cards, cells, flat};
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
    /// A row that says no more than its name.
    pub(super) fn new(name: &str) -> Self {
        let (type_word, description) = (String::new(), String::new());
        Self { name: name.to_owned(), type_word, required: Required::No, description, doubts: Vec::new() }
    }

    /// Notes a doubt.
    pub(super) fn doubt(&mut self, about: About, note: Note) {
        self.doubts.push((about, note));
    }

    /// Takes a mark.
    pub(super) fn require(&mut self, required: Required) {
        self.required = required;
    }

    /// Nothing says whether it must be there.
    pub(super) fn require_unknown(&mut self, note: Note) {
        self.required = Required::Unknown;
        self.doubts.push((About::Required, note));
    }

    /// A parameter that must be there only sometimes is optional; when, its description says.
    pub(super) fn require_sometimes(&mut self, note: Note) {
        self.required = Required::No;
        self.doubts.push((About::Required, note));
    }

    /// Adds to the description.
    pub(super) fn describe(&mut self, text: &str) {
        if !self.description.is_empty() && !text.is_empty() {
            self.description.push(' ');
        }
        self.description.push_str(text);
    }
}

/// Reads a table. `known` tells whether a sample has a name.
pub(super) fn read<'a>(table: &Table<'a>, side: Side, known: &dyn Fn(&str) -> bool) -> Result<Vec<Row>, Stray<'a>> {
    match table.header {
        None => cards::read(&table.lines, side, known),
        Some(header) => match header.form {
            Form::Pipes => cells::pipes(&table.lines, header, side),
            Form::Tabs => cells::tabs(&table.lines, header, side),
            Form::Flat | Form::Cards => flat::read(&table.lines, header, side, known),
        },
    }
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
