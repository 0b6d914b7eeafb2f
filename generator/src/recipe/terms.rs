//! Resolved templates: what they read, and what may be done with the result.

use super::Filter;

/// A resolved template.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// Its parts.
    pub pieces: Vec<Piece>,
    /// Text or bytes.
    pub kind: Kind,
    /// What may be shown of it.
    pub secrecy: Secrecy,
}

/// A part of a template.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Text that stands for itself.
    Literal(String),
    /// A value.
    Value {
        /// Where it comes from.
        source: Source,
        /// What is done to it, in order.
        filters: Vec<Filter>,
    },
}

/// Where a value comes from. Numbers are positions in [`Scheme`](super::Scheme) or [`Plan`](super::Plan).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A credential.
    Credential(usize),
    /// A fact of the operation.
    Fact(usize),
    /// A clock name.
    Clock(usize),
    /// A nonce.
    Nonce(usize),
    /// An earlier step.
    Let(usize),
    /// A text of the request.
    Request(RequestText),
    /// A header.
    Header(String),
}

/// A text of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequestText {
    /// The HTTP method, in capitals.
    Method,
    /// `http` or `https`.
    Scheme,
    /// The host, with its port if there is one.
    Host,
    /// The path.
    Path,
    /// The query, encoded.
    Query,
    /// Path, question mark and query.
    PathQuery,
    /// The URL without its query.
    Url,
    /// The body.
    Body,
}

impl RequestText {
    /// Every text with its word in templates.
    pub(super) const ALL: &'static [(&'static str, Self)] = &[
        ("method", Self::Method),
        ("scheme", Self::Scheme),
        ("host", Self::Host),
        ("path", Self::Path),
        ("query", Self::Query),
        ("path_query", Self::PathQuery),
        ("url", Self::Url),
        ("body", Self::Body),
    ];
}

/// Text or bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    #[default]
    Text,
    /// Bytes, to be encoded before they can travel.
    Raw,
}

/// What may be done with a value. A later variant outweighs an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secrecy {
    /// It may be sent and shown.
    #[default]
    Open,
    /// A digest of nothing but secrets (the position is that of the credential): a key, as good as the secret itself.
    Key(usize),
    /// Made from the secret at this position.
    Secret(usize),
}

impl Secrecy {
    /// Whether the value must be neither sent nor shown.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self != Self::Open
    }
}

impl Template {
    /// What the template reads.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(_) => None,
            Piece::Value { source, .. } => Some(source),
        })
    }
}

impl Piece {
    pub(super) fn filters(&self) -> &[Filter] {
        match self {
            Self::Literal(_) => &[],
            Self::Value { filters, .. } => filters,
        }
    }
}
