//! Texts and tables that live as long as the program.

/// Returns a copy of the text.
pub(super) fn text(text: &str) -> &'static str {
    Box::leak(text.into())
}

/// Returns copies of the texts.
pub(super) fn texts(texts: &[String]) -> &'static [&'static str] {
    table(texts.iter().map(|known| text(known)))
}

/// Returns copies of pairs of texts.
pub(super) fn pairs(pairs: &[(String, String)]) -> &'static [(&'static str, &'static str)] {
    table(pairs.iter().map(|(name, value)| (text(name), text(value))))
}

/// Returns the rows as a table.
pub(super) fn table<T>(rows: impl Iterator<Item = T>) -> &'static [T] {
    rows.collect::<Vec<_>>().leak()
}
