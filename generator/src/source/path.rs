//! The literal path of a node in a spec file: `request.task_list.fields.source_id`, `errors[0].message`,
//! `request["a.b"].type`. One grammar for doubts, fixes and diagnostics.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Maximum number of steps in a path read from text. Dropping and comparing paths recurses once per step.
const MOST_SEGMENTS: usize = 256;

/// A literal YAML path. Extending and cloning are cheap because the parent is shared.
///
/// The text form round-trips: `path.to_string().parse() == Ok(path)`. The empty name, and names that contain
/// a dot, a bracket, a quote, a backslash, white space or a control character, are written `["…"]`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SpecPath(Option<Arc<Node>>);

#[derive(PartialEq, Eq)]
struct Node {
    parent: SpecPath,
    segment: Segment,
}

/// One step of a [`SpecPath`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Segment {
    /// A key of a mapping.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

/// The half of `key: value` that a position points at.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// The key.
    Key,
    /// The value. For a mapping or a list, the key is shown instead of all lines of the value.
    Value,
}

/// The reason why a text is not a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathError {
    message: String,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PathError {}

impl SpecPath {
    /// Returns the path of the document itself. Its text form is empty.
    pub const fn root() -> Self {
        Self(None)
    }

    /// Appends a key.
    pub fn key(&self, name: impl Into<String>) -> Self {
        self.join(Segment::Key(name.into()))
    }

    /// Appends an index.
    pub fn index(&self, index: usize) -> Self {
        self.join(Segment::Index(index))
    }

    /// Appends one step.
    pub fn join(&self, segment: Segment) -> Self {
        Self(Some(Arc::new(Node { parent: self.clone(), segment })))
    }

    /// Appends all steps of `rest`.
    pub fn extend<'a>(&self, rest: impl IntoIterator<Item = &'a Segment>) -> Self {
        rest.into_iter().fold(self.clone(), |path, segment| path.join(segment.clone()))
    }

    /// Returns whether this is the path of the document itself.
    pub fn is_root(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the path without its last step, or `None` for the root.
    pub fn parent(&self) -> Option<&Self> {
        self.0.as_deref().map(|node| &node.parent)
    }

    /// Returns the last step, or `None` for the root.
    pub fn last(&self) -> Option<&Segment> {
        self.0.as_deref().map(|node| &node.segment)
    }

    /// Returns the last step if it is a key.
    pub fn last_key(&self) -> Option<&str> {
        match self.last() {
            Some(Segment::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// Returns the steps from the root down.
    pub fn segments(&self) -> Vec<&Segment> {
        let mut segments = Vec::new();
        let mut at = self;
        while let Some(node) = at.0.as_deref() {
            segments.push(&node.segment);
            at = &node.parent;
        }
        segments.reverse();
        segments
    }

    /// Returns the steps below `ancestor`, or `None` if the path does not start with it.
    pub fn below(&self, ancestor: &Self) -> Option<Vec<&Segment>> {
        let segments = self.segments();
        let above = ancestor.segments();
        let rest = segments.get(above.len()..)?;
        segments.starts_with(&above).then(|| rest.to_vec())
    }
}

impl PartialOrd for SpecPath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SpecPath {
    /// Orders parents before children, and siblings by name.
    fn cmp(&self, other: &Self) -> Ordering {
        let (depth, other_depth) = (self.depth(), other.depth());
        let common = depth.min(other_depth);
        self.up(depth - common).cmp_level(other.up(other_depth - common)).then(depth.cmp(&other_depth))
    }
}

impl SpecPath {
    /// The number of steps.
    fn depth(&self) -> usize {
        std::iter::successors(self.parent(), |path| path.parent()).count()
    }

    /// The path without its last `steps` steps.
    fn up(&self, steps: usize) -> &Self {
        (0..steps).fold(self, |path, _| path.parent().unwrap_or(path))
    }

    /// Compares two paths with equally many steps. Siblings share their parent, so most comparisons end at once.
    fn cmp_level(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) if !Arc::ptr_eq(one, other) => {
                one.parent.cmp_level(&other.parent).then_with(|| one.segment.cmp(&other.segment))
            }
            _ => Ordering::Equal,
        }
    }
}

impl fmt::Debug for SpecPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SpecPath({self})")
    }
}

impl fmt::Display for SpecPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.segments().into_iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(name) if needs_quotes(name) => write_quoted(f, name)?,
                Segment::Key(name) if position == 0 => f.write_str(name)?,
                Segment::Key(name) => write!(f, ".{name}")?,
            }
        }
        Ok(())
    }
}

fn needs_quotes(name: &str) -> bool {
    let special = |c: char| matches!(c, '.' | '[' | ']' | '"' | '\\') || c.is_whitespace() || c.is_control();
    name.is_empty() || name.contains(special)
}

fn write_quoted(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    f.write_str("[\"")?;
    for c in name.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            c if c.is_control() => write!(f, "\\u{{{:x}}}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"]")
}

impl FromStr for SpecPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let mut reader = Reader { text, rest: text };
        let mut path = Self::root();
        let mut length = 0;
        while let Some(segment) = reader.segment(path.is_root())? {
            path = path.join(segment);
            length += 1;
            if length > MOST_SEGMENTS {
                return Err(reader.error(&format!("more than {MOST_SEGMENTS} steps")));
            }
        }
        Ok(path)
    }
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
}

impl Reader<'_> {
    fn error(&self, what: &str) -> PathError {
        let at = self.text.chars().count().saturating_sub(self.rest.chars().count()) + 1;
        PathError { message: format!("invalid path: {what} at character {at}") }
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn segment(&mut self, first: bool) -> Result<Option<Segment>, PathError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        if self.eat("[\"") {
            return self.quoted().map(Some);
        }
        if self.eat("[") {
            return self.index().map(Some);
        }
        if !first && !self.eat(".") {
            return Err(self.error("expected `.` or `[`"));
        }
        self.plain().map(Some)
    }

    fn plain(&mut self) -> Result<Segment, PathError> {
        let end = self.rest.find(['.', '[']).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() {
            return Err(self.error("expected a name"));
        }
        if needs_quotes(name) {
            return Err(self.error("a name with special characters must be written as `[\"…\"]`"));
        }
        self.rest = rest;
        Ok(Segment::Key(name.to_owned()))
    }

    fn index(&mut self) -> Result<Segment, PathError> {
        let (digits, rest) = self.rest.split_once(']').ok_or_else(|| self.error("missing `]`"))?;
        let plain = digits == "0" || (!digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()));
        let index = digits.parse().ok().filter(|_| plain);
        let index = index.ok_or_else(|| self.error("expected an index, or a name in double quotes"))?;
        self.rest = rest;
        Ok(Segment::Index(index))
    }

    fn quoted(&mut self) -> Result<Segment, PathError> {
        let mut name = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next() {
                Some('"') => break,
                Some('\\') => match chars.next() {
                    Some(c @ ('"' | '\\')) => name.push(c),
                    Some('u') => name.push(escaped(&mut chars).ok_or_else(|| self.error("invalid `\\u{…}`"))?),
                    _ => return Err(self.error("expected `\"`, `\\` or `u{…}` after `\\`")),
                },
                Some(c) => name.push(c),
                None => return Err(self.error("missing `\"]`")),
            }
        }
        let rest = chars.as_str().strip_prefix(']').ok_or_else(|| self.error("missing `\"]`"))?;
        self.rest = rest;
        Ok(Segment::Key(name))
    }
}

/// Parses the `{1b}` of `\u{1b}`.
fn escaped(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let (digits, rest) = chars.as_str().strip_prefix('{')?.split_once('}')?;
    let escaped = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    *chars = rest.chars();
    Some(escaped)
}

impl Serialize for SpecPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SpecPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SpecPath {
        text.parse().expect("a path")
    }

    #[test]
    fn text_and_path_are_the_same_thing() {
        let built = SpecPath::root().key("request").key("a.b").key("fields").key("顾客").index(3).key("").key("0");
        let text = r#"request["a.b"].fields.顾客[3][""].0"#;
        assert_eq!(built.to_string(), text);
        assert_eq!(path(text), built);
        assert_eq!(path(""), SpecPath::root());
        assert_eq!(path("[0].now").to_string(), "[0].now");
    }

    #[test]
    fn odd_names_survive() {
        for name in ["a b", "\"", "\\", "]", "\u{1b}[31m", "tab\there", "-4", "\u{85}"] {
            let built = SpecPath::root().key("x").key(name).key("y");
            assert_eq!(path(&built.to_string()), built, "{name:?}");
            assert!(!built.to_string().contains(char::is_control));
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in
            [".a", "a.", "a..b", "a[x]", "a[01]", "a[+1]", "a[", "a[\"b\"", "a[\"b", "a b", "a]", "a[0]b", "[\"\\n\"]"]
        {
            assert!(text.parse::<SpecPath>().is_err(), "{text:?}");
        }
        assert!("a.".repeat(1_000_000).parse::<SpecPath>().is_err());
    }

    #[test]
    fn paths_know_their_ancestors() {
        let below = path("a.b[0].c");
        let rest: Vec<_> = below.below(&path("a.b")).into_iter().flatten().cloned().collect();
        assert_eq!(rest, [Segment::Index(0), Segment::Key("c".into())]);
        assert_eq!(below.below(&path("a.c")), None);
        assert_eq!(path("a").below(&below), None);
        assert_eq!(path("a.b").extend(&rest), below);
        assert!(path("a.b") < path("a.b.c") && path("a.b.c") < path("a.c"));
    }
}
