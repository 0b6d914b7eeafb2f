//! Fields that a page lists without a table: `- tag: the colour of the crate`.

use std::ops::Range;

use super::names::is_name;
use crate::terms::{About, Note, Required};
use crate::transcribe::field::filled;
use crate::transcribe::row::{Row, Side};

/// How items of a list begin.
const BULLETS: [&str; 4] = ["- ", "* ", "+ ", "• "];

/// What is between a name and its text.
const BORDERS: [char; 4] = [':', '\u{ff1a}', '—', '–'];

/// Reads the item of a list that begins with a name. All that it shows is in doubt: a list may have names of anything.
pub(super) fn row(text: &str, at: &Range<usize>, side: Side) -> Option<Row> {
    let item = BULLETS.iter().find_map(|bullet| text.trim_start().strip_prefix(bullet))?.trim();
    let (name, text) = item.split_once(BORDERS)?;
    let name = name.trim().trim_matches('`');
    if !is_name(name) || name.eq_ignore_ascii_case("content-type") || text.starts_with("//") {
        return None;
    }
    let mut row = Row::new(name, at.clone());
    row.field.description = filled(text);
    row.field.doubt(About::Name, Note::Ambiguous);
    row.field.doubt(About::Type, Note::ColumnEmpty);
    row.field.doubt(About::Description, Note::Ambiguous);
    if side == Side::Request {
        row.require(Required::Unknown, Note::ColumnEmpty);
    }
    Some(row)
}
