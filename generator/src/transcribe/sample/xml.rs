//! A lenient parser for the XML sample: values may contain tags, and tags may stay open. If the sample is indented, the
//! columns are compared with the tags: where they disagree, a line is missing or misplaced.

use std::collections::BTreeMap;

use super::{Literal, MOST_NODES, Naming, Node, Tree};

/// Reads the root element.
pub(crate) fn read(text: &str) -> Xml {
    let (nodes, open, named) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut reader = Reader { text, nodes, open, named, unit: None, mixed: 0, doubted: 0 };
    let lost = has_lost_root(text) || has_no_root(text);
    if lost {
        reader.nodes.push(Node { broken: true, ..empty(String::new()) });
        reader.open(Open { name: "", node: 0, start: 0, column: Some(0) });
    }
    let mut at = 0;
    while let Some(next) = reader.text.get(at..).and_then(|rest| rest.find('<')) {
        at = reader.tag(at + next);
        if reader.nodes.len() > MOST_NODES {
            break;
        }
    }
    let cut = reader.is_cut(lost);
    while let Some(last) = reader.innermost() {
        reader.close(last, text.len(), !cut);
        if cut && let Some(node) = reader.nodes.get_mut(last.node) {
            node.cut = true;
            if node.end == last.node + 1 {
                node.literal = Literal::Cut;
            }
        }
    }
    let root = reader.nodes.first().map(|node| node.key.clone()).filter(|_| !lost);
    // Nodes beside the root are not part of the sample.
    let end = reader.nodes.first().map_or(0, |node| node.end);
    reader.nodes.truncate(end);
    Xml { root, sample: Tree::new(Naming::Plain, reader.nodes, cut) }
}

/// Returns whether the root element has lost its opening tag: its closing tag exists, but the first tag is another one.
fn has_lost_root(text: &str) -> bool {
    let first = text.split_once('<').map(|(_, rest)| name(rest)).unwrap_or_default();
    let last = text.rsplit_once("</").map(|(_, rest)| name(rest)).unwrap_or_default();
    !first.ends_with(ROOT) && last.ends_with(ROOT)
}

/// Returns whether there is no root element at all: several elements follow each other, and none is named like a root.
fn has_no_root(text: &str) -> bool {
    let mut rest = text;
    let mut depth = 0_usize;
    let mut roots = 0;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let closing = rest.starts_with('/');
        let name = name(rest.get(usize::from(closing)..).unwrap_or_default());
        if name.is_empty() {
            continue;
        }
        if name.ends_with(ROOT) {
            return false;
        }
        let tag = rest.find(['>', '<']).and_then(|end| rest.get(..end)).unwrap_or_default();
        match closing {
            true => depth = depth.saturating_sub(1),
            false => {
                roots += usize::from(depth == 0);
                depth += usize::from(!tag.ends_with('/'));
            }
        }
    }
    roots > 1
}

/// The end of the root element's name.
const ROOT: &str = "_response";

fn empty(name: String) -> Node {
    let literal = Literal::Text(String::new());
    Node { key: name.clone(), name, literal, ..Node::default() }
}

/// An XML sample.
#[derive(Debug)]
pub(crate) struct Xml {
    /// Name of the root element.
    pub(crate) root: Option<String>,
    /// The root element.
    pub(crate) sample: Tree,
}

/// An element that is open.
#[derive(Copy, Clone)]
struct Open<'a> {
    name: &'a str,
    node: usize,
    /// Where its content begins.
    start: usize,
    /// The column of its tag, if the tag begins a line.
    column: Option<usize>,
}

struct Reader<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    open: Vec<Open<'a>>,
    /// The depths of the open elements of each name, the innermost last.
    named: BTreeMap<&'a str, Vec<usize>>,
    /// By how much a level is indented; zero if the sample has lost its columns, nothing as long as it is not known.
    unit: Option<usize>,
    /// Bytes copied of values that hold elements.
    mixed: usize,
    /// So many of the open elements, from the outermost on, are in doubt already.
    doubted: usize,
}

impl<'a> Reader<'a> {
    /// Reads the tag at a `<`, and returns where to continue.
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
        let column = self.column(at);
        if closing {
            self.close_named(name, at, column);
        } else {
            let broken = !self.is_in_column(column, at);
            self.nodes.push(Node { broken, ..empty(name.to_owned()) });
            let open = Open { name, node: self.nodes.len() - 1, start: end, column };
            if inside.trim_end().ends_with('/') {
                self.close(open, end, false);
            } else {
                self.open(open);
            }
        }
        end
    }

    /// The column of a tag that begins a line.
    fn column(&self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
        let line = at - indent;
        (line == 0 || self.text.as_bytes().get(line - 1) == Some(&b'\n')).then_some(indent)
    }

    /// Returns whether an opening tag is in the column of its level. If it is further left, the ends of the levels in
    /// between are missing.
    fn is_in_column(&mut self, column: Option<usize>, at: usize) -> bool {
        let (Some(column), Some(root)) = (column, self.open.first().and_then(|root| root.column)) else { return true };
        let unit = *self.unit.get_or_insert(column.saturating_sub(root));
        if unit == 0 || column == root + unit * self.open.len() {
            return true;
        }
        self.doubt_open();
        let depth = column.saturating_sub(root) / unit;
        if column == root + unit * depth && (1..self.open.len()).contains(&depth) {
            self.close_to(depth, at);
            return true;
        }
        false
    }

    /// Closes the innermost element of that name and what is open in it; a closing tag without one is text.
    fn close_named(&mut self, name: &str, at: usize, column: Option<usize>) {
        let innermost = self.named.get(name).and_then(|depths| depths.last().copied());
        let Some(depth) = innermost.filter(|depth| self.open.len() - depth < MOST_OPEN) else {
            self.doubt_open();
            return;
        };
        let opened = self.open.get(depth - 1).and_then(|open| open.column);
        let moved = self.unit.is_some_and(|unit| unit > 0) && column.is_some_and(|column| opened != Some(column));
        if moved {
            self.doubt_open();
        }
        self.close_to(depth, at);
        if let Some(last) = self.innermost() {
            self.close(last, at, false);
        }
    }

    /// Ends the elements further in, whose own ends are missing.
    fn close_to(&mut self, depth: usize, at: usize) {
        while self.open.len() > depth {
            if let Some(last) = self.innermost() {
                self.close(last, at, true);
            }
        }
    }

    fn open(&mut self, element: Open<'a>) {
        self.open.push(element);
        self.named.entry(element.name).or_default().push(self.open.len());
    }

    /// Takes the innermost element that is open.
    fn innermost(&mut self) -> Option<Open<'a>> {
        let last = self.open.pop()?;
        self.named.entry(last.name).and_modify(|depths| {
            depths.pop();
        });
        Some(last)
    }

    /// Returns whether the text breaks off in the root element. Without a root, no end tag shows where the sample ends.
    fn is_cut(&self, lost: bool) -> bool {
        if lost { self.open.len() > 1 } else { !self.open.is_empty() }
    }

    fn doubt_open(&mut self) {
        for open in self.open.get(self.doubted..).unwrap_or_default() {
            if let Some(node) = self.nodes.get_mut(open.node) {
                node.broken = true;
            }
        }
        self.doubted = self.open.len();
    }

    /// Ends an element that is no longer open.
    fn close(&mut self, open: Open<'a>, at: usize, broken: bool) {
        self.doubted = self.doubted.min(self.open.len());
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(open.node) {
            node.end = end;
            node.broken |= broken;
            let content = self.text.get(open.start..at).unwrap_or_default().trim();
            // A long content with elements is never a leaf's, and would be copied once per level.
            let is_leaf = end == open.node + 1;
            if is_leaf || self.mixed + content.len() <= MOST_MIXED {
                self.mixed += if is_leaf { 0 } else { content.len() };
                node.literal = Literal::Text(content.to_owned());
            }
        }
    }
}

/// So far out a closing tag looks for its opening one.
const MOST_OPEN: usize = 64;
/// So many bytes of values that hold elements are kept.
const MOST_MIXED: usize = 1024 * 1024;

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
        read(text).sample.nodes.into_iter().skip(1).map(|node| (node.key, node.end - 1)).collect()
    }

    #[test]
    fn nodes_stand_in_the_order_of_the_text() {
        let xml = read("<r><a>1</a>\n<b><c/><d>x < y</d></b></r>");
        assert_eq!(xml.root.as_deref(), Some("r"));
        assert_eq!(xml.sample.nodes[4].literal, Literal::Text("x < y".into()));
        let expected = [("a", 1), ("b", 4), ("c", 3), ("d", 4)].map(|(key, end)| (key.to_owned(), end));
        assert_eq!(shape("<r><a>1</a>\n<b><c/><d>x < y</d></b></r>"), expected);
    }

    #[test]
    fn open_tags_in_values_end_with_the_element() {
        let expected = [("a", 2), ("img", 2), ("b", 3)].map(|(key, end)| (key.to_owned(), end));
        assert_eq!(shape("<r><a><img src='x'></a></nothing><b></b></r>"), expected);
        assert!(shape("<r").is_empty() && shape("").is_empty());
    }

    #[test]
    fn a_closing_tag_ends_the_innermost_element_of_its_name_and_looks_only_so_far_out() {
        let expected = [("a", 4), ("b", 4), ("a", 3), ("c", 4), ("d", 5)].map(|(key, end)| (key.to_owned(), end));
        assert_eq!(shape("<r><a><b><a></a><c></b></a><d></d></r>"), expected);
        let closed_within =
            |open: usize| shape(&format!("<r><x>{}</x><y></y></r>", "<a>".repeat(open)))[0].1 == open + 1;
        assert!(closed_within(MOST_OPEN - 1) && !closed_within(MOST_OPEN));
    }
}
