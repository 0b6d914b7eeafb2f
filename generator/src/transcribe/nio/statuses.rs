//! The table of statuses. Transcripts have no doubts about statuses, so ambiguous rows are rejected.

use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::{Line, pipe_cells};

/// A row: code, meaning, and the line that it begins with.
struct Status<'a> {
    code: String,
    meaning: String,
    line: Line<'a>,
}

/// Reads the rows: codes with their meanings.
pub(super) fn read(lines: &[Line<'_>]) -> Result<Vec<(String, String)>, Refusal> {
    let mut rows: Vec<Status<'_>> = Vec::new();
    for line in lines {
        let (code, meaning) = cells(line.text.trim());
        if !is_code(code) {
            let Some(row) = rows.last_mut() else { return Err(super::unattached_line(line)) };
            let more = if has_pipes(line) { pipe_cells(line.text).join(" ") } else { line.text.trim().to_owned() };
            row.meaning = format!("{} {}", row.meaning, more.trim()).trim().to_owned();
            continue;
        }
        let is_below_minus = rows.last().is_some_and(|row| row.code.starts_with('-') && !code.starts_with('-'));
        if is_below_minus && !has_pipes(line) {
            let message =
                "this may be a status or the rest of the line above, because the statuses above it start with a minus";
            return Err(Refusal::new(Code::StrayLine, line.bytes(), message)
                .help("join it to the line above, or move it above the first status with a minus"));
        }
        rows.push(Status { code: code.to_owned(), meaning, line: *line });
    }
    rows.into_iter().map(whole).collect()
}

/// A row that has its meaning, or a cell of its own for it.
fn whole(row: Status<'_>) -> Result<(String, String), Refusal> {
    if row.meaning.is_empty() && !has_pipes(&row.line) {
        let message = format!("the status `{}` has no description", row.code);
        return Err(
            Refusal::new(Code::StrayLine, row.line.bytes(), message).help("write the description after the code")
        );
    }
    Ok((row.code, row.meaning))
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
