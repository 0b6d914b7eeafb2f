//! Lists of words and phrases, and how they are found in a text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::reading::Reading;
use super::tokens::{Kind, tokens};

/// What a class knows of a language: meanings, and the words of both languages that express them.
pub(super) type Table = [(&'static str, &'static [&'static str])];

/// A table, by the first token of each phrase.
pub(super) struct Words {
    by_first: BTreeMap<String, Vec<Phrase>>,
}

struct Phrase {
    /// The tokens after the first, in lower case.
    rest: Vec<String>,
    meaning: &'static str,
}

/// Words found in a text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) meaning: &'static str,
    pub(super) range: Range<usize>,
}

impl Words {
    pub(super) fn new(table: &'static Table) -> Self {
        let mut by_first: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        for (meaning, phrases) in table {
            for phrase in *phrases {
                let mut tokens =
                    tokens(phrase).into_iter().filter(|t| t.kind != Kind::Blank).map(|t| t.text.to_lowercase());
                let Some(first) = tokens.next() else { continue };
                by_first.entry(first).or_default().push(Phrase { rest: tokens.collect(), meaning });
            }
        }
        // Longer phrases are matched before those that they contain.
        by_first.values_mut().for_each(|phrases| phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len())));
        Self { by_first }
    }

    /// Returns the longest phrase at an index.
    pub(super) fn at(&self, reading: &Reading<'_>, index: usize) -> Option<Found> {
        let phrases = self.by_first.get(reading.free_small(index)?)?;
        let found = phrases.iter().find(|phrase| {
            let mut rest = phrase.rest.iter().enumerate();
            rest.all(|(offset, word)| reading.free_small(index + 1 + offset) == Some(word.as_str()))
        })?;
        Some(Found { meaning: found.meaning, range: index..index + 1 + found.rest.len() })
    }

    /// Returns all phrases of a text, from left to right.
    pub(super) fn all(&self, reading: &Reading<'_>) -> Vec<Found> {
        self.all_in(reading, 0..reading.len())
    }

    /// Returns all phrases that start in a range, from left to right.
    pub(super) fn all_in(&self, reading: &Reading<'_>, range: Range<usize>) -> Vec<Found> {
        let mut found = Vec::new();
        let mut index = range.start;
        while index < range.end {
            match self.at(reading, index) {
                Some(phrase) => {
                    index = phrase.range.end;
                    found.push(phrase);
                }
                None => index += 1,
            }
        }
        found
    }
}
