//! Parses one file.

use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources};
use crate::yaml::schema::Shape;
use crate::yaml::{check, is_more_than_data, is_readable};

/// Maximum number of brackets before nesting is checked first: the time that serde's parser takes grows with the square
/// of the nesting depth, and is negligible up to here.
const MOST_BRACKETS: usize = 5_000;

/// Characters that break lines in YAML 1.1 only.
const OLD_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// Parses a file and reports everything that is wrong with it.
pub(super) fn read<T: DeserializeOwned>(
    file: FileId,
    shape: &Shape,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let text = sources.text(file);
    let is_suspect = match first_look(text) {
        Look::Plain => false,
        Look::MoreThanData => is_more_than_data(file, sources),
        // If the two parsers disagree on line breaks, the nesting that one counts is not what the other sees.
        Look::Brackets if text.contains(OLD_BREAKS) => {
            let message = "too many brackets for a file with line breaks of YAML 1.1 (U+0085, U+2028, U+2029)";
            diagnostics.push(Diagnostic::new(Code::TooLarge, Place::file(file), message));
            return None;
        }
        Look::Brackets => is_more_than_data(file, sources) || !is_readable(file, sources),
    };
    // serde accepts an empty document as an empty list.
    let empty = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if (is_suspect || empty) && check(file, shape, sources, diagnostics) > 0 {
        return None;
    }
    match serde_yaml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            if check(file, shape, sources, diagnostics) == 0 {
                diagnostics.push(unexplained(file, text, &error));
            }
            None
        }
    }
}

/// The result of a quick scan that may raise false alarms but misses nothing.
#[derive(PartialEq, Eq, Debug)]
enum Look {
    Plain,
    /// May contain what typed parsing accepts silently: anchors, tags, directives.
    MoreThanData,
    /// Has enough brackets to keep serde's parser busy for minutes if they are nested.
    Brackets,
}

fn first_look(text: &str) -> Look {
    let mut look = Look::Plain;
    let mut before = b'\n';
    let mut brackets = 0usize;
    for byte in text.bytes() {
        let starts = matches!(before, b'\n' | b'\r' | b'\t' | b' ' | b'[' | b'{' | b',' | b':');
        if starts && matches!(byte, b'&' | b'*' | b'!') || matches!((before, byte), (b'\n', b'%')) {
            look = Look::MoreThanData;
        }
        brackets += usize::from(matches!(byte, b'[' | b'{'));
        before = byte;
    }
    if brackets > MOST_BRACKETS { Look::Brackets } else { look }
}

/// Reports a serde error in a file in which the other parser finds nothing wrong.
fn unexplained(file: FileId, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let whole = error.to_string();
    let message = whole.split_once(" at line ").map_or(whole.as_str(), |(message, _)| message);
    let place = match error.location() {
        Some(location) => {
            let at = offset(text, location.line(), location.column());
            Place::bytes(file, at..at)
        }
        None => Place::file(file),
    };
    Diagnostic::new(Code::Syntax, place, format!("cannot be parsed: {message}"))
}

/// Returns the byte offset of a line and a column, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    start + line.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_taken_where_it_is_needed() {
        for text in ["a: &x 1", "a: !b", "[*x]", "%YAML 1.2\n---\na: 1", "*x : 1", "- &a b"] {
            assert_eq!(first_look(text), Look::MoreThanData, "{text}");
        }
        for text in ["a: b&c", "a: 100%", "a: wow!", "a: 2*3", "a: 顾客&x"] {
            assert_eq!(first_look(text), Look::Plain, "{text}");
        }
        assert_eq!(first_look(&"[".repeat(MOST_BRACKETS + 1)), Look::Brackets);
    }

    #[test]
    fn offsets_count_characters() {
        assert_eq!(offset("a: 1\n顾客: 2\n", 2, 3), 5 + 6);
        assert_eq!(offset("a\n", 9, 9), 2);
    }
}
