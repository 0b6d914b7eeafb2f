//! What the words of a dialect tell the readers of lines.

/// What a page's words tell about lines: where a table ends and another one begins.
#[derive(Copy, Clone)]
pub(crate) struct Known<'a> {
    /// Whether a text is a heading.
    pub(crate) is_heading: &'a dyn Fn(&str) -> bool,
    /// Whether a line between the rows of a table is a title.
    pub(crate) is_title: &'a dyn Fn(&str) -> bool,
    /// Whether cells are the header of a table.
    pub(crate) is_header: &'a dyn Fn(&[&str]) -> bool,
}
