//! Reads the cells with the name of a field.

use crate::terms::{About, Mark, Note};
use crate::transcribe::dialect::{Dialect, is_unseen};
use crate::transcribe::page::block::Cell;
use crate::transcribe::row::Depth;

/// What the cells with a name contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// The name of a field.
    Field(FieldName),
    /// A word in letters of any script, which may be a name or a text for people.
    Word(FieldName),
    /// No text.
    Missing,
    /// A text that means that there is no field.
    Nothing,
    /// Another text.
    Other(String),
}

/// The name of a field, and what is beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldName {
    /// The name.
    pub(super) text: String,
    /// How far it is indented or marked.
    pub(super) width: usize,
    /// What shows that.
    pub(super) depth: Depth,
    /// A text for people beside it.
    pub(super) label: String,
    /// A required mark beside it.
    pub(super) mark: Option<Mark>,
    /// Facts in doubt.
    pub(super) doubts: Vec<(About, Note)>,
}

/// The width of a column, where each level has a column of its own.
const COLUMN: usize = 100;

/// Reads the cells of all columns that contain names. `own` is the column with the names, if the others have texts for people.
pub(super) fn read(cells: &[&Cell], own: Option<usize>, dialect: &Dialect) -> Name {
    let filled = || cells.iter().enumerate().filter(|(_, cell)| !cell.trimmed().is_empty());
    let (column, cell) = match (filled().next(), filled().nth(1)) {
        (None, _) => return Name::Missing,
        (Some(only), None) => only,
        // Two columns: a text for people, and the name.
        (Some(first), Some(second)) => {
            let is_second = own.map_or_else(|| is_name(second.1.trimmed()), |own| own == second.0);
            let (name, label) = if is_second { (second, first) } else { (first, second) };
            return match single(name.1, dialect) {
                Name::Field(name) => Name::Field(FieldName { label: label.1.trimmed().to_owned(), ..name }),
                other => other,
            };
        }
    };
    let in_column = |name: FieldName| {
        let depth = if column > 0 { Depth::Marked } else { name.depth };
        FieldName { width: name.width + column * COLUMN, depth, ..name }
    };
    match single(cell, dialect) {
        Name::Field(name) => Name::Field(in_column(name)),
        Name::Word(name) => Name::Word(in_column(name)),
        other => other,
    }
}

fn single(cell: &Cell, dialect: &Dialect) -> Name {
    let (rest, width, depth) = indented(&cell.text, dialect);
    let mut doubts = Vec::new();
    let (text, mark) = marked(rest.trim(), dialect, &mut doubts);
    // A name that is struck through is one that the vendor has given up, or is about to.
    let struck = text.strip_prefix("~~").and_then(|text| text.strip_suffix("~~"));
    if struck.is_some() {
        doubts.push((About::Name, Note::Repaired));
    }
    let text = struck.unwrap_or(text);
    let seen = seen(text);
    if seen.len() < text.len() {
        doubts.push((About::Name, Note::Repaired));
    }
    if is_name(&seen) {
        return Name::Field(FieldName { text: seen, width, depth, label: String::new(), mark, doubts });
    }
    // The name and a text for people on two lines, or with a blank between.
    let lines: Vec<&str> = rest.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if let [name, label @ ..] = lines.as_slice()
        && !label.is_empty()
        && let (name, mark) = marked(name, dialect, &mut doubts)
        && is_name(name)
    {
        let label = label.join(" ");
        let beside = dialect.mark(&label);
        let label = if beside.is_some() { String::new() } else { label };
        return Name::Field(FieldName { text: name.to_owned(), width, depth, label, mark: mark.or(beside), doubts });
    }
    let is_dots = seen.chars().all(|c| matches!(c, '.' | '\u{2026}' | '-' | '\u{2014}' | '~'));
    if is_dots || dialect.is_empty(&seen) {
        Name::Nothing
    } else if is_word(&seen) {
        doubts.push((About::Name, Note::Ambiguous));
        Name::Word(FieldName { text: seen, width, depth, label: String::new(), mark, doubts })
    } else {
        Name::Other(rest.trim().to_owned())
    }
}

/// Whether a text can be the name of a field, but for what is repaired.
pub(super) fn may_be_name(text: &str) -> bool {
    is_name(&seen(text.trim()))
}

/// A name without characters that nobody sees, the quotes of Markdown, and the blanks that a line break has left beside its signs:
/// `crate_ id`.
fn seen(text: &str) -> String {
    let is_part = |c: &char| !is_unseen(*c) && *c != '`' && (c.is_whitespace() || !c.is_control());
    let text: String = text.chars().filter(is_part).collect();
    let joined = text.replace("_ ", "_").replace(" _", "_").replace(". ", ".").replace(" .", ".");
    if is_name(&joined) { joined } else { text }
}

/// Whether a text is one word, as names in Chinese characters are.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_')
        && text.starts_with(char::is_alphabetic)
        && text.chars().count() <= LONGEST_WORD
}

/// Cuts nesting marks and white space off the start of a name, and returns how wide they are.
fn indented<'c>(text: &'c str, dialect: &Dialect) -> (&'c str, usize, Depth) {
    let (mut rest, mut width, mut depth) = (text, 0, Depth::Blanks);
    loop {
        if let Some(c) = rest.chars().next().filter(|c| c.is_whitespace() || is_unseen(*c)) {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            width += match c {
                '\u{3000}' | '\t' => 2,
                _ => usize::from(!is_unseen(c)),
            };
            if matches!(c, '\u{a0}' | '\u{3000}' | '\u{2003}') {
                depth = Depth::Marked;
            }
            continue;
        }
        match dialect.nesting_mark(rest) {
            Some(mark) => {
                rest = rest.get(mark.len()..).unwrap_or_default();
                width += mark.chars().count();
                depth = Depth::Marked;
            }
            None => return (rest, width, depth),
        }
    }
}

/// Cuts a required mark off a name: `*name`, `name*`, `name(必填)`.
fn marked<'n>(name: &'n str, dialect: &Dialect, doubts: &mut Vec<(About, Note)>) -> (&'n str, Option<Mark>) {
    let plain = name.trim_matches(['*', ' ', '\u{a0}']);
    if name.trim().ends_with('*') && plain.ends_with(['_', '-', '.']) {
        // Any name that begins like this: `tag_*`.
        doubts.push((About::Name, Note::Ambiguous));
        return (plain.trim_end_matches(['-', '.']), None);
    }
    if plain.len() < name.trim().len() {
        doubts.push((About::Required, Note::Derived));
        return (plain, Some(Mark::Required));
    }
    let bracket = name.strip_suffix([')', '\u{ff09}']).and_then(|inner| inner.rsplit_once(['(', '\u{ff08}']));
    let spaced = || name.rsplit_once([' ', '\u{a0}', '\n']);
    if let Some((before, word)) = bracket.or_else(spaced)
        && word.chars().count() > 1
        && !before.ends_with(['_', '.', '-'])
        && let Some(mark) = dialect.mark(word)
    {
        return (before.trim(), Some(mark));
    }
    (name, None)
}

/// Whether a text can be the name of a field, also one with its path.
pub(super) fn is_name(text: &str) -> bool {
    let is_sign =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '$' | '@' | ':' | '#');
    text.chars().all(is_sign)
        && text.contains(|c: char| c.is_ascii_alphanumeric())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '@'))
        && !text.ends_with(['.', ':', '-'])
        && text.len() <= LONGEST
}

/// Maximum bytes of a name.
const LONGEST: usize = 200;

/// Maximum characters of a name that is not in ASCII: a longer word is a sentence.
const LONGEST_WORD: usize = 30;
