//! Texts and the parts of them whose source is known.

use core::ops::Range;

/// What a text is.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// A value, or a text that is made of values.
    Values,
    /// A digest, perhaps with other text around it.
    Digest,
}

/// A text, and the parts of it whose source is known.
pub(super) struct Marked<'a> {
    pub(super) text: &'a str,
    pub(super) content: Content,
    pub(super) marks: Vec<Mark<'a>>,
}

/// A part of a text whose source is known.
#[derive(Clone)]
pub(super) struct Mark<'a> {
    pub(super) range: Range<usize>,
    pub(super) origin: Origin<'a>,
}

/// What a part of a text is.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Origin<'a> {
    /// The secret, token or key with this name.
    Secret(&'a str),
    /// A credential that is not secret, whatever other credentials have the same value.
    Id,
}

impl<'a> Marked<'a> {
    /// Creates a text without known sources.
    pub(super) fn plain(content: Content, text: &'a str) -> Self {
        Self { text, content, marks: Vec::new() }
    }
}

impl Mark<'_> {
    pub(super) fn moved(self, by: usize) -> Self {
        Self { range: self.range.start + by..self.range.end + by, ..self }
    }

    /// Whether it shares a byte with a range.
    pub(super) fn overlaps(&self, range: &Range<usize>) -> bool {
        self.range.start < range.end && range.start < self.range.end
    }
}
