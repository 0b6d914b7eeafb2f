//! Lines and columns of a text, found without reading the text from its start for each of them.

use std::ops::Range;

/// Distance between two counts of characters, in bytes. A column is found by counting within one such block, and every
/// finding asks for several columns.
const BLOCK: usize = 128;

/// Where the lines of a text start, and how many characters come before each block.
#[derive(Debug)]
pub(crate) struct Lines {
    /// First byte of each line, in ascending order.
    starts: Vec<usize>,
    /// Number of characters that start before byte `index * BLOCK`.
    characters: Vec<usize>,
}

impl Lines {
    /// Reads a text once.
    pub(crate) fn read(text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let mut characters = vec![0];
        let mut total = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            total += block.iter().filter(|byte| starts_character(**byte)).count();
            characters.push(total);
        }
        Self { starts: std::iter::once(0).chain(starts).collect(), characters }
    }

    /// Returns line and column of a byte, both from 1. Columns count characters. `text` is the text that was read.
    pub(crate) fn line_column(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.start(line);
        (line, self.before(text, at) - self.before(text, start) + 1)
    }

    /// Returns the bytes of a line, counted from 1, with its line break.
    pub(crate) fn range(&self, text: &str, line: usize) -> Range<usize> {
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        self.start(line).min(end)..end
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(usize::MAX)
    }

    /// Returns the number of characters that start before a byte.
    fn before(&self, text: &str, at: usize) -> usize {
        let at = at.min(text.len());
        let block = at / BLOCK;
        let rest = text.as_bytes().get(block * BLOCK..at).unwrap_or_default();
        let counted = self.characters.get(block).copied().unwrap_or_default();
        counted + rest.iter().filter(|byte| starts_character(**byte)).count()
    }
}

/// Whether a byte of UTF-8 is the first of a character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The position by its definition.
    fn counted(text: &str, at: usize) -> (usize, usize) {
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    #[test]
    fn positions_are_those_that_counting_from_the_start_gives() {
        let long = format!("a\n{}\n{}b\n", "顾客😀".repeat(700), "x".repeat(5_000));
        for text in ["", "\n", "a", "字\n\n客b\n", &long] {
            let lines = Lines::read(text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                assert_eq!(lines.line_column(text, at), counted(text, at), "{at}");
            }
        }
    }

    #[test]
    fn lines_have_their_breaks() {
        let text = "a\n字\n\nb";
        let lines = Lines::read(text);
        // A line that does not exist is empty.
        let found: Vec<&str> = (1..=5).map(|line| &text[lines.range(text, line)]).collect();
        assert_eq!(found, ["a\n", "字\n", "\n", "b", ""]);
    }
}
