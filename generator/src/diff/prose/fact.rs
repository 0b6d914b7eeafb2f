//! A fact that a text states.

/// What a fact is about.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Class {
    Number,
    /// A value or name in Latin letters: `OPEN`, `page_size`.
    Name,
    Required,
    Default,
    Limit,
    Unit,
    Deprecation,
    Encryption,
    /// One of several, or all or none.
    Choice,
}

/// A fact in a text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Fact {
    pub(super) class: Class,
    pub(super) text: String,
}
