//! What `Debug` shows of data that may be personal: kind and length, or everything with the feature `debug-values`.

use core::fmt;

/// Whether values themselves are shown.
const VALUES: bool = cfg!(feature = "debug-values");

/// Shows `text` as `Kind(11 chars)`.
pub(crate) fn text(f: &mut fmt::Formatter<'_>, kind: &str, text: &str) -> fmt::Result {
    if VALUES { write!(f, "{kind}({text:?})") } else { write!(f, "{kind}({} chars)", text.chars().count()) }
}

/// Maximum length of a text that is marked to be shown, in characters.
const MAX_TEXT: usize = 200;

/// Maximum number of items or entries that are shown where a field is marked to be shown.
pub(crate) const MAX_ITEMS: usize = 20;

/// Shows the text of a field that is marked to be shown: quoted, on one line, and cut.
pub(crate) fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => {
            write!(f, "{:?}…({} chars)", text.get(..end).unwrap_or_default(), text.chars().count())
        }
        None => write!(f, "{text:?}"),
    }
}

/// Shows an integer as `Integer(3 digits)`.
pub(crate) fn integer(f: &mut fmt::Formatter<'_>, number: i64) -> fmt::Result {
    let digits = number.unsigned_abs().checked_ilog10().unwrap_or_default() + 1;
    if VALUES { write!(f, "{number}") } else { write!(f, "Integer({digits} digits)") }
}

/// Shows a kind and a count of `unit`s.
pub(crate) fn count(f: &mut fmt::Formatter<'_>, kind: &str, count: usize, unit: &str) -> fmt::Result {
    write!(f, "{kind}({count} {unit})")
}

/// An identifier from a server, made fit for one line of a log.
pub(crate) struct Line<'a>(pub(crate) &'a str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Cut::start(self.0, 96).fmt(f)
    }
}

/// Text on one line, cut to a number of characters, with control characters escaped.
pub(crate) struct Cut<'a> {
    text: &'a str,
    /// Number of characters that are kept at the start.
    head: usize,
    /// Number of characters that are kept at the end.
    tail: usize,
}

impl<'a> Cut<'a> {
    /// Keeps the start of a text.
    pub(crate) fn start(text: &'a str, head: usize) -> Self {
        Self { text, head, tail: 0 }
    }

    /// Keeps both ends of a wire path or URL, because the end names the value.
    pub(crate) fn path(text: &'a str) -> Self {
        Self { text, head: 100, tail: 100 }
    }
}

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.text.chars().count();
        let left_out = count.saturating_sub(self.head + self.tail);
        for (index, char) in self.text.chars().enumerate() {
            if left_out > 0 && index == self.head {
                f.write_str("…")?;
            }
            if index >= self.head && index < self.head + left_out {
                continue;
            }
            if char.is_control() { write!(f, "{}", char.escape_default())? } else { write!(f, "{char}")? }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Quoted(String);

    impl fmt::Debug for Quoted {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            quoted(f, &self.0)
        }
    }

    #[test]
    fn quoted_text_is_cut_between_characters() {
        assert_eq!(format!("{:?}", Quoted("a\n\"中".to_owned())), r#""a\n\"中""#);
        let long = format!("{:?}", Quoted("中".repeat(201)));
        assert_eq!(long, format!("\"{}\"…(201 chars)", "中".repeat(200)));
    }

    #[test]
    fn a_line_is_short_and_plain() {
        assert_eq!(Line("isv.a\nb").to_string(), "isv.a\\nb");
        assert_eq!(Line(&"x".repeat(97)).to_string(), format!("{}…", "x".repeat(96)));
        assert_eq!(Line(&"x".repeat(96)).to_string(), "x".repeat(96));
    }

    #[test]
    fn a_long_path_keeps_both_ends() {
        let path = format!("{}\n{}", "a".repeat(100), "b".repeat(100));
        assert_eq!(Cut::path(&path).to_string(), format!("{}…{}", "a".repeat(100), "b".repeat(100)));
        assert_eq!(Cut::path("a.b[0]").to_string(), "a.b[0]");
    }
}
