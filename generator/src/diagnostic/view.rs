//! The lines of a file as they are shown: found from a place, free of anything that a terminal may act on.

use std::ops::Range;

use crate::source::{FileId, Place, Position, Sources};

use super::text::with_hidden;

/// Maximum distance of a shown line from a marked one.
const NEAR: usize = 2;

/// Characters shown before and after the first mark in a line. Both are wider than a terminal.
const SHOWN_BEFORE: usize = 200;
const SHOWN_AFTER: usize = 600;

/// Returns the range of a place, or `None` for a whole file.
pub(super) fn range(place: &Place, sources: &Sources) -> Option<Range<usize>> {
    let text = sources.text(place.file);
    let span = match &place.at {
        Position::File => return None,
        Position::Bytes(bytes) => bytes.clone(),
        Position::Path(path, part) => sources.tree(place.file)?.find(path, *part)?,
    };
    let start = boundary(text, span.start);
    Some(start..boundary(text, span.end).max(start))
}

/// Returns the range of a place up to the end of its first line, or `None` for a whole file.
pub(super) fn locate(place: &Place, sources: &Sources) -> Option<Range<usize>> {
    let Range { start, end } = range(place, sources)?;
    let line = line_range(place.file, line_column(place.file, start, sources).0, sources);
    let text = sources.text(place.file).get(line.clone()).unwrap_or_default();
    let line_end = line.end - usize::from(text.ends_with('\n'));
    Some(start..end.min(line_end))
}

/// Returns whether a label has anything to point at. A path whose first step does not exist has not.
pub(super) fn is_there(place: &Place, sources: &Sources) -> bool {
    match &place.at {
        Position::Path(path, _) => sources.tree(place.file).is_some_and(|tree| tree.knows(path)),
        _ => true,
    }
}

/// Returns the nearest character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns line and column of a byte, both from 1. Columns count characters.
pub(super) fn line_column(file: FileId, at: usize, sources: &Sources) -> (usize, usize) {
    let text = sources.text(file);
    sources.lines(file).map_or((1, 1), |lines| lines.line_column(text, boundary(text, at)))
}

/// Returns the bytes of a line, counted from 1, with its line break.
fn line_range(file: FileId, line: usize, sources: &Sources) -> Range<usize> {
    sources.lines(file).map_or(0..0, |lines| lines.range(sources.text(file), line))
}

/// The part of a file that is shown.
pub(super) struct View {
    /// Number of the first line of `text`.
    pub(super) first_line: usize,
    /// The lines from the first to the last marked one. Those far from all marks are empty.
    pub(super) text: String,
    /// The requested spans as ranges of `text`, in the same order.
    pub(super) spans: Vec<Range<usize>>,
}

impl View {
    /// Creates the view of the lines around `spans`, each of which lies within one line of the file.
    pub(super) fn new(file: FileId, spans: &[Range<usize>], sources: &Sources) -> Self {
        let source = sources.text(file);
        let marked: Vec<usize> = spans.iter().map(|span| line_column(file, span.start, sources).0).collect();
        let first_line = marked.iter().min().copied().unwrap_or(1);
        let last_line = marked.iter().max().copied().unwrap_or(1);
        let mut view = Self { first_line, text: String::new(), spans: vec![0..0; spans.len()] };
        for number in first_line..=last_line {
            if marked.iter().any(|mark| mark.abs_diff(number) <= NEAR) {
                let range = line_range(file, number, sources);
                let line = source.get(range.clone()).unwrap_or_default();
                view.line(line, range.start, spans, &marked, number);
            }
            if number < last_line {
                view.text.push('\n');
            }
        }
        view
    }

    /// Adds a line with one visible character for each of its characters, and translates the spans.
    ///
    /// Very long lines are shortened without changing columns: text far after the first mark is left out, and text far
    /// before the mark becomes dots, which the renderer cuts off.
    fn line(&mut self, line: &str, start: usize, spans: &[Range<usize>], marked: &[usize], number: usize) {
        let line = line.trim_end_matches(['\n', '\r']);
        let here = || marked.iter().zip(spans).enumerate().filter(|(_, (mark, _))| **mark == number);
        let first = here().map(|(_, (_, span))| span.start).min().unwrap_or(start);
        let mark = line.get(..first.saturating_sub(start)).map_or(0, |before| before.chars().count());
        let mut at = start;
        for (index, c) in with_hidden(line).take(mark + SHOWN_AFTER).map(Some).chain([None]).enumerate() {
            for (which, (_, span)) in here() {
                if let Some(shown) = self.spans.get_mut(which) {
                    shown.start = if span.start >= at { self.text.len() } else { shown.start };
                    shown.end = if span.end >= at { self.text.len() } else { shown.end };
                }
            }
            if let Some((c, hidden)) = c {
                self.text.push(if index + SHOWN_BEFORE < mark { '.' } else { visible(c, hidden) });
                at += c.len_utf8();
            }
        }
    }
}

/// Replaces control characters by their pictures, and other hidden characters by the replacement character. An escape
/// would be longer than the character, and move the columns of the file.
fn visible(c: char, hidden: bool) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ if hidden => '\u{fffd}',
        c => c,
    }
}
