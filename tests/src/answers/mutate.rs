//! What servers do to values: other types, other shapes, other names, too much of everything.

use super::node::{LONE, Marks, Node};
use crate::mutation::Random;

/// Names that documents do not have, and some that they do.
const NAMES: &[&str] =
    &["x", "item", "string", "list", "a.b", "", "[]", "q\"q", "名", "request_id2", "data", "result", "child", "id"];

/// Scalars that are not unique.
const WORDS: &[&str] = &["", "  ", "true", "FALSE", "0", "1", "1.0", "null", "{}", "[]", "{", "1e400", "NaN", "-5.0"];
const NUMBERS: &[&str] =
    &["0", "1", "-0", "1.0", "1e400", "-1E-400", "9223372036854775808", "18446744073709551616", "0.10"];

/// Changes one to three places of an object.
pub(super) fn mutate(node: &mut Node, random: &mut Random, marks: &mut Marks) {
    if let Node::Object(members) = node
        && members.is_empty()
    {
        members.push(("x".to_owned(), junk(random, marks, 2)));
    }
    for _ in 0..=random.below(3) {
        let target = place(node, random);
        change(target, random, marks);
    }
}

/// A random value inside `node`, but not `node` itself.
fn place<'a>(node: &'a mut Node, random: &mut Random) -> &'a mut Node {
    let mut at = node;
    let mut depth = 0;
    loop {
        let stops = depth > 0 && random.below(3) == 0;
        let inner = match &*at {
            Node::List(items) => items.len(),
            Node::Object(members) => members.len(),
            Node::Embedded(_) => 1,
            _ => 0,
        };
        if stops || inner == 0 {
            return at;
        }
        let index = random.below(inner);
        at = match at {
            Node::List(items) => &mut items[index],
            Node::Object(members) => &mut members[index].1,
            Node::Embedded(node) => node,
            other => return other,
        };
        depth += 1;
    }
}

fn change(node: &mut Node, random: &mut Random, marks: &mut Marks) {
    let old = std::mem::replace(node, Node::Null);
    *node = match random.below(10) {
        0 => junk(random, marks, 2),
        1 => Node::List(vec![old]),
        2 => Node::Object(vec![(random.pick(NAMES).to_owned(), old)]),
        3 => Node::Embedded(Box::new(old)),
        4 => deep(old, random),
        5 => {
            let again = old.renewed(marks);
            Node::List(vec![old, Node::Null, again])
        }
        _ => inside(old, random, marks),
    };
}

/// Changes what a value contains, and keeps its form.
fn inside(node: Node, random: &mut Random, marks: &mut Marks) -> Node {
    match node {
        Node::Object(members) => Node::Object(other_members(members, random, marks)),
        Node::List(mut items) => {
            let at = random.below(items.len() + 1);
            items.insert(at, junk(random, marks, 1));
            Node::List(items)
        }
        Node::Number(text) => match random.below(3) {
            0 => Node::Text(text),
            1 if text.bytes().all(|byte| byte.is_ascii_digit()) => Node::Number(format!("{text}.0")),
            _ => Node::Text(format!(" {text} ")),
        },
        Node::Text(text) => {
            let odd = ["\t", "\u{1}", "\\", "\"", "\u{e000}", "\r\n", "👍", "</x>&amp;"];
            debug_assert!(odd[4].contains(LONE));
            Node::Text(format!("{}{text}", random.pick(&odd)))
        }
        Node::Bool(value) => Node::Text(value.to_string().to_uppercase()),
        Node::Embedded(node) => Node::Embedded(Box::new(inside(*node, random, marks))),
        Node::Null => junk(random, marks, 1),
    }
}

fn other_members(mut members: Vec<(String, Node)>, random: &mut Random, marks: &mut Marks) -> Vec<(String, Node)> {
    let at = random.below(members.len());
    match (random.below(4), members.get(at).cloned()) {
        (0, Some((name, value))) => {
            let value = if random.below(2) == 0 { value.renewed(marks) } else { junk(random, marks, 2) };
            let at = random.below(members.len() + 1);
            members.insert(at, (name, value));
        }
        (1, Some(_)) => members[at].0 = random.pick(NAMES).to_owned(),
        (2, Some(_)) => drop(members.remove(at)),
        _ => {
            let long = "长".repeat(70);
            let name = if random.below(12) == 0 { &long } else { random.pick(NAMES) };
            members.insert(at, (name.to_owned(), junk(random, marks, 2)));
        }
    }
    members
}

/// The value below many objects or lists.
fn deep(node: Node, random: &mut Random) -> Node {
    let levels = if random.below(4) == 0 { 60 + random.below(40) } else { 1 + random.below(4) };
    let name = random.pick(&["child", "parent", "x", "result", "tree"]).to_owned();
    let in_lists = random.below(4) == 0;
    (0..levels).fold(
        node,
        |node, _| {
            if in_lists { Node::List(vec![node]) } else { Node::Object(vec![(name.clone(), node)]) }
        },
    )
}

/// Any value.
pub(super) fn junk(random: &mut Random, marks: &mut Marks, depth: usize) -> Node {
    match random.below(if depth == 0 { 8 } else { 11 }) {
        0 => Node::Null,
        1 => Node::Bool(random.below(2) == 0),
        2 => Node::Number(random.pick(NUMBERS).to_owned()),
        3 => Node::Text(random.pick(WORDS).to_owned()),
        4 => Node::Number(marks.next_mark().to_string()),
        5 => Node::Number(format!("-{}.50", marks.next_mark())),
        6 => Node::Text(marks.next_mark().to_string()),
        7 => Node::Text(format!("v{}", marks.next_mark())),
        8 => Node::List((0..random.below(3)).map(|_| junk(random, marks, depth - 1)).collect()),
        9 => Node::Embedded(Box::new(junk(random, marks, depth - 1))),
        _ => Node::Object(
            (0..random.below(3)).map(|_| (random.pick(NAMES).to_owned(), junk(random, marks, depth - 1))).collect(),
        ),
    }
}
