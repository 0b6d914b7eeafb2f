//! Requests that violate the rules of their page.

use core::fmt;

use crate::show::Cut;

/// Maximum number of violations in a message. A request can have thousands; the iterator returns them all.
const MAX_SHOWN: usize = 20;

/// All violations of a request, in the order of the spec. Never empty.
///
/// `Display` and `Debug` show the first 20 and the number of the others.
#[derive(Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn of(list: Vec<Violation>) -> Result<(), Self> {
        if list.is_empty() { Ok(()) } else { Err(Self(list)) }
    }

    /// Returns `list`, which must not be empty.
    #[cfg(any(feature = "testing", test))]
    pub(crate) fn all(list: Vec<Violation>) -> Self {
        Self(list)
    }

    /// Iterates over all violations in the order of the spec.
    pub fn iter(&self) -> core::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// Returns the violations that a message shows, and the number of the others.
    fn shown(&self) -> (&[Violation], usize) {
        let (shown, others) = self.0.split_at(self.0.len().min(MAX_SHOWN));
        (shown, others.len())
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
        let (shown, others) = self.shown();
        for (index, violation) in shown.iter().enumerate() {
            let separator = if index > 0 { "; " } else { "" };
            write!(f, "{separator}{violation}")?;
        }
        if others > 0 { write!(f, "; and {others} more") } else { Ok(()) }
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, others) = self.shown();
        let mut list = f.debug_list();
        list.entries(shown);
        if others > 0 {
            list.entry(&format_args!("and {others} more"));
        }
        list.finish()
    }
}

impl std::error::Error for Violations {}

/// A violation: the path of the value, and the rule. Contains no value of the request.
#[derive(Clone, PartialEq, Eq)]
pub struct Violation {
    pub(crate) path: String,
    pub(crate) rule: Rule,
}

impl Violation {
    /// Returns the wire path of the value, such as `task_request.task_list[3].input_params`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the rule that is violated.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Cut::path(&self.path), self.rule)
    }
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Violation({self})")
    }
}

/// A rule that a request violates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// The page marks the value as required, or the URL's path needs it, but it is not set or is blank.
    Missing,
    /// The protocol or the signature sets a parameter with this name.
    Reserved,
    /// The platform has no such parameter.
    NotUsed,
    /// The text has more characters than the page allows.
    TooLong {
        /// Maximum number of characters.
        max: usize,
        /// Actual number of characters.
        length: usize,
    },
    /// The list has more items than the page allows.
    TooManyItems {
        /// Maximum number of items.
        max: usize,
        /// Actual number of items.
        items: usize,
    },
    /// The number is smaller than the page allows.
    TooSmall {
        /// Smallest number allowed.
        min: &'static str,
    },
    /// The number is greater than the page allows.
    TooGreat {
        /// Greatest number allowed.
        max: &'static str,
    },
    /// An item of a comma-separated list contains a comma, so the server would see two items.
    CommaInItem,
    /// The text is not valid JSON.
    InvalidJson,
    /// The value is sent as a number but is not one: a decimal, a number in a map, or a value of an open enum.
    InvalidNumber,
    /// The instant cannot be written as a date.
    InvalidDate,
    /// The text is not a date: [`Date::to_system_time`](crate::Date::to_system_time) finds no instant.
    NotADate,
    /// Files cannot be sent at this place.
    FileNotAllowed,
    /// The file's content type is not a valid header value.
    InvalidContentType,
    /// `.` and `..` cannot be a segment of the URL's path.
    InvalidPathSegment,
    /// The path of a call without types has a query, a fragment, a `.` or `..` segment, a lone brace, or a character that
    /// must be percent-encoded.
    InvalidPath,
    /// The name of an extra parameter is blank.
    BlankName,
    /// Objects are nested deeper than encoding goes.
    TooDeep,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::NotUsed => f.write_str("is not a parameter of the platform"),
            Self::Reserved => f.write_str("is set by the protocol and cannot be added"),
            Self::TooLong { max, length } => {
                write!(f, "has {length} characters, at most {max} are allowed")
            }
            Self::TooManyItems { max, items } => {
                write!(f, "has {items} items, at most {max} are allowed")
            }
            Self::TooSmall { min } => write!(f, "is smaller than {min}"),
            Self::TooGreat { max } => write!(f, "is greater than {max}"),
            Self::CommaInItem => f.write_str("contains a comma, which separates the items of this list"),
            Self::InvalidJson => f.write_str("is not valid JSON"),
            Self::InvalidNumber => f.write_str("is not a number"),
            Self::InvalidDate => f.write_str("cannot be written as a date"),
            Self::NotADate => f.write_str("is not a date"),
            Self::FileNotAllowed => f.write_str("cannot be sent as a file here"),
            Self::InvalidContentType => f.write_str("has an invalid content type"),
            Self::InvalidPathSegment => f.write_str("cannot be a segment of the URL's path"),
            Self::InvalidPath => f.write_str(
                "is not the path of a URL: it lacks percent-encoding, or has a query, a fragment, `.` or `..`",
            ),
            Self::BlankName => f.write_str("is not the name of a parameter"),
            Self::TooDeep => f.write_str("is nested too deeply"),
        }
    }
}
