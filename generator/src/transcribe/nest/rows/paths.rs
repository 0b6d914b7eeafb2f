//! Names with their paths: `a.b`, `a[].b`, `a.n.b`.

use std::collections::BTreeMap;

use super::Node;
use crate::terms::{About, Note, Required};
use crate::transcribe::field::Field;
use crate::transcribe::row::{Depth, Row, Side};
use crate::transcribe::types::{Kind, TypeCell};

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    name: String,
    /// Whether the path goes on into the elements of a list.
    is_list: bool,
}

/// Whether a name has a path, or a sign of a list.
pub(super) fn has_path(name: &str) -> bool {
    name.contains(['.', '['])
}

/// The object that a name with a path begins with.
pub(crate) fn object_of(name: &str) -> Option<&str> {
    has_path(name).then(|| name.split(['.', '[']).next()).flatten()
}

/// Splits a name into its steps: numbers and signs for "any" are elements of lists.
fn steps(name: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let last = name.matches('.').count();
    for (at, part) in name.split('.').enumerate() {
        let (name, index) = part.split_once('[').map_or((part, false), |(name, _)| (name, true));
        let is_any = matches!(name, "N" | "$") || name == "n" && at < last;
        let is_index = is_any || name.bytes().all(|byte| byte.is_ascii_digit());
        match steps.last_mut().filter(|_| is_index) {
            Some(last) => last.is_list = true,
            None => steps.push(Step { name: name.to_owned(), is_list: index }),
        }
    }
    steps
}

/// The rows of each object, by name.
type Known = BTreeMap<(Option<usize>, String), usize>;

/// Moves the rows whose names have paths into the rows that the paths name. Rows that are missing are added.
pub(super) fn by_paths(nodes: &mut Vec<Node>, side: Side) {
    let mut known = Known::new();
    let rows = std::mem::take(nodes);
    // Where each of the old rows is now.
    let mut places: Vec<usize> = Vec::with_capacity(rows.len());
    for mut node in rows {
        let parent = node.parent.and_then(|parent| places.get(parent)).copied();
        let mut steps = steps(&node.row.field.name);
        let Some(last) = steps.pop().filter(|_| has_path(&node.row.field.name) && steps.len() < MOST_STEPS) else {
            known.insert((parent, node.row.field.name.clone()), nodes.len());
            places.push(nodes.len());
            nodes.push(Node { parent, ..node });
            continue;
        };
        let mut above = parent;
        for step in steps {
            above = Some(object(nodes, &mut known, above, &step, (&mut node.row, side)));
        }
        if last.is_list {
            node.row.field.doubt(About::Name, Note::Ambiguous);
        }
        node.row.field.name.clone_from(&last.name);
        // A row that was added for its members before it came has their members now.
        known.insert((above, last.name), nodes.len());
        places.push(nodes.len());
        nodes.push(Node { parent: above, row: node.row });
    }
}

/// Maximum steps of a path. Longer names are not split.
const MOST_STEPS: usize = 20;

/// The object that a step of a path names. One without a row of its own is added, and its members are in doubt.
fn object(
    nodes: &mut Vec<Node>,
    known: &mut Known,
    parent: Option<usize>,
    step: &Step,
    (member, side): (&mut Row, Side),
) -> usize {
    if let Some(at) = known.get(&(parent, step.name.clone())) {
        let holds = nodes.get(*at).is_some_and(|node| node.row.may_have_members());
        if !holds {
            member.field.doubt(About::Nesting, Note::Ambiguous);
        }
        return *at;
    }
    member.field.doubt(About::Nesting, Note::Derived);
    let word = if step.is_list { "Object[]" } else { "Object" };
    let mut field = Field { name: step.name.clone(), type_word: word.to_owned(), ..Field::default() };
    field.doubt(About::Type, Note::Derived);
    field.doubt(About::Name, Note::Derived);
    if side == Side::Request {
        field.required = Required::Unknown;
        field.doubt(About::Required, Note::Derived);
    }
    let types = TypeCell { word: word.to_owned(), kind: Kind::Object, is_list: step.is_list, ..TypeCell::default() };
    let row = Row { at: member.at.clone(), field, width: 0, depth: Depth::Blanks, types, members: Vec::new() };
    known.insert((parent, step.name.clone()), nodes.len());
    nodes.push(Node { row, parent });
    nodes.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_lists_are_no_steps_of_their_own() {
        for name in ["crates[].tag", "crates.n.tag", "crates.N.tag", "crates[0].tag", "crates.[].tag", "crates.1.tag"] {
            let read: Vec<(String, bool)> = steps(name).into_iter().map(|step| (step.name, step.is_list)).collect();
            assert_eq!(read, [("crates".to_owned(), true), ("tag".to_owned(), false)], "{name}");
        }
        assert_eq!(steps("crate.tag").len(), 2);
    }
}
