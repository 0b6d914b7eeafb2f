//! Sentences about changes that keep names and values of specs apart from our own words.
//!
//! Each output language writes both in its own way, so that a value is never markup in any of them.

use std::fmt;

use crate::diagnostic::safe;

/// A sentence, or a part of one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Phrase(Vec<Part>);

/// A stretch of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Our own words.
    Words(String),
    /// A name or value of a spec, on one line and without hidden characters.
    Code(String),
}

impl Phrase {
    /// Starts with words.
    pub(super) fn new(words: impl Into<String>) -> Self {
        Self::default().words(words)
    }

    /// Parses one of our own sentences, in which code is between backticks.
    pub(super) fn marked(text: &str) -> Self {
        let parts = text.split('`').enumerate();
        parts.fold(
            Self::default(),
            |phrase, (index, part)| {
                if index % 2 == 0 { phrase.words(part) } else { phrase.code(part) }
            },
        )
    }

    /// Adds words.
    #[must_use]
    pub(super) fn words(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Words(words.into()));
        self
    }

    /// Adds a name or value.
    #[must_use]
    pub(super) fn code(mut self, value: &str) -> Self {
        self.0.push(Part::Code(safe(value, false)));
        self
    }

    /// Adds another sentence.
    #[must_use]
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.0
    }

    /// Returns the text without backticks around names and values.
    pub(super) fn unquoted(&self) -> String {
        let text = |part: &Part| match part {
            Part::Words(text) | Part::Code(text) => text.clone(),
        };
        self.0.iter().map(text).collect()
    }
}

impl fmt::Display for Phrase {
    /// Writes plain text, with names and values in backticks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Words(words) => f.write_str(words),
            Part::Code(code) => write!(f, "`{code}`"),
        })
    }
}
