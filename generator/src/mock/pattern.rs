//! Patterns of API names.

/// A pattern of API names, in which `*` matches any text. It also matches a name as a part of it, without `*`: `crm.open`.
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
        let mut pieces = self.0.split('*');
        let first = pieces.next().unwrap_or_default();
        if !self.0.contains('*') {
            return api.contains(first);
        }
        let Some(mut rest) = api.strip_prefix(first) else { return false };
        let pieces: Vec<&str> = pieces.collect();
        let Some((last, middle)) = pieces.split_last() else { return true };
        for piece in middle {
            match rest.split_once(piece) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
        rest.ends_with(last)
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
