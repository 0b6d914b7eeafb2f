//! What the JSON samples of one side show together: members of objects, elements of lists as one.

use std::collections::{BTreeMap, BTreeSet};

use super::json::{self, Json, compact};
use super::{Literal, Naming, Node, Tree};
use crate::transcribe::field::filled;
use crate::transcribe::types::Kind;

/// Maximum number of members of all samples.
const MOST: usize = 4_000;

impl Tree {
    /// The samples of one side, the first of which shows the examples. `broken` tells whether one of them breaks off.
    pub(crate) fn of_json(samples: &[&Json], broken: bool) -> Self {
        let mut nodes = vec![Node::default()];
        let is_whole = grow(&mut nodes, 0, samples);
        Self::new(Naming::Plain, nodes, broken || !is_whole)
    }
}

/// Adds the members of some values below a node; false if there are too many.
fn grow(nodes: &mut Vec<Node>, at: usize, values: &[&Json]) -> bool {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<(&str, Vec<&Json>)> = Vec::new();
    for (name, value) in values.iter().flat_map(|value| members(value)) {
        let index = *names.entry(name).or_insert(groups.len());
        match groups.get_mut(index) {
            Some((_, values)) => values.push(value),
            None => groups.push((name, vec![value])),
        }
    }
    let mut is_whole = true;
    for (name, values) in groups {
        is_whole = nodes.len() <= MOST;
        if !is_whole {
            break;
        }
        let child = nodes.len();
        nodes.push(node(name, &values));
        is_whole = grow(nodes, child, &values);
    }
    let end = nodes.len();
    if let Some(node) = nodes.get_mut(at) {
        node.end = end;
    }
    is_whole
}

/// A member with these values: the first that is not `null` shows what it is, the first that is filled is its example.
fn node(name: &str, values: &[&Json]) -> Node {
    let first = values.iter().find(|value| ***value != Json::Null);
    Node {
        key: name.to_owned(),
        name: name.to_owned(),
        shown: values.iter().find_map(|value| shown(value)),
        elements: first.map(|value| kinds(value)).unwrap_or_default(),
        literal: values.iter().find_map(|value| example(value)).map_or(Literal::None, Literal::Text),
        ..Node::default()
    }
}

/// The members of an object, or of the objects in a list.
fn members(value: &Json) -> Vec<(&str, &Json)> {
    match value {
        Json::Object(members) => members.iter().map(|(name, value)| (name.as_str(), value)).collect(),
        Json::Array(elements) => elements.iter().flat_map(members).collect(),
        _ => Vec::new(),
    }
}

/// What the elements of a list are that a text begins with: each kind once, in order.
pub(crate) fn elements(text: &str) -> Vec<Kind> {
    let list = text.trim_start().starts_with('[').then(|| json::read(text));
    let first = list.and_then(|samples| samples.into_iter().next());
    first.map(|sample| kinds(&sample.value)).unwrap_or_default()
}

/// What the elements of a list are: each kind once, in order.
fn kinds(value: &Json) -> Vec<Kind> {
    let Json::Array(elements) = value else { return Vec::new() };
    elements.iter().filter_map(shown).collect::<BTreeSet<Kind>>().into_iter().collect()
}

/// What a value is. Nothing is known about `null`.
fn shown(value: &Json) -> Option<Kind> {
    Some(match value {
        Json::Object(_) => Kind::Object,
        Json::Array(_) => Kind::List,
        Json::Null => return None,
        Json::Plain(word) if matches!(word.as_str(), "true" | "false") => Kind::Boolean,
        Json::Plain(word) if word.parse::<i64>().is_ok() => Kind::Integer,
        Json::Plain(word) if word.parse::<f64>().is_ok() => Kind::Decimal,
        Json::Text(_) | Json::Plain(_) => Kind::Text,
    })
}

/// What a value gives for an example: of a list the first element, of an object its text.
fn example(value: &Json) -> Option<String> {
    match value {
        Json::Text(text) | Json::Plain(text) => filled(text),
        Json::Null => None,
        Json::Array(elements) => elements.iter().find_map(example),
        Json::Object(members) => (!members.is_empty()).then(|| compact(value)),
    }
}
