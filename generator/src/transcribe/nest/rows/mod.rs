//! Puts the rows of a table into one another. Marks, indentation and names with their paths show where a row belongs; without
//! them, the rows are read side by side with the samples (`search`).

mod paths;
mod search;
mod widths;

pub(crate) use paths::object_of;

use crate::terms::{About, Note};
use crate::transcribe::field::Field;
use crate::transcribe::row::{Row, Side};
use crate::transcribe::sample::{Tree, elements};

/// What is known about a table besides its rows.
pub(crate) struct Evidence<'a> {
    /// The side.
    pub(crate) side: Side,
    /// What its samples show.
    pub(crate) tree: &'a Tree,
    /// Whether another table contains the members of a row.
    pub(crate) is_described: &'a dyn Fn(&Row) -> bool,
}

impl Evidence<'_> {
    /// Whether the members of a row may be among the rows below it.
    fn may_open(&self, row: &Row) -> bool {
        let is_scalars = || row.types.is_list && row.field.example.as_deref().is_some_and(is_list_of_scalars);
        row.members.is_empty() && row.field.items.is_none() && !(self.is_described)(row) && !is_scalars()
    }

    /// Whether the type of a row shows that its members may be among the rows below it.
    fn opens(&self, row: &Row) -> bool {
        row.types.can_open() && !row.field.type_word.is_empty() && self.may_open(row)
    }
}

/// Whether an example shows a list of scalars.
fn is_list_of_scalars(example: &str) -> bool {
    let elements = elements(example);
    !elements.is_empty() && elements.iter().all(|element| element.is_scalar())
}

/// Where a row belongs.
#[derive(Copy, Clone, Debug, Default)]
struct Home {
    /// The object that it is a member of, which is above it. `None` if it is a member of the table's own object.
    row: Option<usize>,
    /// Its own node in the samples, if the samples show it there.
    node: Option<usize>,
    /// Why that is in doubt.
    doubt: Option<Note>,
}

/// A row in its place. Members come behind their object.
#[derive(Clone, Debug)]
struct Node {
    row: Row,
    /// The index of the object that it belongs to.
    parent: Option<usize>,
}

/// Puts the rows of a table into one another.
pub(crate) fn nest(rows: Vec<Row>, evidence: &Evidence<'_>) -> Vec<Field> {
    if rows.is_empty() {
        return Vec::new();
    }
    let has_paths = rows.iter().any(|row| paths::has_path(&row.field.name));
    let homes = match widths::homes(&rows, evidence) {
        Some(homes) => homes,
        None if has_paths => vec![Home::default(); rows.len()],
        None => search::homes(&rows, evidence),
    };
    let mut nodes: Vec<Node> = Vec::with_capacity(rows.len());
    for (mut row, home) in rows.into_iter().zip(homes) {
        if let Some(note) = home.doubt {
            row.field.doubts.retain(|(about, _)| *about != About::Nesting);
            row.field.doubts.insert(0, (About::Nesting, note));
        }
        nodes.push(Node { row, parent: home.row });
    }
    if has_paths {
        paths::by_paths(&mut nodes, evidence.side);
    }
    fields(nodes, evidence)
}

/// Makes the fields.
fn fields(nodes: Vec<Node>, evidence: &Evidence<'_>) -> Vec<Field> {
    let mut below: Vec<Vec<Field>> = Vec::new();
    below.resize_with(nodes.len() + 1, Vec::new);
    // Members come behind their object, so all of them are done when it is reached from the end.
    for (at, Node { row, parent }) in nodes.into_iter().enumerate().rev() {
        let mut field = row.field;
        let mut members = below.get_mut(at + 1).map(std::mem::take).unwrap_or_default();
        members.reverse();
        if !members.is_empty() && row.types.kind.is_scalar() && !row.types.printed.is_empty() {
            // A type of the page may have the name of a scalar.
            field.type_word = row.types.printed;
        }
        members.extend(nest(row.members, evidence));
        field.fields = members;
        if let Some(siblings) = below.get_mut(parent.map_or(0, |parent| parent + 1)) {
            siblings.push(field);
        }
    }
    let mut top = below.swap_remove(0);
    top.reverse();
    top
}

/// The object of the samples that has most of the names: answers are often wrapped. `None` if none has any.
pub(crate) fn anchor<'n>(names: impl Iterator<Item = &'n str>, tree: &Tree) -> Option<usize> {
    /// Levels of an envelope around an answer.
    const ENVELOPE: usize = 3;
    let names: Vec<&str> = names.take(50).collect();
    let mut level = vec![0];
    let (mut best, mut most) = (None, 0);
    for _ in 0..=ENVELOPE {
        for node in &level {
            let count = names.iter().filter(|name| tree.child(*node, name).is_some()).count();
            if count > most {
                (best, most) = (Some(*node), count);
            }
        }
        // What is in a row's own object are its members, not an answer in an envelope.
        let is_around = |node: &usize| tree.nodes.get(*node).is_some_and(|node| !names.contains(&node.name.as_str()));
        level = level.iter().flat_map(|node| tree.children(*node)).filter(is_around).take(200).collect();
    }
    best
}
