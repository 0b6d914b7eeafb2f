//! Parses one file.

use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::tree::Tree;
use crate::source::{FileId, Place, Sources};
use crate::yaml::schema::Shape;
use crate::yaml::{check, disagreement, is_plain_data};

/// Parses a file and reports everything that is wrong with it.
pub(super) fn read<T: DeserializeOwned>(
    file: FileId,
    shape: &Shape,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let text = sources.text(file);
    // `sources` would keep it, which costs as much memory as everything else together. Only findings need it again.
    let tree = Tree::read(text);
    // serde's parser takes a time that grows with the square of the nesting depth, so it only gets plain data, which the
    // other parser has found to be of a limited depth.
    if !is_plain_data(&tree) && check(file, shape, sources, diagnostics) > 0 {
        return None;
    }
    let read = serde_yaml::from_str(text);
    if read.is_err() && check(file, shape, sources, diagnostics) > 0 {
        return None;
    }
    if let Some(at) = disagreement(text, &tree) {
        let message = "readers of YAML see different values here";
        let help = "write it in a simpler form: texts in quotes, one line for each value, indented with spaces";
        diagnostics.push(Diagnostic::new(Code::NotPlainData, Place::bytes(file, at), message).help(help));
        return None;
    }
    read.map_err(|error| diagnostics.push(unexplained(file, text, &error))).ok()
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
    fn offsets_count_characters() {
        assert_eq!(offset("a: 1\n顾客: 2\n", 2, 3), 5 + 6);
        assert_eq!(offset("a\n", 9, 9), 2);
    }
}
