//! A page as blocks: what HTML and the copy of a browser have in common.

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The byte of the file at which it begins.
    pub(crate) at: usize,
    /// Its text as one line, or as the lines of a sample.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line of text.
    Text,
    /// A row of a table, empty cells included.
    Row(Vec<String>),
    /// The items of a list.
    Items(Vec<String>),
    /// Preformatted text.
    Code,
}

impl Block {
    /// A line of text.
    pub(crate) fn text(at: usize, text: impl Into<String>) -> Self {
        Self { at, text: text.into(), kind: Kind::Text }
    }

    /// A row.
    pub(crate) fn row(at: usize, cells: Vec<String>) -> Self {
        Self { at, text: cells.join("\t"), kind: Kind::Row(cells) }
    }

    /// The only text of the block; nothing if it has several.
    pub(crate) fn single(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text => Some(self.text.trim()),
            Kind::Row(texts) | Kind::Items(texts) => match texts.as_slice() {
                [one] => Some(one.trim()),
                _ => None,
            },
            Kind::Code => None,
        }
    }
}

/// The text with each run of white space as one blank.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text behind a list's bullet.
pub(crate) fn bullet(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix(['•', '◦', '▪', '·', '●', '○'])?;
    Some(inner.trim_start_matches([' ', '\t', '\u{a0}']))
}

/// Returns whether a line is one of the headings that pages end with, below the last table.
pub(crate) fn is_end_heading(line: &str) -> bool {
    ["API工具", "如何获得此API", "FAQ"].contains(&line.trim())
}
