//! Schemas: which keys a mapping has, and what their values are.
//!
//! Typed serde decides whether a file is valid. A schema describes the same format for the reader with positions; a test
//! checks that the two agree.

/// The expected form of a value.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A single value, as it is written.
    Text,
    /// A single value that YAML reads as text: a number, `true` or `null` must be quoted.
    Quoted,
    /// A whole number from 0.
    Number,
    /// A whole number.
    Integer,
    /// `true`, `false` or one of these words.
    BoolOr(&'static [&'static str]),
    /// One of these words.
    Words(&'static [&'static str]),
    /// A word of a spelling.
    Spelled(&'static Spelling),
    /// The path of a fact.
    Path,
    /// A mapping with fixed keys.
    Record(&'static Record),
    /// A mapping with arbitrary keys.
    Entries(&'static Shape),
    /// A list.
    List(&'static Shape),
    /// One shape for each kind of node that is allowed.
    ByKind(&'static Kinds),
}

/// How words of a kind are spelled.
#[derive(Debug)]
pub(crate) struct Spelling {
    /// What such words consist of.
    pub(crate) what: &'static str,
    /// Whether a text is such a word.
    pub(crate) fits: fn(&str) -> bool,
    /// The same as a regular expression, for JSON Schemas.
    pub(crate) pattern: &'static str,
}

#[derive(Debug)]
pub(crate) struct Kinds {
    pub(crate) scalar: Option<Shape>,
    pub(crate) list: Option<Shape>,
    pub(crate) mapping: Option<Shape>,
}

/// A mapping with fixed keys.
#[derive(Debug)]
pub(crate) struct Record {
    /// What it describes, with an article: "a field".
    pub(crate) what: &'static str,
    pub(crate) keys: &'static [Key],
}

#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) need: Need,
}

#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    /// The key is required.
    Must,
    /// The key is required unless another key of the record has this word as its value.
    Unless { key: &'static str, word: &'static str },
    /// The key is optional.
    May,
    /// The key belongs in the fix file.
    FixOnly,
}

/// Creates a required key.
pub(crate) const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, need: Need::Must }
}

/// Creates a key that is required unless another key of the record has this word as its value.
pub(crate) const fn must_unless(name: &'static str, shape: Shape, key: &'static str, word: &'static str) -> Key {
    Key { name, shape, need: Need::Unless { key, word } }
}

/// Creates an optional key.
pub(crate) const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, need: Need::May }
}

/// Creates a key that only a fix can set.
pub(crate) const fn fix_only(name: &'static str) -> Key {
    Key { name, shape: Shape::Text, need: Need::FixOnly }
}

impl Shape {
    /// Describes the expected form, for messages.
    pub(crate) fn expected(&self) -> String {
        match self {
            Self::Text | Self::Quoted => "text".into(),
            Self::Number => "a non-negative integer".into(),
            Self::Integer => "an integer".into(),
            Self::BoolOr(words) => list_words(["true", "false"].iter().chain(*words)),
            Self::Words(words) => list_words(words.iter()),
            Self::Spelled(spelling) => spelling.what.to_owned(),
            Self::Path => "the path of a fact".into(),
            Self::Record(_) | Self::Entries(_) => "a mapping".into(),
            Self::List(_) => "a list".into(),
            Self::ByKind(kinds) => {
                let shapes = [&kinds.scalar, &kinds.list, &kinds.mapping];
                shapes.into_iter().flatten().map(Self::expected).collect::<Vec<_>>().join(", or ")
            }
        }
    }
}

/// `a`, `b` or `c`.
fn list_words<'a>(words: impl Iterator<Item = &'a &'static str>) -> String {
    let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
