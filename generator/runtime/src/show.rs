//! What `Debug` shows of data that may be personal: kind and length, or everything with the feature `debug-values`.

use core::fmt;

/// Whether values themselves are shown.
const VALUES: bool = cfg!(feature = "debug-values");

/// Shows `text` as `Kind(11 chars)`.
pub(crate) fn text(f: &mut fmt::Formatter<'_>, kind: &str, text: &str) -> fmt::Result {
    if VALUES { write!(f, "{kind}({text:?})") } else { write!(f, "{kind}({} chars)", text.chars().count()) }
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
        Cut::new(self.0, 96).fmt(f)
    }
}

/// Text on one line, cut after a number of characters, with control characters escaped.
pub(crate) struct Cut<'a> {
    text: &'a str,
    longest: usize,
}

impl<'a> Cut<'a> {
    pub(crate) fn new(text: &'a str, longest: usize) -> Self {
        Self { text, longest }
    }
}

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.text.chars();
        for char in chars.by_ref().take(self.longest) {
            if char.is_control() { write!(f, "{}", char.escape_default())? } else { write!(f, "{char}")? }
        }
        if chars.next().is_some() { f.write_str("…") } else { Ok(()) }
    }
}

impl fmt::Debug for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// A documented text, made fit for one line of a log like a [`Line`], but with more characters.
pub(crate) struct Sentence<'a>(pub(crate) &'a str);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Cut::new(self.0, 240).fmt(f)
    }
}

/// A wire path, made fit for one line of a log like a [`Line`]. Paths as deep as decoding goes are not cut, unless their
/// names are long.
pub(crate) struct Path<'a>(pub(crate) &'a str);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Cut::new(self.0, 1024).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_short_and_plain() {
        assert_eq!(Line("isv.a\nb").to_string(), "isv.a\\nb");
        assert_eq!(Line(&"x".repeat(97)).to_string(), format!("{}…", "x".repeat(96)));
    }
}
