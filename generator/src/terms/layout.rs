//! The form in which a page was read.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

/// The form in which a page was read: a word of lower-case letters, digits and `-`, such as `markdown`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Layout(Cow<'static, str>);

impl Layout {
    /// What the word of a layout consists of, for messages.
    pub const SPELLING: &'static str = "a word of lower-case letters, digits and `-`";

    /// The same as a regular expression, for JSON Schemas.
    pub const PATTERN: &str = "^[a-z]([a-z0-9-]*[a-z0-9])?$";

    /// The layout of a transcript that people wrote, instead of a reader of pages.
    pub const HAND: Self = Self::known("hand");

    /// Returns the layout with this word. Returns `None` if the text is not such a word.
    #[must_use]
    pub fn new(word: &str) -> Option<Self> {
        Self::is_word(word).then(|| Self(Cow::Owned(word.to_owned())))
    }

    /// Returns the layout with a word of the program's own, which is not checked.
    pub(crate) const fn known(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// Returns whether a text can be the word of a layout.
    #[must_use]
    pub fn is_word(text: &str) -> bool {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }

    /// Returns whether people wrote the transcript, so that no page can be compared with it.
    #[must_use]
    pub fn is_hand(&self) -> bool {
        *self == Self::HAND
    }

    /// Returns the word.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Serialize for Layout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_small_letters_digits_and_hyphens() {
        for word in ["hand", "top-text", "md2"] {
            assert_eq!(Layout::new(word).map(|layout| layout.to_string()).as_deref(), Some(word));
        }
        for text in ["", "-a", "a-", "Top", "a b", "a_b", "2d", "箱"] {
            assert_eq!(Layout::new(text), None, "{text}");
        }
    }
}
