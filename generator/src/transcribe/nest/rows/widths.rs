//! Nesting by marks and indentation.

use super::{Evidence, Home, anchor};
use crate::terms::Note;
use crate::transcribe::field::DEEPEST;
use crate::transcribe::row::{Depth, Row};

/// Blanks that show a level, if nothing else does. One blank is a slip.
const BLANKS: usize = 2;

/// The homes of rows with marks or blanks before their names: each row belongs to the nearest one above it that is less wide. What
/// the samples show in the same place is not in doubt.
pub(super) fn homes(rows: &[Row], evidence: &Evidence<'_>) -> Option<Vec<Home>> {
    let is_marked = rows.iter().any(|row| row.depth == Depth::Marked && row.width > 0);
    let widths = || rows.iter().map(|row| row.width);
    if !is_marked && widths().max()? < widths().min()? + BLANKS {
        return None;
    }
    let mut homes: Vec<Home> = Vec::with_capacity(rows.len());
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut left = None;
        while let Some((_, above)) = open.pop_if(|(_, above)| *above >= row.width) {
            left = Some(above);
        }
        let home = open.last().map(|(at, _)| *at);
        // The row is less wide than the one above it, and none further up has its width.
        let is_between = left.is_some_and(|left| left != row.width);
        let holds = home.and_then(|home| rows.get(home)).is_none_or(Row::may_have_members);
        let is_doubtful = home.is_some() && (is_between || !holds || !is_marked);
        homes.push(Home { row: home, node: None, doubt: is_doubtful.then_some(Note::Ambiguous) });
        if open.len() <= DEEPEST {
            open.push((at, row.width));
        }
    }
    let is_flat =
        homes.iter().all(|home| home.row.is_none_or(|row| homes.get(row).is_some_and(|home| home.row.is_none())));
    compare(rows, &mut homes, evidence, is_marked && is_flat);
    Some(homes)
}

/// Settles the doubts about rows that the samples show where they are. In a table that marks only the first level, other rows
/// behind an object on that level may belong to the object.
fn compare(rows: &[Row], homes: &mut [Home], evidence: &Evidence<'_>, is_flat: bool) {
    let tops = rows.iter().zip(homes.iter()).filter(|(_, home)| home.row.is_none());
    let anchor = anchor(tops.map(|(row, _)| row.field.name.as_str()), evidence.tree);
    let mut shown: Vec<Option<usize>> = Vec::with_capacity(rows.len());
    let mut open_in = None;
    for (row, home) in rows.iter().zip(homes) {
        let above = home.row.map_or(anchor, |parent| shown.get(parent).copied().flatten());
        let own = above.and_then(|above| evidence.tree.child(above, &row.field.name));
        home.node = own;
        shown.push(own);
        match (home.row, own) {
            (None, _) => open_in = None,
            (_, Some(_)) => home.doubt = None,
            (parent, None) if is_flat && open_in == parent => home.doubt = Some(Note::Ambiguous),
            _ => {}
        }
        if home.row.is_some() && row.is_open() && evidence.may_open(row) {
            open_in = home.row;
        }
    }
}
