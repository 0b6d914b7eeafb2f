//! One line of a lock: its level, and its words one by one.

use std::ops::Range;

use super::{Arity, Wrong};
use crate::lock::write::REMOVED_MARK;
use crate::names::{Identifier, KeptName};
use crate::source::{FileId, Place};
use crate::terms::FieldPlace;

/// The places of fields that the lock keeps.
const PLACES: [FieldPlace; 2] = [FieldPlace::Query, FieldPlace::Header];

/// A line that is neither empty nor a comment.
pub(super) struct Line<'a> {
    /// Number of leading pairs of spaces; `None` for a tab or an odd number of spaces.
    pub(super) level: Option<usize>,
    /// The rest.
    pub(super) text: &'a str,
    /// Where the rest begins in the file.
    start: usize,
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |whole| {
        let at = start;
        start += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        let text = line.trim_start_matches(' ');
        let blanks = line.len() - text.len();
        let level = (blanks % 2 == 0 && !text.starts_with(char::is_whitespace)).then_some(blanks / 2);
        (!text.is_empty() && !line.starts_with('#')).then_some(Line { level, text, start: at + blanks })
    })
}

impl<'a> Line<'a> {
    /// Byte range of the line in the file.
    pub(super) fn bytes(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Its words, one blank between them.
    pub(super) fn words(&self) -> Result<Words<'a>, Wrong> {
        let (mut found, mut rest, mut at) = (Vec::new(), self.text, self.start);
        loop {
            let (word, length) = word(rest).ok_or((at..at + rest.len(), "invalid word".to_owned()))?;
            found.push((word, at..at + length));
            let (_, after) = rest.split_at(length);
            if after.is_empty() {
                return Ok(Words { words: found.into_iter(), line: self.bytes(), end: at + length, text: self.text });
            }
            let wrong = || (at + length..self.bytes().end, "expected a single space between words".to_owned());
            // A colon follows its word without a space.
            let (skipped, next) = match after.strip_prefix(' ') {
                Some(next) => (1, next),
                None => (0, after.starts_with(':').then_some(after).ok_or_else(wrong)?),
            };
            at += length + skipped;
            rest = next;
        }
    }
}

/// One word of a line.
enum Word {
    Plain(String),
    Quoted(String),
    Colon,
}

/// The first word of a text, and its length.
fn word(text: &str) -> Option<(Word, usize)> {
    if text.starts_with('"') {
        let length = quoted_length(text)?;
        let literal = text.get(..length)?;
        return Some((Word::Quoted(syn::parse_str::<syn::LitStr>(literal).ok()?.value()), length));
    }
    // `:` ends a word and `::` does not.
    let ends = |(index, c): &(usize, char)| {
        let pair = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with("::"));
        *c == ' ' || (*c == ':' && !pair(*index) && !index.checked_sub(1).is_some_and(pair))
    };
    match text.char_indices().find(ends).map_or(text.len(), |(index, _)| index) {
        0 => text.starts_with(':').then_some((Word::Colon, 1)),
        length => Some((Word::Plain(text.get(..length)?.to_owned()), length)),
    }
}

/// The length of the literal that a text begins with.
fn quoted_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(index, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(index + 1)
    })
}

/// The words of a line that are still to be read.
pub(super) struct Words<'a> {
    words: std::vec::IntoIter<(Word, Range<usize>)>,
    line: Range<usize>,
    end: usize,
    text: &'a str,
}

impl Words<'_> {
    fn missing(&self, what: &str) -> Wrong {
        (self.line.clone(), format!("expected {what} at the end of `{}`", self.text))
    }

    /// A word without quotes.
    pub(super) fn plain(&mut self, what: &str) -> Result<String, Wrong> {
        self.plain_at(what).map(|(word, _)| word)
    }

    /// Takes an unquoted word and its byte range.
    pub(super) fn plain_at(&mut self, what: &str) -> Result<(String, Range<usize>), Wrong> {
        match self.words.next() {
            Some((Word::Plain(word), bytes)) => Ok((word, bytes)),
            Some((_, bytes)) => Err((bytes, format!("expected {what}"))),
            None => Err(self.missing(what)),
        }
    }

    /// Takes a word, quoted or not, and its byte range.
    pub(super) fn any(&mut self, what: &str) -> Result<(String, Range<usize>), Wrong> {
        match self.words.next() {
            Some((Word::Plain(word) | Word::Quoted(word), bytes)) => Ok((word, bytes)),
            Some((Word::Colon, bytes)) => Err((bytes, format!("expected {what}"))),
            None => Err(self.missing(what)),
        }
    }

    /// A Rust name.
    pub(super) fn identifier(&mut self, file: FileId) -> Result<KeptName, Wrong> {
        let (word, bytes) = self.plain_at("a Rust name")?;
        checked(&word, bytes, file)
    }

    /// Takes `as name`; without it, the wire name is the Rust name.
    pub(super) fn name_or(&mut self, wire: &str, bytes: &Range<usize>, file: FileId) -> Result<KeptName, Wrong> {
        match self.words.as_slice() {
            [(Word::Plain(word), _), ..] if word == "as" => {
                self.words.next();
                self.identifier(file)
            }
            _ => checked(wire, bytes.clone(), file),
        }
    }

    /// The colon before a type.
    pub(super) fn colon(&mut self) -> Result<(), Wrong> {
        match self.words.next() {
            Some((Word::Colon, _)) => Ok(()),
            Some((_, bytes)) => Err((bytes, "expected `:`".to_owned())),
            None => Err(self.missing("`:`")),
        }
    }

    /// `text`, `Name[]`, `Name boxed`
    pub(super) fn item(&mut self) -> Result<((String, Range<usize>), Arity), Wrong> {
        let (word, bytes) = self.plain_at("a type")?;
        if let Some(element) = word.strip_suffix("[]") {
            return Ok(((element.to_owned(), bytes), Arity::Many));
        }
        let is_boxed = self.next_if("boxed");
        Ok(((word, bytes), if is_boxed { Arity::Boxed } else { Arity::One }))
    }

    /// `in call_customer_dto`
    pub(super) fn list_key(&mut self) -> Result<Option<String>, Wrong> {
        if self.next_if("in") { self.any("the key of a list").map(|(key, _)| Some(key)) } else { Ok(None) }
    }

    /// `at query`
    pub(super) fn place(&mut self) -> Result<Option<FieldPlace>, Wrong> {
        if !self.next_if("at") {
            return Ok(None);
        }
        let (word, bytes) = self.plain_at("the place of a field")?;
        let place = FieldPlace::from_word(&word).filter(|place| PLACES.contains(place));
        place.map(Some).ok_or((bytes, format!("`{word}` is neither `query` nor `header`")))
    }

    /// Takes the mark of a tombstone, and returns whether there was one.
    pub(super) fn removed(&mut self) -> bool {
        self.next_if(REMOVED_MARK)
    }

    fn next_if(&mut self, word: &str) -> bool {
        let is_next = matches!(self.words.as_slice(), [(Word::Plain(next), _), ..] if next == word);
        if is_next {
            self.words.next();
        }
        is_next
    }

    /// Checks that no word is left.
    pub(super) fn end(&mut self) -> Result<(), Wrong> {
        match self.words.next() {
            None => Ok(()),
            Some((_, bytes)) => Err((bytes.start..self.end, "expected the end of the line".to_owned())),
        }
    }
}

fn checked(word: &str, bytes: Range<usize>, file: FileId) -> Result<KeptName, Wrong> {
    match Identifier::new(word) {
        Some(name) => Ok((name.to_string(), Place::bytes(file, bytes))),
        None => Err((bytes, format!("`{word}` is not a valid Rust name"))),
    }
}
