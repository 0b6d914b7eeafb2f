//! Text within a line of GitHub markdown.

use crate::diagnostic::safe;
use crate::diff::phrase::{Part, Phrase};

/// Formats a name or value as a code span, whatever it contains.
///
/// A backslash would not be enough: GitHub looks for mentions, references to issues and addresses after markdown has
/// been read, and leaves out only code.
pub(in crate::diff::output) fn code(value: &str) -> String {
    let text = safe(value, false);
    if text.chars().all(|c| c == ' ') {
        // A code span cannot be empty.
        return format!("`{}`", if text.is_empty() { " " } else { &text });
    }
    let fence = fence(&text, 1);
    let is_edge = |c: char| matches!(c, '`' | ' ');
    // Markdown removes this blank again.
    let blank = if text.starts_with(is_edge) || text.ends_with(is_edge) { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Escapes our own words.
pub(super) fn words(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in safe(text, false).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '@' | '&' | '$' | '!') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Formats a sentence.
pub(in crate::diff::output) fn phrase(phrase: &Phrase) -> String {
    let text = |part: &Part| match part {
        Part::Words(text) => words(text),
        Part::Code(text) => code(text),
    };
    phrase.parts().iter().map(text).collect()
}

/// Returns a fence of at least `least` backticks that no run of backticks in the text can end.
pub(super) fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_run_in_the_value() {
        for (value, span) in [
            ("a", "`a`"),
            ("", "` `"),
            ("  ", "`  `"),
            (" a", "`  a `"),
            ("a`b", "``a`b``"),
            ("`a``", "``` `a`` ```"),
            ("``<details>", "``` ``<details> ```"),
            ("a\nb\u{202e}", "`a\\nb\\u{202e}`"),
        ] {
            assert_eq!(code(value), span);
        }
        assert_eq!((fence("a", 3), fence("a ``` b", 3)), ("```".into(), "````".into()));
    }

    #[test]
    fn code_of_a_sentence_is_code() {
        assert_eq!(phrase(&Phrase::marked("`A<b>` is *now* `c`")), "`A<b>` is \\*now\\* `c`");
        assert_eq!(phrase(&Phrase::new("now ").code("a`")), "now `` a` ``");
    }
}
