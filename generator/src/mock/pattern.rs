//! Patterns of API names.

use crate::terms::{glob, is_pattern};

/// A pattern of API names, in which `*` matches any text and `?` any character. Without either, it also matches a part of a
/// name: `crm.open`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(String);

impl Pattern {
    /// Creates a pattern.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Returns the text of the pattern.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether an API's name matches.
    #[must_use]
    pub fn matches(&self, api: &str) -> bool {
        if is_pattern(&self.0) { glob(&self.0, api) } else { api.contains(&self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn stars_match_any_text() {
        let matches = |pattern, api| Pattern::new(pattern).matches(api);
        assert!(
            matches("*", "a.b.c") && matches("a.*", "a.b.c") && matches("*.c", "a.b.c") && matches("a*b*c", "a.b.c")
        );
        assert!(matches("b", "a.b.c") && matches("a.b.c", "a.b.c"));
        assert!(
            !matches("b*", "a.b.c") && !matches("*b", "a.b.c") && !matches("a*c*b", "a.b.c") && !matches("x", "a.b.c")
        );
        assert!(!matches("ab*ba", "aba"), "no character counts twice");
    }
}
