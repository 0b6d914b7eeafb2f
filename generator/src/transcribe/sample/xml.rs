//! The XML sample, read without trust: values may hold tags of their own, and tags may stay open.

use super::{Literal, Naming, Node, Sample};

/// Reads what stands below the root element.
pub(crate) fn read(text: &str) -> Xml {
    let mut reader = Reader { text, nodes: Vec::new(), open: Vec::new() };
    let mut at = 0;
    while let Some(next) = reader.text.get(at..).and_then(|rest| rest.find('<')) {
        at = reader.tag(at + next);
    }
    while let Some(last) = reader.open.pop() {
        reader.close(last, text.len(), true);
    }
    let root = reader.nodes.first().map(|node| node.key.clone());
    // The root's own entry goes; what stands beside it is no part of the sample.
    let end = reader.nodes.first().map_or(0, |node| node.end);
    let nodes = reader.nodes.get(1..end).unwrap_or_default();
    let nodes = nodes.iter().map(|node| Node { end: node.end - 1, ..node.clone() }).collect();
    Xml { root, sample: Sample { naming: Naming::Plain, nodes } }
}

/// An XML sample.
#[derive(Debug)]
pub(crate) struct Xml {
    /// Name of the root element.
    pub(crate) root: Option<String>,
    /// What stands in it.
    pub(crate) sample: Sample,
}

struct Reader<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    /// Open elements: index and where the content begins.
    open: Vec<(usize, usize)>,
}

impl Reader<'_> {
    /// Reads the tag at a `<`; gives where to go on.
    fn tag(&mut self, at: usize) -> usize {
        let rest = self.text.get(at + 1..).unwrap_or_default();
        let closing = rest.starts_with('/');
        let name_at = at + 1 + usize::from(closing);
        let name = name(self.text.get(name_at..).unwrap_or_default());
        let after = name_at + name.len();
        let tail = self.text.get(after..).unwrap_or_default();
        let Some(length) = tail.find(['>', '<']).filter(|_| !name.is_empty()) else { return at + 1 };
        let inside = tail.get(..length).unwrap_or_default();
        if !tail.get(length..).unwrap_or_default().starts_with('>') {
            return at + 1;
        }
        let end = after + length + 1;
        if closing {
            self.close_named(name, at);
        } else {
            let node = Node {
                key: name.to_owned(),
                class: None,
                literal: Literal::Text(String::new()),
                end: 0,
                broken: false,
            };
            self.nodes.push(node);
            let index = self.nodes.len() - 1;
            if inside.trim_end().ends_with('/') {
                self.close((index, end), end, false);
            } else {
                self.open.push((index, end));
            }
        }
        end
    }

    /// Closes the innermost element of that name and what is open in it; a closing tag without one is text.
    fn close_named(&mut self, name: &str, at: usize) {
        let is_named = |(index, _): &(usize, usize)| self.nodes.get(*index).is_some_and(|node| node.key == name);
        let Some(found) = self.open.iter().rev().take(MOST_OPEN).position(is_named) else {
            if let Some(node) = self.open.last().and_then(|(index, _)| self.nodes.get_mut(*index)) {
                node.broken = true;
            }
            return;
        };
        for left in (0..=found).rev() {
            if let Some(last) = self.open.pop() {
                self.close(last, at, left > 0);
            }
        }
    }

    fn close(&mut self, (index, start): (usize, usize), at: usize, broken: bool) {
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(index) {
            node.end = end;
            node.broken |= broken;
            let content = self.text.get(start..at).unwrap_or_default().trim();
            // A long content with elements is never a leaf's, and would be copied once per level.
            if end == index + 1 || content.len() < LONGEST_MIXED {
                node.literal = Literal::Text(content.to_owned());
            }
        }
    }
}

/// So far out a closing tag looks for its opening one.
const MOST_OPEN: usize = 64;
/// A value that holds elements is not longer.
const LONGEST_MIXED: usize = 4096;

fn name(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ':');
    let length = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let name = text.get(..length).unwrap_or_default();
    if name.starts_with(|c: char| c.is_alphabetic() || c == '_') { name } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<(String, usize)> {
        read(text).sample.nodes.into_iter().map(|node| (node.key, node.end)).collect()
    }

    #[test]
    fn nodes_stand_in_the_order_of_the_text() {
        let xml = read("<r><a>1</a>\n<b><c/><d>x < y</d></b></r>");
        assert_eq!(xml.root.as_deref(), Some("r"));
        assert_eq!(xml.sample.nodes[3].literal, Literal::Text("x < y".into()));
        let expected = [("a", 1), ("b", 4), ("c", 3), ("d", 4)].map(|(key, end)| (key.to_owned(), end));
        assert_eq!(shape("<r><a>1</a>\n<b><c/><d>x < y</d></b></r>"), expected);
    }

    #[test]
    fn open_tags_in_values_end_with_the_element() {
        let expected = [("a", 2), ("img", 2), ("b", 3)].map(|(key, end)| (key.to_owned(), end));
        assert_eq!(shape("<r><a><img src='x'></a></nothing><b></b></r>"), expected);
        assert!(shape("<r").is_empty() && shape("").is_empty());
    }
}
