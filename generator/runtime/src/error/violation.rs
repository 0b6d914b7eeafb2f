//! Requests that are not as their page wants them.

use core::fmt;

/// Everything in which a request is not as its page wants it, in the spec's order. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn of(list: Vec<Violation>) -> Result<(), Self> {
        if list.is_empty() { Ok(()) } else { Err(Self(list)) }
    }

    /// The findings, in the spec's order.
    pub fn iter(&self) -> core::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = core::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request is not as documented: ")?;
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index > 0 { "; " } else { "" };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// One finding: where, and which rule. Holds no value of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(crate) path: String,
    pub(crate) rule: Rule,
}

impl Violation {
    /// The wire path of the value: `task_request.task_list[3].input_params`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The rule that is broken.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.rule)
    }
}

/// A rule that a request breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// The page marks the value as required, or the URL's path needs it.
    Missing,
    /// The text has more characters than the page allows.
    TooLong {
        /// The characters allowed.
        max: usize,
        /// The characters given.
        length: usize,
    },
    /// The list has more items than the page allows.
    TooManyItems {
        /// The items allowed.
        max: usize,
        /// The items given.
        items: usize,
    },
    /// The number is smaller than the page allows.
    TooSmall {
        /// The smallest number allowed.
        min: &'static str,
    },
    /// The number is greater than the page allows.
    TooGreat {
        /// The greatest number allowed.
        max: &'static str,
    },
    /// An item of a comma-joined list has a comma, so the server would see two.
    CommaInItem,
    /// The text has to be JSON and is not.
    InvalidJson,
    /// The value travels as a number and is not one: a decimal, a number in a map, a value of an open enum.
    InvalidNumber,
    /// The instant cannot be written as a date.
    InvalidDate,
    /// A file in a place that no file can travel in.
    FileNotAllowed,
    /// The file's media type is not one.
    InvalidContentType,
    /// `.` or `..` cannot stand for a part of a URL's path.
    InvalidPathSegment,
    /// Objects in objects beyond the depth that is encoded.
    TooDeep,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::TooLong { max, length } => {
                write!(f, "has {length} characters, at most {max} are allowed")
            }
            Self::TooManyItems { max, items } => {
                write!(f, "has {items} items, at most {max} are allowed")
            }
            Self::TooSmall { min } => write!(f, "is smaller than {min}"),
            Self::TooGreat { max } => write!(f, "is greater than {max}"),
            Self::CommaInItem => f.write_str("has a comma, which separates the items of this list"),
            Self::InvalidJson => f.write_str("is not valid JSON"),
            Self::InvalidNumber => f.write_str("is not a number"),
            Self::InvalidDate => f.write_str("cannot be written as a date"),
            Self::FileNotAllowed => f.write_str("is a file where none can be sent"),
            Self::InvalidContentType => f.write_str("has a content type that is none"),
            Self::InvalidPathSegment => f.write_str("cannot stand in a URL's path"),
            Self::TooDeep => f.write_str("is nested too deeply"),
        }
    }
}
