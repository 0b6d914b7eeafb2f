//! JSON as a tree that keeps what serde's values lose: repeated members, number texts, and JSON inside text.

use std::iter::Peekable;
use std::str::Chars;

/// Written as half a surrogate pair, which is not a character.
pub(super) const LONE: char = '\u{e000}';

/// A value of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as its text.
    Number(String),
    /// A string. Control characters are written as they are.
    Text(String),
    /// An array.
    List(Vec<Node>),
    /// An object; names may repeat.
    Object(Vec<(String, Node)>),
    /// A string that contains the JSON of a value.
    Embedded(Box<Node>),
}

/// A scalar of an answer, and the names of the members that lead to it.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Names from the root on; list positions have none.
    pub names: Vec<String>,
    /// The scalar's text.
    pub text: String,
}

/// Numbers of ten digits, each issued once.
#[derive(Debug)]
pub struct Marks(u64);

impl Marks {
    /// Starts over; an answer needs fewer than a hundred million.
    #[must_use]
    pub fn new() -> Self {
        Self(7_100_000_000)
    }

    /// The next number.
    pub fn next_mark(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

impl Default for Marks {
    fn default() -> Self {
        Self::new()
    }
}

/// The numbers in a text that make it unique.
pub(super) fn marks_of(text: &str) -> impl Iterator<Item = &str> {
    let candidates = text.match_indices("71").filter_map(|(at, _)| text.get(at..at + 10));
    candidates.filter(|mark| mark.starts_with("7100") && mark.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Node {
    /// The JSON text.
    #[must_use]
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => write_text(text, out),
            Self::Embedded(node) => write_text(&node.json(), out),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// All scalars but `null`, which is not a value.
    #[must_use]
    pub fn leaves(&self) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        self.collect(&mut Vec::new(), &mut leaves);
        leaves
    }

    fn collect(&self, names: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
        let text = match self {
            Self::Null => return,
            Self::Bool(value) => value.to_string(),
            Self::Number(text) | Self::Text(text) => text.clone(),
            Self::Embedded(node) => return node.collect(names, leaves),
            Self::List(items) => return items.iter().for_each(|item| item.collect(names, leaves)),
            Self::Object(members) => {
                for (name, value) in members {
                    names.push(name.clone());
                    value.collect(names, leaves);
                    names.pop();
                }
                return;
            }
        };
        leaves.push(Leaf { names: names.clone(), text });
    }

    /// The same value with new numbers in place of those that make its scalars unique.
    #[must_use]
    pub fn renewed(&self, marks: &mut Marks) -> Self {
        let mut new = |text: &str| match marks_of(text).next() {
            Some(mark) => text.replace(mark, &marks.next_mark().to_string()),
            None => text.to_owned(),
        };
        match self {
            Self::Null | Self::Bool(_) => self.clone(),
            Self::Number(text) => Self::Number(new(text)),
            Self::Text(text) => Self::Text(new(text)),
            Self::Embedded(node) => Self::Embedded(Box::new(node.renewed(marks))),
            Self::List(items) => Self::List(items.iter().map(|item| item.renewed(marks)).collect()),
            Self::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), value.renewed(marks))).collect())
            }
        }
    }

    /// Reads JSON, which must be valid.
    ///
    /// # Panics
    ///
    /// If it is not.
    #[must_use]
    pub fn parse(json: &str) -> Self {
        let mut chars = json.chars().peekable();
        let node = value(&mut chars);
        assert!(chars.all(char::is_whitespace), "more than one value: {json}");
        node
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            LONE => out.push_str("\\ud800"),
            other => out.push(other),
        }
    }
    out.push('"');
}

type Input<'a> = Peekable<Chars<'a>>;

fn value(chars: &mut Input<'_>) -> Node {
    skip(chars);
    match chars.peek() {
        Some('{') => Node::Object(sequence(chars, '}', |chars| {
            skip(chars);
            let name = text(chars);
            skip(chars);
            assert_eq!(chars.next(), Some(':'));
            (name, value(chars))
        })),
        Some('[') => Node::List(sequence(chars, ']', value)),
        Some('"') => Node::Text(text(chars)),
        _ => {
            let mut word = String::new();
            while let Some(char) = chars.next_if(|char| !matches!(char, ',' | ']' | '}') && !char.is_whitespace()) {
                word.push(char);
            }
            match word.as_str() {
                "null" => Node::Null,
                "true" | "false" => Node::Bool(word == "true"),
                _ => Node::Number(word),
            }
        }
    }
}

/// The items between brackets.
fn sequence<T>(chars: &mut Input<'_>, close: char, item: impl Fn(&mut Input<'_>) -> T) -> Vec<T> {
    chars.next();
    let mut items = Vec::new();
    loop {
        skip(chars);
        if chars.next_if_eq(&close).is_some() {
            return items;
        }
        items.push(item(chars));
        skip(chars);
        chars.next_if_eq(&',');
    }
}

fn text(chars: &mut Input<'_>) -> String {
    let mut text = String::new();
    chars.next();
    loop {
        match chars.next().expect("a string that ends") {
            '"' => return text,
            '\\' => text.push(match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    u32::from_str_radix(&digits, 16)
                        .ok()
                        .and_then(char::from_u32)
                        .unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                other => other.expect("a character after a backslash"),
            }),
            other => text.push(other),
        }
    }
}

fn skip(chars: &mut Input<'_>) {
    while chars.next_if(|char| char.is_whitespace()).is_some() {}
}
