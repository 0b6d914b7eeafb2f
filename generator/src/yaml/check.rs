//! Checks a file against its schema, and collects everything that is wrong with it.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, counted, nearest, quoted};
use crate::source::tree::{Content, DEEPEST, Entry, Node, Problem, ProblemKind, Tree};
use crate::source::{FileId, Place, Sources, SpecPath};

use super::schema::{Key, Kinds, Need, Record, Shape};

/// Returns whether a file is plain data from beginning to end. If not, [`check`] reports why.
pub(crate) fn is_plain_data(tree: &Tree) -> bool {
    tree.complete && tree.problems.is_empty() && tree.root.as_ref().is_some_and(|root| !is_nothing(root))
}

/// Maximum number of findings reported for one file. Usually a few mistakes cause all others.
const MOST_SHOWN: usize = 20;

/// Reports everything that does not fit the schema or is not plain data. Returns the number of findings.
pub(crate) fn check(file: FileId, shape: &Shape, sources: &Sources, diagnostics: &mut Diagnostics) -> usize {
    let Some(tree) = sources.tree(file) else { return 0 };
    let mut walk = Walk { file, tree, found: Vec::new() };
    match &tree.root {
        Some(root) if !is_nothing(root) => walk.node(root, shape, None),
        _ if tree.problems.is_empty() => {
            let empty = Diagnostic::new(Code::EmptyFile, Place::file(file), "the file is empty");
            walk.found.push((0, empty.help(format!("expected {}", shape.expected()))));
        }
        _ => {}
    }
    // Where readers disagree on the lines, other findings may be about something that the author does not see.
    let is_character = |problem: &&Problem| matches!(problem.kind, ProblemKind::Character(_));
    let only_characters = tree.problems.iter().any(|problem| is_character(&problem));
    let mut found = if only_characters { Vec::new() } else { walk.found };
    let problems = tree.problems.iter().filter(|problem| !only_characters || is_character(problem));
    found.extend(problems.map(|problem| (problem.span.start, show(problem, file))));
    found.sort_by_key(|(at, _)| *at);
    if let Some((at, _)) = found.get(MOST_SHOWN) {
        let message = format!("{} in this file", counted(found.len() - MOST_SHOWN, "more finding"));
        let place = Place::bytes(file, *at..*at);
        diagnostics.push(Diagnostic::new(Code::TooMany, place, message).here("the first one is here"));
    }
    let total = found.len();
    diagnostics.extend(found.into_iter().take(MOST_SHOWN).map(|(_, diagnostic)| diagnostic));
    total
}

fn is_nothing(node: &Node) -> bool {
    matches!(&node.content, Content::Scalar { text, plain: true } if text.is_empty() || text == "~" || text == "null")
}

fn show(problem: &Problem, file: FileId) -> Diagnostic {
    let place = Place::bytes(file, problem.span.clone());
    let plain = |message: &str| Diagnostic::new(Code::NotPlainData, place.clone(), message);
    match &problem.kind {
        ProblemKind::Syntax(message) => Diagnostic::new(Code::Syntax, place, format!("invalid YAML: {message}")),
        ProblemKind::RepeatedKey(key, first) => {
            Diagnostic::new(Code::RepeatedKey, place, format!("duplicate key {}", quoted(key)))
                .here("duplicate")
                .label(Place::bytes(file, first.clone()), "first occurrence")
        }
        ProblemKind::Character(message) => Diagnostic::new(Code::Syntax, place, message)
            .help("remove it, or write it as an escape such as `\\u2028` in a double-quoted text"),
        ProblemKind::MergeKey => plain("merge keys are not allowed: a spec is plain data")
            .help("quote the key if `<<` is its name, or write the merged keys out"),
        ProblemKind::BadKey => Diagnostic::new(Code::BadKey, place, "a key must be plain text"),
        ProblemKind::Anchor => plain("anchors are not allowed: a spec is plain data")
            .help("quote the text if the `&` is part of it, or write the value out"),
        ProblemKind::Alias => plain("aliases are not allowed: a spec is plain data")
            .help("quote the text if the `*` is part of it, or write the value out"),
        ProblemKind::Tag => {
            plain("tags are not allowed: a spec is plain data").help("quote the text if the `!` is part of it")
        }
        ProblemKind::Directive => plain("directives are not allowed: a spec is plain data").help("remove the line"),
        ProblemKind::SecondDocument => {
            plain("a file contains a single document").here("the second document begins here")
        }
        ProblemKind::TooDeep => {
            Diagnostic::new(Code::TooLarge, place, format!("nested more than {DEEPEST} levels deep"))
                .help("no page nests its fields like this")
        }
    }
}

struct Walk<'a> {
    file: FileId,
    tree: &'a Tree,
    /// Each finding with the byte where it starts.
    found: Vec<(usize, Diagnostic)>,
}

impl Walk<'_> {
    fn report(&mut self, code: Code, at: Range<usize>, message: String, help: Option<String>) {
        let start = at.start;
        let diagnostic = Diagnostic::new(code, Place::bytes(self.file, at), message);
        self.found.push((start, help.into_iter().fold(diagnostic, Diagnostic::help)));
    }

    /// Checks a value. `key` is its entry, if it has a key.
    fn node(&mut self, node: &Node, shape: &Shape, key: Option<&Entry>) {
        match (shape, &node.content) {
            (_, Content::Alias) => {}
            (Shape::ByKind(kinds), _) => self.by_kind(node, kinds, shape, key),
            (Shape::Record(record), Content::Mapping(entries)) => self.record(node, record, entries, key),
            (Shape::Entries(shape), Content::Mapping(entries)) => {
                for entry in entries.iter() {
                    self.node(&entry.value, shape, Some(entry));
                }
            }
            (Shape::List(shape), Content::List(items)) => {
                for item in items {
                    self.node(item, shape, None);
                }
            }
            (Shape::Record(_) | Shape::Entries(_) | Shape::List(_), _)
            | (_, Content::Mapping(_) | Content::List(_)) => {
                self.wrong_kind(node, shape, key);
            }
            (_, Content::Scalar { text, plain }) => self.scalar(node, shape, text, *plain, key),
        }
    }

    fn by_kind(&mut self, node: &Node, kinds: &Kinds, shape: &Shape, key: Option<&Entry>) {
        let fitting = match node.content {
            Content::Mapping(_) => &kinds.mapping,
            Content::List(_) => &kinds.list,
            Content::Scalar { .. } | Content::Alias => &kinds.scalar,
        };
        match fitting {
            Some(fitting) => self.node(node, fitting, key),
            None => self.wrong_kind(node, shape, key),
        }
    }

    fn wrong_kind(&mut self, node: &Node, shape: &Shape, key: Option<&Entry>) {
        let found = match &node.content {
            Content::Mapping(_) => "a mapping",
            Content::List(_) => "a list",
            _ if is_nothing(node) => "nothing",
            _ => "a single value",
        };
        let of = key.map_or_else(String::new, |entry| format!(" for {}", quoted(&entry.key)));
        let message = format!("expected {}{of}, found {found}", shape.expected());
        self.report(Code::WrongKind, span(node, key), message, None);
    }

    fn record(&mut self, node: &Node, record: &Record, entries: &[Entry], at: Option<&Entry>) {
        for entry in entries {
            match record.keys.iter().find(|key| key.name == entry.key) {
                Some(key) if key.need == Need::FixOnly => self.fix_only(entry),
                Some(key) => self.node(&entry.value, &key.shape, Some(entry)),
                None => self.unknown_key(record, entry),
            }
        }
        let missing = record.keys.iter().filter(|key| is_needed(key, entries));
        let missing = missing.filter(|key| entries.iter().all(|entry| entry.key != key.name));
        // After a syntax error, the missing keys may follow.
        for key in missing.filter(|_| self.tree.complete) {
            let message = format!("{} needs `{}`", record.what, key.name);
            let first = entries.first().map(|entry| entry.key_span.clone());
            let place = at.map(|entry| entry.key_span.clone()).or(first).unwrap_or_else(|| node.span.clone());
            let unless = match key.need {
                Need::Unless { key, word } => format!("; it is optional with `{key}: {word}`"),
                _ => String::new(),
            };
            let help = format!("add `{}: …`; the value is {}{unless}", key.name, key.shape.expected());
            self.report(Code::MissingKey, place, message, Some(help));
        }
    }

    fn unknown_key(&mut self, record: &Record, entry: &Entry) {
        if entry.key.is_empty() {
            return; // Reported as a key that is not plain text.
        }
        let message = format!("{} has no key {}", record.what, quoted(&entry.key));
        let names = || record.keys.iter().filter(|key| key.need != Need::FixOnly).map(|key| key.name);
        let help = match nearest(&entry.key, names()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("its keys are {}", names().collect::<Vec<_>>().join(", ")),
        };
        self.report(Code::UnknownKey, entry.key_span.clone(), message, Some(help));
    }

    fn fix_only(&mut self, entry: &Entry) {
        let message = format!("`{}` is not allowed in a transcript", entry.key);
        let help = "a transcript contains only what is on the page; set this key in the fix file";
        self.report(Code::UnknownKey, entry.key_span.clone(), message, Some(help.into()));
    }

    fn scalar(&mut self, node: &Node, shape: &Shape, text: &str, plain: bool, key: Option<&Entry>) {
        if is_nothing(node) {
            return self.wrong_kind(node, shape, key);
        }
        let found = if plain { quoted(text) } else { format!("the text {}", quoted(text)) };
        let message = format!("expected {}, found {found}", shape.expected());
        let help = match shape {
            Shape::Text => return,
            Shape::Quoted if !plain || !is_typed(text) => return,
            Shape::Number if plain && text.parse::<u64>().is_ok() => return,
            Shape::Integer if plain && text.parse::<i64>().is_ok() => return,
            Shape::BoolOr(_) if plain && is_bool(text) => return,
            Shape::Words(words) | Shape::BoolOr(words) if words.contains(&text) => return,
            Shape::Spelled(spelling) if (spelling.fits)(text) => return,
            Shape::Path => match text.parse::<SpecPath>() {
                Ok(_) => return,
                Err(error) => Some(error.to_string()),
            },
            Shape::Quoted => Some(format!("quote it: '{text}'")),
            Shape::Number | Shape::Integer if text.parse::<i64>().is_ok() => {
                Some(format!("write it without quotes: {text}"))
            }
            Shape::BoolOr(_) if is_bool(text) => Some(format!("write it without quotes: {text}")),
            Shape::Words(words) | Shape::BoolOr(words) => {
                nearest(text, words.iter().copied()).map(|word| format!("did you mean `{word}`?"))
            }
            _ => None,
        };
        self.report(Code::WrongValue, span(node, key), message, help);
    }
}

/// Returns whether a mapping with these entries needs a key.
fn is_needed(key: &Key, entries: &[Entry]) -> bool {
    match key.need {
        Need::Must => true,
        Need::Unless { key, word } => !entries.iter().any(|entry| {
            let has_word = matches!(&entry.value.content, Content::Scalar { text, .. } if text == word);
            entry.key == key && has_word
        }),
        Need::May | Need::FixOnly => false,
    }
}

/// Returns the range to mark for a value: the value, or its key if the value is not written or has many lines.
fn span(node: &Node, key: Option<&Entry>) -> Range<usize> {
    let own = matches!(node.content, Content::Scalar { .. }) && !node.span.is_empty();
    key.filter(|_| !own).map_or_else(|| node.span.clone(), |entry| entry.key_span.clone())
}

fn is_bool(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}

/// Returns whether YAML reads an unquoted text as something other than text. Asks serde's reader, which decides.
fn is_typed(text: &str) -> bool {
    !matches!(serde_yaml::from_str::<serde_yaml::Value>(text), Ok(serde_yaml::Value::String(_)))
}
