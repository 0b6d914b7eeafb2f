//! The form of a file as data: which keys a mapping has, and what their values are.
//!
//! Typed reading by serde decides whether a file is good. A schema says the same a second time, to the reader that
//! has positions; a test keeps the two together.

/// What a value must be.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A single value, taken as it is written.
    Text,
    /// A single value that YAML itself takes for text: a number, `true` or `null` must be in quotes.
    Quoted,
    /// Anything at all: what is recognised and not read.
    Anything,
    /// A whole number from 0.
    Number,
    /// A whole number.
    Integer,
    /// `true`, `false` or one of these words.
    BoolOr(&'static [&'static str]),
    /// One of these words.
    Words(&'static [&'static str]),
    /// The path of a fact.
    Path,
    /// A mapping with fixed keys.
    Record(&'static Record),
    /// A mapping whose keys are the author's.
    Entries(&'static Shape),
    /// A list.
    List(&'static Shape),
    /// One shape for each kind of node that may stand here.
    ByKind(&'static Kinds),
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
    /// What it stands for, with its article: "a field".
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
    /// The key must be there.
    Must,
    /// It may be left out.
    May,
    /// It belongs into the fix file, and is refused here.
    FixOnly,
}

/// A key that must be there.
pub(crate) const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, need: Need::Must }
}

/// A key that may be left out.
pub(crate) const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, need: Need::May }
}

/// A key that only a fix can set.
pub(crate) const fn fix_only(name: &'static str) -> Key {
    Key { name, shape: Shape::Text, need: Need::FixOnly }
}

impl Shape {
    /// What is expected, for messages.
    pub(crate) fn expected(&self) -> String {
        match self {
            Self::Text | Self::Quoted => "text".into(),
            Self::Anything => "anything".into(),
            Self::Number => "a whole number from 0".into(),
            Self::Integer => "a whole number".into(),
            Self::BoolOr(words) => list_words(["true", "false"].iter().chain(*words)),
            Self::Words(words) => list_words(words.iter()),
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
