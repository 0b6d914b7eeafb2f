//! Puts the rows of a table into one another: by marks and indentation, by names with their paths, by tables in cells, and
//! otherwise by the samples.

use std::collections::BTreeSet;

use super::paths;
use super::row::Node;
use crate::terms::{About, Note};
use crate::transcribe::field::{DEEPEST, Field};
use crate::transcribe::row::{Depth, Row, Side};
use crate::transcribe::sample::Tree;

/// Nests the rows of a table. `is_described` tells whether another table contains the members of a row.
pub(super) fn nest(rows: Vec<Row>, side: Side, shape: &Tree, is_described: &dyn Fn(&Row) -> bool) -> Vec<Field> {
    let marked = rows.iter().any(|row| row.depth == Depth::Marked && row.width > 0);
    let widths = || rows.iter().map(|row| row.width);
    let blanks = widths().max().unwrap_or_default() >= widths().min().unwrap_or_default() + BLANKS;
    let has_paths = rows.iter().any(|row| paths::has_path(&row.field.name));
    let mut nodes: Vec<Node> = rows.into_iter().map(|row| Node { row, parent: None }).collect();
    if marked || blanks {
        by_width(&mut nodes, marked);
        confirm(&mut nodes, shape);
    }
    if has_paths {
        paths::by_paths(&mut nodes, side);
    }
    if !marked && !blanks && !has_paths {
        by_samples(&mut nodes, shape, is_described);
    } else if marked {
        one_level(&mut nodes, shape, is_described);
    }
    fields(nodes, side, shape, is_described)
}

/// Blanks that show a level, if nothing else does. One blank is a slip.
const BLANKS: usize = 2;

/// Each row belongs to the nearest one above it that is less wide.
fn by_width(nodes: &mut [Node], is_marked: bool) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for at in 0..nodes.len() {
        let Some(width) = nodes.get(at).map(|node| node.row.width) else { return };
        let mut left = None;
        while let Some((_, above)) = open.last().filter(|(_, above)| *above >= width) {
            left = Some(*above);
            open.pop();
        }
        let parent = open.last().map(|(at, _)| *at);
        // The row is less wide than the one above it, and none further up has its width.
        let is_between = left.is_some_and(|left| left != width) && parent.is_some();
        let holds = parent.and_then(|parent| nodes.get(parent)).is_none_or(|parent| parent.row.may_have_members());
        if let Some(node) = nodes.get_mut(at) {
            node.parent = parent;
            if is_between || !holds || parent.is_some() && !is_marked {
                node.row.field.doubt(About::Nesting, Note::Ambiguous);
            }
        }
        if open.len() <= DEEPEST {
            open.push((at, width));
        }
    }
}

/// Removes the doubts about rows that the samples show where they are.
fn confirm(nodes: &mut [Node], shape: &Tree) {
    let anchor =
        anchor(nodes.iter().filter(|node| node.parent.is_none()).map(|node| node.row.field.name.as_str()), shape);
    let mut shown: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let above = node.parent.map_or(Some(anchor), |parent| shown.get(parent).copied().flatten());
        let own = above.and_then(|above| shape.child(above, &node.row.field.name));
        if own.is_some() && node.parent.is_some() {
            node.row.field.doubts.retain(|(about, _)| *about != About::Nesting);
        }
        shown.push(own);
    }
}

/// In a table that only marks the first level, rows behind an object on that level may belong to it.
fn one_level(nodes: &mut [Node], shape: &Tree, is_described: &dyn Fn(&Row) -> bool) {
    let is_deep = |nodes: &[Node], node: &Node| {
        node.parent.and_then(|parent| nodes.get(parent)).is_some_and(|parent| parent.parent.is_some())
    };
    if nodes.iter().any(|node| is_deep(nodes, node)) {
        return;
    }
    let anchor =
        anchor(nodes.iter().filter(|node| node.parent.is_none()).map(|node| node.row.field.name.as_str()), shape);
    let mut open_in: Option<usize> = None;
    for at in 0..nodes.len() {
        let Some(node) = nodes.get(at) else { return };
        let Some(parent) = node.parent else {
            open_in = None;
            continue;
        };
        let above = nodes.get(parent).and_then(|parent| shape.child(anchor, &parent.row.field.name));
        let is_shown = above.is_some_and(|above| shape.child(above, &node.row.field.name).is_some());
        let opens = node.row.is_open() && !is_described(&node.row);
        let is_doubtful = open_in == Some(parent) && !is_shown;
        if opens {
            open_in = Some(parent);
        }
        if is_doubtful && let Some(node) = nodes.get_mut(at) {
            node.row.field.doubt(About::Nesting, Note::Ambiguous);
        }
    }
}

/// Reads rows without marks side by side with the samples.
fn by_samples(nodes: &mut [Node], shape: &Tree, is_described: &dyn Fn(&Row) -> bool) {
    let opens = |row: &Row| row.is_open() && !is_described(row);
    if !nodes.iter().any(|node| opens(&node.row)) {
        return;
    }
    // The objects that are open: rows with their members in the samples. The first is the side itself.
    let mut open: Vec<(Option<usize>, usize)> =
        vec![(None, anchor(nodes.iter().map(|node| node.row.field.name.as_str()), shape))];
    let mut has_opened = false;
    let mut taken: Vec<BTreeSet<String>> = vec![BTreeSet::new()];
    for at in 0..nodes.len() {
        let Some(name) = nodes.get(at).map(|node| node.row.field.name.clone()) else { return };
        let fits = |level: &usize| {
            let is_free = taken.get(*level).is_some_and(|names| !names.contains(&name));
            is_free && open.get(*level).is_some_and(|(_, members)| shape.child(*members, &name).is_some())
        };
        let levels: Vec<usize> = (0..open.len()).rev().filter(fits).collect();
        let level = levels.first().copied();
        let note = match levels.as_slice() {
            [_] => None,
            [_, ..] => Some(Note::Ambiguous),
            [] if !has_opened => None,
            [] if shape.is_empty() => Some(Note::SampleMissing),
            [] => Some(Note::TableOnly),
        };
        // Without any evidence, a row stays on the level of the one above it.
        let stays = if shape.is_empty() { 0 } else { open.len().saturating_sub(1).min(last_level(nodes, at, &open)) };
        let level = level.unwrap_or(stays);
        open.truncate(level + 1);
        taken.truncate(level + 1);
        taken.iter_mut().skip(level).for_each(|names| {
            names.insert(name.clone());
        });
        let (parent, members) = open.last().copied().unwrap_or_default();
        let Some(node) = nodes.get_mut(at) else { return };
        node.parent = parent;
        if let Some(note) = note {
            node.row.field.doubt(About::Nesting, note);
        }
        if opens(&node.row) {
            has_opened = true;
            if let Some(child) = shape.child(members, &name).filter(|_| open.len() < DEEPEST) {
                open.push((Some(at), child));
                taken.push(BTreeSet::new());
            }
        }
    }
}

/// The level of the row above.
fn last_level(nodes: &[Node], at: usize, open: &[(Option<usize>, usize)]) -> usize {
    let above = at.checked_sub(1).and_then(|above| nodes.get(above)).and_then(|node| node.parent);
    open.iter().position(|(row, _)| *row == above).unwrap_or_default()
}

/// The object of the samples that has most of the names: answers are often wrapped.
pub(super) fn anchor<'n>(names: impl Iterator<Item = &'n str>, shape: &Tree) -> usize {
    /// Levels of an envelope around an answer.
    const ENVELOPE: usize = 3;
    let names: Vec<&str> = names.take(50).collect();
    let mut level = vec![0];
    let (mut best, mut most) = (0, 0);
    for _ in 0..=ENVELOPE {
        for node in &level {
            let count = names.iter().filter(|name| shape.child(*node, name).is_some()).count();
            if count > most {
                (best, most) = (*node, count);
            }
        }
        // What is in a row's own object are its members, not an answer in an envelope.
        let own = |node: &usize| names.iter().filter_map(|name| shape.child(*node, name)).collect::<Vec<_>>();
        let around = level.iter().flat_map(|node| {
            let own = own(node);
            shape.children(*node).filter(move |child| !own.contains(child))
        });
        level = around.take(200).collect();
    }
    best
}

/// Makes the fields.
fn fields(nodes: Vec<Node>, side: Side, shape: &Tree, is_described: &dyn Fn(&Row) -> bool) -> Vec<Field> {
    let mut below: Vec<Vec<Field>> = Vec::new();
    below.resize_with(nodes.len() + 1, Vec::new);
    // Members come behind their object, so all of them are done when it is reached from the end.
    for (at, node) in nodes.into_iter().enumerate().rev() {
        let mut field = node.row.field;
        let mut members = below.get_mut(at + 1).map(std::mem::take).unwrap_or_default();
        members.reverse();
        let is_renamed =
            !members.is_empty() && node.row.types.kind.is_scalar() && node.row.types.printed != field.type_word;
        if is_renamed {
            // A type of the page may have the name of a scalar.
            field.type_word.clone_from(&node.row.types.printed);
        }
        let nested = nest(node.row.members, side, shape, is_described);
        members.extend(nested);
        field.fields = members;
        if let Some(siblings) = below.get_mut(node.parent.map_or(0, |parent| parent + 1)) {
            siblings.push(field);
        }
    }
    let mut top = below.swap_remove(0);
    top.reverse();
    top
}
