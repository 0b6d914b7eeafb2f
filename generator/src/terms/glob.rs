//! Patterns in which `*` matches any text and `?` any character.

use std::str::Chars;

/// Whether a pattern matches a text as a whole.
#[must_use]
pub fn glob(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    // What is behind the last `*`, and the text on which it was last tried.
    let mut retry: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        match (pattern.next(), text.clone().next()) {
            (None, None) => return true,
            (Some('*'), _) => retry = Some((pattern.clone(), text.clone())),
            (Some(wanted), Some(c)) if wanted == '?' || wanted == c => text = skip_one(text),
            _ => match &mut retry {
                Some((behind, from)) => {
                    if from.next().is_none() {
                        return false;
                    }
                    (pattern, text) = (behind.clone(), from.clone());
                }
                None => return false,
            },
        }
    }
}

fn skip_one(mut text: Chars<'_>) -> Chars<'_> {
    text.next();
    text
}

/// Whether a text is a pattern, rather than a name.
#[must_use]
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn stars_match_any_text() {
        for pattern in ["*", "a.*", "*.c", "a*b*c", "*b*", "a.b.c", "a.b.c*", "**", "*a.b.c*", "a.*.c"] {
            assert!(glob(pattern, "a.b.c"), "{pattern}");
        }
        for pattern in ["", "b", "b*", "*b", "a*c*b", "a.b", "A.*", "a.b.c.*"] {
            assert!(!glob(pattern, "a.b.c"), "{pattern}");
        }
        assert!(!glob("ab*ba", "aba"), "no character counts twice");
        assert!(glob("*ab", "aab") && glob("*aab*", "aaab"), "a `*` is tried at every character");
        assert!(glob("*", "") && glob("", ""));
    }

    #[test]
    fn question_marks_match_one_character() {
        for pattern in ["a.?.c", "?????", "a?b*", "*?c"] {
            assert!(glob(pattern, "a.b.c"), "{pattern}");
        }
        for pattern in ["?", "????", "??????", "a.b.c?", "?a.b.c", "*??????"] {
            assert!(!glob(pattern, "a.b.c"), "{pattern}");
        }
        assert!(glob("?单*", "订单") && !glob("??", "订") && !glob("?", ""), "characters, not bytes");
    }
}
