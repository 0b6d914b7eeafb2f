//! Rows on lines of their own, with blanks between the cells: they are read from the right.

use std::ops::Range;

use super::outline::Header;
use super::words::{WORDS, has_condition, is_name, is_type, mark, split_type};
use crate::terms::{About, Note, Required};
use crate::transcribe::page::Line;
use crate::transcribe::row::{Row, Side, UnattachedLine};
use crate::transcribe::types::Kind;

/// The words behind which `Yes` and `No` belong to the description.
const BEFORE_VALUES: [&str; 8] = ["or", "and", "either", "means", "mean", "默认", "缺省", "或"];

/// The text of a row, and what is in doubt about how it was put together.
struct Text {
    at: Range<usize>,
    text: String,
    /// The text after the type.
    behind: String,
    doubts: Vec<(About, Note)>,
}

/// Reads the lines. `known` tells whether a sample has a name.
pub(super) fn read<'a>(
    lines: &[Line<'a>],
    header: Header,
    side: Side,
    known: &dyn Fn(&str) -> bool,
) -> Result<Vec<Row>, UnattachedLine<'a>> {
    if let Some(rows) = cell_by_cell(lines, header) {
        return Ok(rows);
    }
    let mut texts: Vec<Text> = Vec::new();
    for line in lines {
        let text = line.text.trim();
        match begins(text, texts.last_mut(), known) {
            Begins::Nothing => return Err(UnattachedLine(*line)),
            Begins::More => {
                if let Some(last) = texts.last_mut() {
                    add(last, text);
                }
            }
            Begins::Row(doubts) => {
                texts.push(Text { at: line.bytes(), text: text.to_owned(), behind: String::new(), doubts });
            }
        }
    }
    Ok(texts.into_iter().map(|text| row(text, header, side)).collect())
}

/// Reads a table with each cell on a line of its own, if none has lost a cell.
fn cell_by_cell(lines: &[Line<'_>], header: Header) -> Option<Vec<Row>> {
    let row = |cells: &[Line<'_>]| {
        let [name, description, rest @ ..] = cells else { return None };
        let (type_word, rest) = rest.split_last()?;
        let mut row = Row::new(name.text.trim(), name.at..type_word.bytes().end);
        row.set_type(type_word.text.trim(), &WORDS);
        row.describe(description.text);
        if let Some(cell) = rest.first() {
            row.field.required = mark(cell.text)?;
        }
        (is_name(name.text.trim()) && is_type(type_word.text.trim())).then_some(row)
    };
    let rows = lines.chunks(header.columns).map(|cells| row(cells).filter(|_| cells.len() == header.columns));
    rows.collect()
}

/// What a line begins.
enum Begins {
    /// A row, with what is in doubt about it.
    Row(Vec<(About, Note)>),
    /// Nothing new: the line continues the row above.
    More,
    /// Nothing that belongs to a table.
    Nothing,
}

fn begins(text: &str, last: Option<&mut Text>, known: &dyn Fn(&str) -> bool) -> Begins {
    let first = text.split_whitespace().next().unwrap_or_default();
    let Some(last) = last else { return if is_name(first) { Begins::Row(Vec::new()) } else { Begins::Nothing } };
    let is_typed = split_type(text).is_some_and(|(before, _)| !before.is_empty());
    let is_whole = split_type(&last.text).is_some();
    if !is_name(first) {
        return if is_typed && (is_whole || is_other_name(first)) { Begins::Nothing } else { Begins::More };
    }
    // Of a row that breaks before its type, the type is left for a line of its own.
    let is_type = first == text && split_type(text).is_some();
    if known(first) || is_whole && is_typed {
        return Begins::Row(Vec::new());
    }
    if is_type && !is_whole {
        return Begins::More;
    }
    if !is_whole {
        // The line may be a row or the rest of the one above.
        let doubts = [About::Type, About::Description, About::Required].map(|about| (about, Note::Ambiguous));
        last.doubts.extend(doubts);
    } else {
        last.doubts.push((About::Description, Note::Ambiguous));
    }
    Begins::Row(vec![(About::Name, Note::Ambiguous)])
}

/// Whether a word is a name of a form that no field has: `crate.id`, `2fa`.
fn is_other_name(word: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '$');
    word.chars().all(is_sign) && word.contains(|c: char| c.is_ascii_alphabetic())
}

/// Adds a line to a row.
fn add(row: &mut Text, text: &str) {
    row.doubts.push((About::Description, Note::Ambiguous));
    if split_type(&row.text).is_some() {
        row.behind.extend([" ", text]);
        return;
    }
    row.doubts.push((About::Type, Note::Ambiguous));
    row.text.extend([" ", text]);
}

fn row(text: Text, header: Header, side: Side) -> Row {
    let (name, rest) = text.text.split_once(char::is_whitespace).unwrap_or((&text.text, ""));
    let mut row = Row::new(name, text.at);
    text.doubts.into_iter().for_each(|(about, note)| row.field.doubt(about, note));
    let (rest, type_word) = split_type(rest).unwrap_or((rest.trim(), ""));
    row.set_type(type_word, &WORDS);
    if type_word.is_empty() && ends_as_types_do(rest) {
        row.field.doubt(About::Description, Note::CellsMerged);
    }
    if side == Side::Request {
        require(&mut row, rest, header)
    } else {
        row.describe(rest)
    }
    row.describe(text.behind.trim());
    if row.field.description.is_none() && (header.chinese || !text.text.is_ascii()) {
        row.field.doubt(About::Description, Note::ColumnEmpty);
    }
    row
}

/// Whether a text ends with a word that may be a type all the same.
fn ends_as_types_do(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    is_type(last) || last.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Tells the required cell from the end of the description.
fn require(row: &mut Row, rest: &str, header: Header) {
    let (before, last) = rest.rsplit_once(' ').unwrap_or(("", rest));
    let is_chinese = rest.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    let required = mark(last).filter(|_| header.required);
    match required {
        Some(required) if !header.chinese && is_cell(before, last, row.types.kind) => {
            row.field.required = required;
            return row.describe(before);
        }
        // `Required` may also be how a condition ends; and the Chinese table has lost all marks but the longer ones.
        Some(Required::Yes) if !header.chinese && last.eq_ignore_ascii_case("required") && has_digit_end(before) => {
            row.require(Required::No, Note::CellsMerged);
        }
        Some(_) => {
            row.require(Required::Unknown, Note::CellsMerged);
            row.field.doubt(About::Description, Note::CellsMerged);
        }
        None if header.required && !is_chinese && has_condition(rest) => row.require(Required::No, Note::CellsMerged),
        None => row.require(Required::Unknown, Note::ColumnEmpty),
    }
    row.describe(rest);
}

fn has_digit_end(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns whether the last word is the cell with the required mark, and not a value that the description names.
fn is_cell(before: &str, last: &str, kind: Kind) -> bool {
    let before = before.to_lowercase();
    let word = before.rsplit(' ').next().unwrap_or_default();
    let is_value = BEFORE_VALUES.iter().any(|value| word == *value || !value.is_ascii() && word.ends_with(value))
        || word.ends_with([':', '=', '/', ',', '、', '"', '“', '(', '|', '-'])
        || before.rsplit(' ').take(3).any(|word| word.contains("default"))
            && !names_default(&before)
            && !matches!(kind, Kind::Integer | Kind::Decimal);
    matches!(last, "Yes" | "No") && !is_value
}

/// Returns whether a text ends with a default value and the words that call it one: `…, 5 by default`.
fn names_default(before: &str) -> bool {
    let value = before.strip_suffix(" by default").and_then(|text| text.rsplit([' ', ',']).next()).unwrap_or_default();
    value.contains(|c: char| c.is_ascii_digit())
        || matches!(value.trim_matches(['"', '\'']), "true" | "false" | "yes" | "no")
}
