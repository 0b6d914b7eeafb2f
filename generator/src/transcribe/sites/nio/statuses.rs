//! The table of statuses. What a status means is in doubt where a line may belong to another row.

use crate::terms::Note;
use crate::transcribe::Refusal;
use crate::transcribe::page::Line;
use crate::transcribe::page::pipes::pipe_cells;
use crate::transcribe::row::UnattachedLine;

/// A row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Status {
    /// The code.
    pub(super) code: String,
    /// What it means.
    pub(super) meaning: String,
    /// Why the meaning is in doubt.
    pub(super) doubt: Option<Note>,
}

/// Reads the rows.
pub(super) fn read(lines: &[Line<'_>]) -> Result<Vec<Status>, Refusal> {
    let mut rows: Vec<Status> = Vec::new();
    let mut is_closed = false;
    for line in lines {
        let (code, meaning) = cells(line.text.trim());
        if !is_code(code) {
            let Some(row) = rows.last_mut() else { return Err(UnattachedLine(*line).into()) };
            if has_pipes(line) {
                add(&mut row.meaning, &pipe_cells(line.text).join(" "));
            } else if is_closed {
                // A text behind the table, if it is not the rest of the row.
                row.doubt = row.doubt.or(Some(Note::Ambiguous));
            } else {
                add(&mut row.meaning, line.text.trim());
            }
            continue;
        }
        is_closed = line.text.trim_end().ends_with('|') && !meaning.is_empty();
        let is_lost = meaning.is_empty() && !has_pipes(line);
        let mut doubt = is_lost.then_some(Note::ColumnEmpty);
        // Below statuses with a minus, a number may also be the rest of the line above.
        let above = rows.last_mut().filter(|row| row.code.starts_with('-') && !code.starts_with('-'));
        if let Some(above) = above.filter(|_| !has_pipes(line)) {
            above.doubt = above.doubt.or(Some(Note::Ambiguous));
            doubt = Some(Note::Ambiguous);
        }
        rows.push(Status { code: code.to_owned(), meaning, doubt });
    }
    Ok(rows)
}

/// Adds the rest of a meaning that continues on another line.
fn add(meaning: &mut String, more: &str) {
    if !meaning.is_empty() && !more.is_empty() {
        meaning.push(' ');
    }
    meaning.push_str(more.trim());
}

fn has_pipes(line: &Line<'_>) -> bool {
    line.text.contains('|')
}

/// The first cell and the others.
fn cells(text: &str) -> (&str, String) {
    if text.contains('|') {
        let cells = pipe_cells(text);
        let meaning: Vec<&str> = cells.iter().skip(1).filter(|cell| !cell.is_empty()).copied().collect();
        return (cells.first().copied().unwrap_or_default(), meaning.join(" | "));
    }
    let (code, meaning) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (code, meaning.trim().to_owned())
}

fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}
