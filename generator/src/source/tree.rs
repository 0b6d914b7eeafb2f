//! A file's YAML as a tree with byte ranges, and everything in the file that is not plain data.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span};

use super::characters::{BadCharacter, bad_characters};
use super::path::{Part, Segment, SpecPath};

/// Maximum nesting depth of a file. It bounds every recursion over a tree; no page comes close to it.
pub const DEEPEST: usize = 64;

/// The key with which YAML 1.1 merges another mapping, unless it is quoted.
const MERGE_KEY: &str = "<<";

/// The result of one pass over a file. After a syntax error, the tree contains everything before the error.
#[derive(Debug, Default)]
pub struct Tree {
    /// The document, or `None` if the file is empty or starts with a syntax error.
    pub root: Option<Node>,
    /// Everything that is not plain data: bad characters first, then the rest, each in the order of the file.
    pub problems: Vec<Problem>,
    /// The ranges of the comments.
    pub comments: Vec<Range<usize>>,
    /// Whether the parser reached the end of the file.
    pub complete: bool,
}

/// A value and its range.
#[derive(Debug)]
pub struct Node {
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// What it is.
    pub content: Content,
}

/// What a value is.
#[derive(Debug)]
pub enum Content {
    /// A single value.
    Scalar {
        /// The value, without quotes and escapes.
        text: String,
        /// Whether it is not quoted.
        plain: bool,
    },
    /// Keys with values.
    Mapping(Mapping),
    /// Values.
    List(Vec<Node>),
    /// A reference to an anchor. It is reported as a problem and not followed.
    Alias,
}

/// The entries of a mapping in the order of the file.
#[derive(Debug)]
pub struct Mapping {
    entries: Vec<Entry>,
    /// Key → position of its first entry: every finding about a field looks its key up.
    by_key: BTreeMap<String, usize>,
}

impl Mapping {
    fn new(entries: Vec<Entry>) -> Self {
        let mut by_key = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            by_key.entry(entry.key.clone()).or_insert(at);
        }
        Self { entries, by_key }
    }

    fn get(&self, key: &str) -> Option<&Entry> {
        self.by_key.get(key).and_then(|at| self.entries.get(*at))
    }
}

impl std::ops::Deref for Mapping {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.entries
    }
}

/// A key with its value. A repeated key has one entry for each occurrence.
#[derive(Debug)]
pub struct Entry {
    /// The key, without quotes and escapes.
    pub key: String,
    /// The key's bytes in the file.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Node,
}

/// Something that is not plain data.
#[derive(Debug)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// Why something is not plain data.
#[derive(Debug)]
pub enum ProblemKind {
    /// The text is not YAML; the parser's message.
    Syntax(String),
    /// The key, and the range of its first occurrence.
    RepeatedKey(String, Range<usize>),
    /// A character that no file may contain; what is wrong with it.
    Character(String),
    /// A key that is empty or not a single value.
    BadKey,
    /// `<<`, with which some readers merge another mapping.
    MergeKey,
    /// `&x`
    Anchor,
    /// `*x`
    Alias,
    /// `!x`
    Tag,
    /// `%YAML`
    Directive,
    /// A second document in the file.
    SecondDocument,
    /// More than [`DEEPEST`] levels.
    TooDeep,
}

impl Tree {
    /// Parses `text`. Never fails: problems are part of the result.
    pub fn read(text: &str) -> Self {
        let options = granit_parser::options! {
            disallow_directives: true,
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            max_buffered_comment_events: usize::MAX,
            flow_nesting_limit: DEEPEST,
        };
        let mut builder = Builder::new(text);
        for bad in bad_characters(text) {
            builder.bad_character(bad);
        }
        builder.tree.complete = builder.run(options);
        builder.finish()
    }

    /// Returns the range to show for a path or its nearest existing ancestor.
    pub(crate) fn find(&self, path: &SpecPath, part: Part) -> Option<Range<usize>> {
        let mut node = self.root.as_ref()?;
        let mut key_span = None;
        for segment in path.segments() {
            let Some((key, child)) = node.child(segment) else {
                return Some(key_span.unwrap_or_else(|| node.span.clone()));
            };
            key_span = key;
            node = child;
        }
        let shows_key = part == Part::Key || node.span.is_empty() || !matches!(node.content, Content::Scalar { .. });
        Some(key_span.filter(|_| shows_key).unwrap_or_else(|| node.span.clone()))
    }
}

impl Tree {
    /// Returns whether at least the first step of a path exists.
    pub(crate) fn knows(&self, path: &SpecPath) -> bool {
        match (&self.root, path.segments().first()) {
            (Some(root), Some(first)) => root.child(first).is_some(),
            (root, None) => root.is_some(),
            (None, _) => false,
        }
    }
}

impl Node {
    fn child(&self, segment: &Segment) -> Option<(Option<Range<usize>>, &Self)> {
        match (&self.content, segment) {
            (Content::Mapping(entries), Segment::Key(key)) => {
                let entry = entries.get(key)?;
                Some((Some(entry.key_span.clone()), &entry.value))
            }
            (Content::List(items), Segment::Index(index)) => items.get(*index).map(|item| (None, item)),
            _ => None,
        }
    }
}

/// A collection that has not ended yet.
enum Open {
    Mapping {
        start: usize,
        entries: Vec<Entry>,
        keys: BTreeMap<String, Range<usize>>,
        key: Option<(String, Range<usize>)>,
    },
    List {
        start: usize,
        items: Vec<Node>,
    },
}

struct Builder<'a> {
    text: &'a str,
    tree: Tree,
    open: Vec<Open>,
    documents: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, tree: Tree::default(), open: Vec::new(), documents: 0 }
    }

    /// Parses the file. Returns whether its end was reached.
    fn run(&mut self, options: Options) -> bool {
        for next in Parser::new_from_str_with_options(self.text, options) {
            let continues = match next {
                Ok((event, span)) => self.event(event, span),
                Err(error) => self.syntax(&error),
            };
            if !continues {
                return false;
            }
        }
        true
    }

    fn syntax(&mut self, error: &ScanError) -> bool {
        let at = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let kind = match error.kind() {
            ErrorKind::RecursionLimitExceeded => ProblemKind::TooDeep,
            ErrorKind::DirectiveDisallowed => ProblemKind::Directive,
            _ => ProblemKind::Syntax(error.info()),
        };
        self.problem(kind, at..at);
        false
    }

    fn bad_character(&mut self, bad: BadCharacter) {
        self.problem(ProblemKind::Character(bad.message()), bad.span);
    }

    fn problem(&mut self, kind: ProblemKind, span: Range<usize>) {
        self.tree.problems.push(Problem { kind, span });
    }

    /// Handles one event. Returns whether to continue.
    fn event(&mut self, event: Event<'_>, span: Span) -> bool {
        let bytes = span.byte_range().unwrap_or(0..0);
        if event.tag().is_some() {
            let tag = span.tag_span().and_then(|tag| tag.byte_range()).unwrap_or_else(|| bytes.clone());
            self.problem(ProblemKind::Tag, tag);
        }
        match event {
            Event::DocumentStart(..) => return self.document(bytes),
            Event::Comment(..) => self.tree.comments.push(bytes),
            Event::Anchor(..) => self.problem(ProblemKind::Anchor, bytes),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.problem(ProblemKind::Alias, bytes.clone());
                self.value(Node { span: bytes, content: Content::Alias });
            }
            Event::Scalar(text, style, ..) => self.scalar(text, style, bytes),
            Event::SequenceStart(..) => {
                return self.begin(Open::List { start: bytes.start, items: Vec::new() }, bytes);
            }
            Event::MappingStart(..) => {
                let keys = BTreeMap::new();
                return self.begin(Open::Mapping { start: bytes.start, entries: Vec::new(), keys, key: None }, bytes);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            _ => {}
        }
        true
    }

    fn document(&mut self, bytes: Range<usize>) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            self.problem(ProblemKind::SecondDocument, bytes);
        }
        self.documents == 1
    }

    fn begin(&mut self, open: Open, bytes: Range<usize>) -> bool {
        if self.open.len() == DEEPEST {
            self.problem(ProblemKind::TooDeep, bytes);
            return false;
        }
        self.open.push(open);
        true
    }

    fn end(&mut self) {
        let (start, last, content) = match self.open.pop() {
            Some(Open::List { start, items }) => (start, items.last().map(|item| item.span.end), Content::List(items)),
            Some(Open::Mapping { start, entries, .. }) => {
                (start, entries.last().map(|entry| entry.value.span.end), Content::Mapping(Mapping::new(entries)))
            }
            None => return,
        };
        let end = last.unwrap_or(start).max(start);
        self.value(Node { span: start..end, content });
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, span: Range<usize>) {
        // The parser reports `~` for a value that is not written.
        let text = if span.is_empty() { String::new() } else { text.into_owned() };
        self.value(Node { span, content: Content::Scalar { text, plain: style == ScalarStyle::Plain } });
    }

    /// Adds a finished node as the document, an item, a key or the value of a key.
    fn value(&mut self, node: Node) {
        match self.open.last_mut() {
            None => {
                self.tree.root.get_or_insert(node);
            }
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => self.key(node),
            },
        }
    }

    fn key(&mut self, node: Node) {
        let text = match node.content {
            Content::Scalar { text, plain } if !(plain && text.is_empty()) => {
                if plain && text == MERGE_KEY {
                    self.problem(ProblemKind::MergeKey, node.span.clone());
                }
                text
            }
            _ => {
                self.problem(ProblemKind::BadKey, node.span.clone());
                String::new()
            }
        };
        let Some(Open::Mapping { keys, key, .. }) = self.open.last_mut() else { return };
        *key = Some((text.clone(), node.span.clone()));
        if text.is_empty() {
            return;
        }
        match keys.get(&text).cloned() {
            Some(first) => self.problem(ProblemKind::RepeatedKey(text, first), node.span),
            None => {
                keys.insert(text, node.span);
            }
        }
    }

    /// Closes the collections that a syntax error left open.
    fn finish(mut self) -> Tree {
        while !self.open.is_empty() {
            self.end();
        }
        self.tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, path: &str, part: Part) -> String {
        let tree = Tree::read(text);
        let span = tree.find(&path.parse().expect("a path"), part).expect("a place");
        text.get(span).expect("a range").to_owned()
    }

    #[test]
    fn paths_lead_to_keys_and_values() {
        let text = "a:\n  b: [1, {c: 顾客}]\n  'x.y': |\n    block\nd:\n- e: \"q\"\nn:\n";
        let value = |path: &str| find(text, path, Part::Value);
        assert_eq!(value("a.b[0]"), "1");
        assert_eq!(value("a.b[1].c"), "顾客");
        assert_eq!(value("d[0].e"), "\"q\"");
        assert!(value("a[\"x.y\"]").contains("block"));
        // Collections and values that are not written are shown by their keys.
        assert_eq!((value("a"), value("a.b"), value("n")), ("a".into(), "b".into(), "n".into()));
        assert!(value("d[0]").starts_with("e: "));
        assert_eq!(find(text, "d[0].e", Part::Key), "e");
        assert_eq!(find(text, "a[\"x.y\"]", Part::Key), "'x.y'");
        // What is not there is shown by its nearest ancestor.
        assert_eq!((value("a.b[7].c"), value("a.b.c"), value("a.z.y")), ("b".into(), "b".into(), "a".into()));
        assert!(value("zzz").starts_with("a:"));
    }

    #[test]
    fn problems_are_collected_in_order() {
        let problems = |text: &str| -> Vec<String> {
            let kinds = Tree::read(text).problems.into_iter().map(|problem| format!("{:?}", problem.kind));
            kinds.map(|kind| kind.split('(').next().unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(
            problems("a: &x 1\nb: *x\nc: *y\nd: !!str 1\na: 2\n? [1]\n: 3\n"),
            ["Anchor", "Alias", "Alias", "Tag", "RepeatedKey", "BadKey"]
        );
        assert_eq!(problems("a: {b: 1, b: 2, b: 3}"), ["RepeatedKey", "RepeatedKey"]);
        assert_eq!(problems("a: 1\n---\nb: 1\n"), ["SecondDocument"]);
        assert_eq!(problems("a: 1\nb: 'x\n"), ["Syntax"]);
        assert_eq!(problems(&"[".repeat(DEEPEST + 1)), ["TooDeep"]);
        assert_eq!(problems(&"[".repeat(100_000)), ["TooDeep"]);
        assert_eq!(problems(""), Vec::<String>::new());
    }

    #[test]
    fn a_broken_file_keeps_what_stood_before() {
        let text = "a:\n  b: 1\n  c: 'x\n";
        let tree = Tree::read(text);
        assert!(!tree.complete);
        assert_eq!(find(text, "a.b", Part::Value), "1");
        assert_eq!(Tree::read("# one\na: 1 # two\nb: '# no'\n").comments.len(), 2);
    }
}
