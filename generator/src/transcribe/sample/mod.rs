//! Samples of code and of answers as trees in the order of the page. Reading them never fails: what cannot be
//! understood is left out, and shows as a disagreement with the table.

pub(crate) mod calls;
pub(crate) mod java;
pub(crate) mod json;
mod merge;
pub(crate) mod text;
pub(crate) mod xml;

pub(crate) use merge::elements;

use std::borrow::Cow;

use super::field::filled;
use super::types::Kind;

/// How the names of a sample are made from those of the table.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Setters of Java: segments raised and joined.
    Setter,
    /// The names themselves.
    Plain,
}

impl Naming {
    /// What two names have in common if they are the same one.
    pub(crate) fn key(self, name: &str) -> String {
        match self {
            Self::Plain => name.to_owned(),
            Self::Setter => name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect(),
        }
    }
}

/// The value of a leaf in a sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Literal {
    /// A text, as printed but for quotes and suffixes.
    Text(String),
    /// A value that every sample has, whatever the page's example is.
    Opaque(String),
    /// An object.
    #[default]
    None,
    /// A value in which the sample breaks off.
    Cut,
}

/// One node of a sample.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    /// Its key, made by [`Naming::key`].
    pub(crate) key: String,
    /// Its name as printed, without `set`.
    pub(crate) name: String,
    /// The type that the code gives it, if it gives one: a list's or an object's class, or that of a literal.
    pub(crate) type_word: Option<String>,
    /// The class that the sample names for it, if it does.
    pub(crate) class: Option<String>,
    /// What its value is, if the sample shows that.
    pub(crate) shown: Option<Kind>,
    /// What the elements of a list are: each kind once, in order.
    pub(crate) elements: Vec<Kind>,
    /// Its own value.
    pub(crate) literal: Literal,
    /// The index after its last descendant.
    pub(crate) end: usize,
    /// Whether its end tag is missing, or it contains one too many, so that its content is uncertain.
    pub(crate) broken: bool,
    /// Whether the sample breaks off in it: what it contains is certain, but not complete.
    pub(crate) cut: bool,
}

/// Maximum nodes of a sample; parsing stops there. The largest sample seen so far has about 2,000.
pub(crate) const MOST_NODES: usize = 20_000;

/// A sample, or several of one side together: its nodes, each followed by its descendants. The first is the sample itself.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    /// How names are compared.
    pub(crate) naming: Naming,
    /// The nodes in order.
    pub(crate) nodes: Vec<Node>,
    /// Whether the sample breaks off, so that nothing is known of what would follow.
    pub(crate) cut: bool,
    /// All nodes but the first, with their parents, by key.
    by_key: Vec<(usize, usize)>,
}

impl Tree {
    /// A sample of these nodes.
    pub(crate) fn new(naming: Naming, nodes: Vec<Node>, cut: bool) -> Self {
        let mut by_key = Vec::with_capacity(nodes.len());
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            while open.pop_if(|(_, end)| *end <= at).is_some() {}
            by_key.extend(open.last().map(|(parent, _)| (*parent, at)));
            open.push((at, node.end));
        }
        let key = |at: usize| nodes.get(at).map_or("", |node| &node.key);
        by_key.sort_by(|(one_parent, one), (other_parent, other)| {
            (key(*one), one_parent).cmp(&(key(*other), other_parent))
        });
        Self { naming, nodes, cut, by_key }
    }

    /// A missing sample.
    pub(crate) fn none(naming: Naming, cut: bool) -> Self {
        Self::new(naming, Vec::new(), cut)
    }

    /// Whether it has no node but itself.
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// Whether the sample breaks off before the node at an index.
    pub(crate) fn is_cut_before(&self, index: usize) -> bool {
        self.cut && index >= self.nodes.len()
    }

    /// Whether it has too many nodes to be one.
    pub(crate) fn is_too_large(&self) -> bool {
        self.nodes.len() >= MOST_NODES
    }

    /// The end of a node's subtree.
    pub(crate) fn end(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(index + 1, |node| node.end)
    }

    /// The children of a node.
    pub(crate) fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let (mut at, end) = (index + 1, self.end(index));
        std::iter::from_fn(move || {
            let found = (at < end).then_some(at)?;
            at = self.end(found);
            Some(found)
        })
    }

    /// The first child of a node with this key.
    pub(crate) fn child(&self, parent: usize, key: &str) -> Option<usize> {
        let own = |at: usize| self.nodes.get(at).map_or("", |node| node.key.as_str());
        let place = self.by_key.partition_point(|(above, at)| (own(*at), *above) < (key, parent));
        self.by_key.get(place).filter(|(above, at)| *above == parent && own(*at) == key).map(|(_, at)| *at)
    }

    /// Whether any node but the sample itself has this key.
    pub(crate) fn knows(&self, key: &str) -> bool {
        let own = |at: usize| self.nodes.get(at).map_or("", |node| node.key.as_str());
        let place = self.by_key.partition_point(|(_, at)| own(*at) < key);
        self.by_key.get(place).is_some_and(|(_, at)| own(*at) == key)
    }

    /// What a node's value is.
    pub(crate) fn shown(&self, index: usize) -> Option<Kind> {
        self.nodes.get(index)?.shown
    }

    /// What the elements of a list are.
    pub(crate) fn elements(&self, index: usize) -> &[Kind] {
        self.nodes.get(index).map_or(&[], |node| &node.elements)
    }

    /// The text of a node, usable as an example.
    pub(crate) fn example(&self, index: usize) -> Option<String> {
        match &self.nodes.get(index)?.literal {
            Literal::Text(text) => filled(text),
            _ => None,
        }
    }
}

impl Tree {
    /// Returns the value of a leaf: its own value, or the elements of a list, joined with commas.
    pub(crate) fn value(&self, index: usize, list: bool) -> Cow<'_, Literal> {
        let Some(node) = self.nodes.get(index) else { return Cow::Owned(Literal::None) };
        if list && node.cut {
            return Cow::Owned(Literal::Cut);
        }
        if !list || !self.has_children(index) {
            return Cow::Borrowed(&node.literal);
        }
        let texts = self.children(index).filter_map(|child| self.nodes.get(child)).map(|child| match &child.literal {
            Literal::Text(text) => text.as_str(),
            _ => "",
        });
        Cow::Owned(Literal::Text(texts.collect::<Vec<_>>().join(",")))
    }

    /// Returns the value of a leaf of a type. `None` if a list has lost its elements: a response shows at least one element
    /// of every list, possibly an empty one. A `byte[]` is a value, not a list.
    pub(crate) fn value_of(&self, index: usize, type_word: &str) -> Option<Cow<'_, Literal>> {
        let value = self.value(index, type_word.ends_with("[]"));
        let is_list = type_word.ends_with("[]") && type_word != "byte[]" && self.naming == Naming::Plain;
        let is_lost = is_list && *value == Literal::Text(String::new()) && !self.has_children(index);
        (!is_lost).then_some(value)
    }

    /// Whether a node, or the element in it, is not certain to hold what it seems to hold.
    pub(crate) fn is_shaky(&self, index: usize) -> bool {
        let is_broken = |index: usize| self.nodes.get(index).is_some_and(|node| node.broken);
        let only = self.has_children(index) && self.end(index + 1) == self.end(index);
        self.has_children(index) && (is_broken(index) || only && is_broken(index + 1))
    }

    /// Whether one of the nodes of a range is not certain to hold what it seems to hold.
    pub(crate) fn is_broken(&self, from: usize, to: usize) -> bool {
        self.nodes.get(from..to).is_some_and(|nodes| nodes.iter().any(|node| node.broken))
    }

    /// Whether a node has others in it.
    pub(crate) fn has_children(&self, index: usize) -> bool {
        self.end(index) > index + 1
    }

    /// The range of the nodes inside an object, or inside the one element of a list.
    pub(crate) fn inside(&self, index: usize, wrapped: bool) -> (usize, usize) {
        let holder = index + usize::from(wrapped);
        (holder + 1, self.end(holder))
    }

    /// Returns whether an object's nodes may be in an element of their own, with the cost of reading them that way.
    pub(crate) fn wrappings(&self, index: usize, type_word: &str) -> Vec<(bool, u32)> {
        let inside = index + 1..self.end(index);
        let first = self.nodes.get(index + 1).filter(|_| !inside.is_empty());
        let (Naming::Plain, Some(first)) = (self.naming, first) else { return vec![(false, 0)] };
        let base = type_word.trim_end_matches("[]");
        let named = first.key == item_name(base);
        let opens = self.has_children(inside.start);
        let alone = first.end == inside.end;
        match (type_word.len() > base.len(), named) {
            (true, true) => vec![(true, 0), (false, 2)],
            (true, false) if opens && alone => vec![(true, 1), (false, 2)],
            (true, false) => vec![(false, 1)],
            (false, true) if alone => vec![(false, 0), (true, 1)],
            (false, _) => vec![(false, 0)],
        }
    }
}

/// The name of a list's elements: the type's, every capital opening a segment.
pub(crate) fn item_name(type_word: &str) -> String {
    let mut name = String::with_capacity(type_word.len() + 4);
    for c in type_word.chars() {
        if c.is_uppercase() {
            if !name.is_empty() {
                name.push('_');
            }
            name.extend(c.to_lowercase());
        } else {
            name.push(c);
        }
    }
    name
}
