//! Patterns in which `*` matches any text.

/// Whether a pattern matches a text as a whole.
#[must_use]
pub fn glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else { return pattern == text };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    for piece in middle {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn stars_match_any_text() {
        for pattern in ["*", "a.*", "*.c", "a*b*c", "*b*", "a.b.c", "a.b.c*"] {
            assert!(glob(pattern, "a.b.c"), "{pattern}");
        }
        for pattern in ["", "b", "b*", "*b", "a*c*b", "a.b", "A.*"] {
            assert!(!glob(pattern, "a.b.c"), "{pattern}");
        }
        assert!(!glob("ab*ba", "aba"), "no character counts twice");
    }
}
