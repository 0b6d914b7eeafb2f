//! What the samples of one side show together: members of objects, elements of lists as one.

use std::collections::{BTreeMap, BTreeSet};

use super::json::{Json, compact};
use crate::transcribe::field::filled;

/// Maximum number of members of a shape.
const MOST: usize = 4_000;

/// The members of all samples, those of the samples' objects first.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// The members; the first represents the samples themselves.
    nodes: Vec<Node>,
    /// The names of all members.
    names: BTreeSet<String>,
    /// Whether a sample breaks off.
    pub(crate) broken: bool,
}

/// One member.
#[derive(Debug, Default)]
struct Node {
    name: String,
    /// The first value that is not `null`.
    value: Option<Json>,
    /// The first value that is usable as an example.
    example: Option<String>,
    children: Vec<usize>,
    /// The place of each name among the children.
    places: BTreeMap<String, usize>,
}

impl Shape {
    /// The shape of some samples, the first of which shows the examples.
    pub(crate) fn new(samples: &[&Json], broken: bool) -> Self {
        let mut shape = Self { nodes: vec![Node::default()], names: BTreeSet::new(), broken };
        shape.grow(0, samples);
        shape
    }

    fn grow(&mut self, at: usize, values: &[&Json]) {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut groups: Vec<(&str, Vec<&Json>)> = Vec::new();
        for (name, value) in values.iter().flat_map(|value| members(value)) {
            let index = *names.entry(name).or_insert(groups.len());
            match groups.get_mut(index) {
                Some((_, values)) => values.push(value),
                None => groups.push((name, vec![value])),
            }
        }
        for (name, values) in groups {
            if self.nodes.len() > MOST {
                self.broken = true;
                return;
            }
            let value = values.iter().find(|value| ***value != Json::Null).map(|value| (*value).clone());
            let example = values.iter().find_map(|value| example(value));
            let child = self.nodes.len();
            self.names.insert(name.to_owned());
            self.nodes.push(Node { name: name.to_owned(), value, example, ..Node::default() });
            if let Some(node) = self.nodes.get_mut(at) {
                node.places.insert(name.to_owned(), node.children.len());
                node.children.push(child);
            }
            self.grow(child, &values);
        }
    }

    /// Returns whether no sample shows a member.
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// The members of a member.
    pub(crate) fn children(&self, at: usize) -> &[usize] {
        self.nodes.get(at).map_or(&[], |node| &node.children)
    }

    /// The place of a name among the members of a member, and the member.
    pub(crate) fn child(&self, at: usize, name: &str) -> Option<(usize, usize)> {
        let place = self.nodes.get(at).and_then(|node| node.places.get(name)).copied()?;
        Some((place, *self.children(at).get(place)?))
    }

    /// A member's name.
    pub(crate) fn name(&self, at: usize) -> &str {
        self.nodes.get(at).map_or("", |node| &node.name)
    }

    /// A member's value.
    pub(crate) fn value(&self, at: usize) -> Option<&Json> {
        self.nodes.get(at)?.value.as_ref()
    }

    /// A member's example.
    pub(crate) fn example(&self, at: usize) -> Option<String> {
        self.nodes.get(at)?.example.clone()
    }

    /// Whether any member has this name.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.names.contains(name)
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

/// What a value gives for an example: of a list the first element, of an object its text.
fn example(value: &Json) -> Option<String> {
    match value {
        Json::Text(text) => filled(text),
        Json::Plain(text) => filled(text),
        Json::Null => None,
        Json::Array(elements) => elements.iter().find_map(example),
        Json::Object(members) => (!members.is_empty()).then(|| compact(value)),
    }
}
