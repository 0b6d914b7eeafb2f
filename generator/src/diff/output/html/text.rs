//! Texts of specs as HTML: escaped, cut to a readable length, with marks where they differ.

use crate::diagnostic::safe;
use crate::diff::phrase::{Part, Phrase};
use crate::diff::prose::Piece;

/// Maximum characters of a value that are shown. A sample can have a million.
const SHOWN: usize = 4_000;

/// Formats a value.
pub(super) fn value(text: &str) -> String {
    let (shown, is_cut) = cut(text, SHOWN);
    escape(shown) + if is_cut { "…" } else { "" }
}

/// Formats a text with its differing pieces in the element `tag`.
pub(super) fn pieces(pieces: &[Piece], tag: &str) -> String {
    let mut text = String::new();
    let mut left = SHOWN;
    for piece in pieces {
        let (shown, is_cut) = cut(&piece.text, left);
        left -= shown.chars().count().min(left);
        let shown = escape(shown);
        text.push_str(&if piece.differs { format!("<{tag}>{shown}</{tag}>") } else { shown });
        if is_cut {
            text.push('…');
            break;
        }
    }
    text
}

/// Returns the first characters of a text, and whether there are more.
fn cut(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (text.get(..end).unwrap_or(text), true),
        None => (text, false),
    }
}

/// Formats a sentence.
pub(super) fn phrase(phrase: &Phrase) -> String {
    parts(phrase.parts())
}

/// Formats a part of a sentence.
pub(super) fn parts(parts: &[Part]) -> String {
    let text = |part: &Part| match part {
        Part::Words(text) => escape(text),
        Part::Code(text) => format!("<code>{}</code>", escape(text)),
    };
    parts.iter().map(text).collect()
}

/// Escapes text for content and attributes. Invisible and direction-changing characters are spelled out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in safe(text, true).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(
            escape("<a b=\"c\" d='e'>&amp;\u{202e}\u{0}"),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;\\u{202e}\\u{0}"
        );
    }

    #[test]
    fn back_quotes_are_code() {
        let why = Phrase::marked("`A<b>` is now `c`");
        assert_eq!(phrase(&why), "<code>A&lt;b&gt;</code> is now <code>c</code>");
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        assert_eq!(cut("甲乙丙", 2), ("甲乙", true));
        assert_eq!(cut("甲乙丙", 3), ("甲乙丙", false));
        let piece = |text: &str, differs| Piece { text: text.into(), differs };
        let long = "甲".repeat(SHOWN);
        assert_eq!(pieces(&[piece("a", false), piece(&long, true)], "ins").matches('甲').count(), SHOWN - 1);
        assert_eq!(pieces(&[piece("a", false), piece("<", true)], "ins"), "a<ins>&lt;</ins>");
    }
}
