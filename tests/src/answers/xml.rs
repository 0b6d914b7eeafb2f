//! A value as XML, with attributes and text where JSON has no place for them.

use super::node::{LONE, Leaf, Marks, Node};
use crate::mutation::Random;

/// Writes the root element, and returns the XML with all values in it.
pub(super) fn write(root: &str, node: &Node, random: &mut Random, marks: &mut Marks) -> (String, Vec<Leaf>) {
    let mut writer = Writer {
        out: "<?xml version=\"1.0\" encoding=\"utf-8\" ?>".to_owned(),
        names: Vec::new(),
        leaves: Vec::new(),
        // Most answers have nothing odd.
        odds: if random.below(3) == 0 { 12 } else { usize::MAX },
        random,
        marks,
    };
    writer.element(root, node);
    writer.out.push_str("<!--server 1-->");
    (writer.out, writer.leaves)
}

struct Writer<'a> {
    out: String,
    names: Vec<String>,
    leaves: Vec<Leaf>,
    odds: usize,
    random: &'a mut Random,
    marks: &'a mut Marks,
}

impl Writer<'_> {
    fn element(&mut self, name: &str, node: &Node) {
        if let Node::List(items) = node {
            return items.iter().for_each(|item| self.element(name, item));
        }
        let valid = name.starts_with(|char: char| char.is_ascii_alphabetic())
            && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.'));
        let name = if valid { name } else { "odd" };
        self.names.push(name.to_owned());
        self.out.push_str(&format!("<{name}"));
        if self.is_odd() {
            let text = self.extra("@kind");
            self.out.push_str(&format!(" kind=\"{text}\""));
        }
        self.out.push('>');
        match node {
            Node::Object(members) => self.members(members),
            Node::Null | Node::List(_) => {}
            Node::Bool(value) => self.text(&value.to_string()),
            Node::Number(text) | Node::Text(text) => self.text(text),
            Node::Embedded(inner) => {
                self.write_text(&inner.json());
                let names = &self.names;
                self.leaves.extend(
                    inner
                        .leaves()
                        .into_iter()
                        .map(|leaf| Leaf { names: names.iter().cloned().chain(leaf.names).collect(), ..leaf }),
                );
            }
        }
        self.out.push_str(&format!("</{name}>"));
        self.names.pop();
    }

    fn members(&mut self, members: &[(String, Node)]) {
        for (name, value) in members {
            self.element(name, value);
            if self.is_odd() && self.out.ends_with('>') {
                let text = self.extra("#text");
                self.out.push_str(&text);
            }
        }
    }

    fn is_odd(&mut self) -> bool {
        self.odds != usize::MAX && self.random.below(self.odds) == 0
    }

    /// A value that JSON has no place for.
    fn extra(&mut self, name: &str) -> String {
        let text = format!("x{}", self.marks.next_mark());
        let names = self.names.iter().cloned().chain([name.to_owned()]).collect();
        self.leaves.push(Leaf { names, text: text.clone() });
        text
    }

    fn text(&mut self, text: &str) {
        self.write_text(text);
        self.leaves.push(Leaf { names: self.names.clone(), text: text.to_owned() });
    }

    fn write_text(&mut self, text: &str) {
        for char in text.chars() {
            match char {
                '<' => self.out.push_str("&lt;"),
                '&' => self.out.push_str("&amp;"),
                LONE => {}
                '>' => self.out.push_str("&gt;"),
                char if char.is_control() => self.out.push(' '),
                char => self.out.push(char),
            }
        }
    }
}
