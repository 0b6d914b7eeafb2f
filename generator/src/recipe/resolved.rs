//! Resolved templates: their sources, and how their results may be used.

use super::Filter;

/// A resolved template.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// Its parts.
    pub pieces: Vec<Piece>,
    /// Text or bytes.
    pub kind: Kind,
    /// Whether the result may be sent and shown.
    pub secrecy: Secrecy,
}

/// A part of a template.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Literal text.
    Literal(String),
    /// A value.
    Value {
        /// The source of the value.
        source: Source,
        /// The filters, in the order in which they apply.
        filters: Vec<Filter>,
        /// Name under which reports mask the filtered value, if it must not be shown and is no longer the source itself.
        mask: Option<String>,
    },
}

/// The source of a value. Numbers are indexes into [`Scheme`](super::Scheme) or [`Plan`](super::Plan).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A credential.
    Credential(usize),
    /// A fact of the operation.
    Fact(usize),
    /// A text made from the time of the attempt.
    Clock(usize),
    /// A nonce.
    Nonce(usize),
    /// An earlier step.
    Let(usize),
    /// A part of the request, as text.
    Request(RequestText),
    /// A header.
    Header(String),
    /// A header that a request may lack.
    OptionalHeader(String),
}

/// A part of the request, as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequestText {
    /// The HTTP method, in capitals.
    Method,
    /// `http` or `https`.
    Scheme,
    /// The host, with the port if the URL has one.
    Host,
    /// The path.
    Path,
    /// The query, encoded.
    Query,
    /// The path, a question mark and the query.
    PathQuery,
    /// The URL without its query.
    Url,
    /// The body.
    Body,
    /// The API's name.
    Api,
    /// The path of the API, below the base URL.
    ApiPath,
}

impl RequestText {
    /// Every part with its word in templates.
    pub(super) const ALL: &'static [(&'static str, Self)] = &[
        ("method", Self::Method),
        ("scheme", Self::Scheme),
        ("host", Self::Host),
        ("path", Self::Path),
        ("query", Self::Query),
        ("path_query", Self::PathQuery),
        ("url", Self::Url),
        ("body", Self::Body),
        ("api", Self::Api),
        ("api_path", Self::ApiPath),
    ];

    /// Returns the word for the part in templates.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }

    /// Whether a recipe may give something else this name. The language had the other names from the start.
    pub(super) fn can_be_hidden(self) -> bool {
        matches!(self, Self::Api | Self::ApiPath)
    }
}

/// Text or bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    #[default]
    Text,
    /// Bytes, which must be encoded before they are sent.
    Raw,
}

/// How a value may be used. A combination of values has the greatest of their variants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secrecy {
    /// The value may be sent and shown.
    #[default]
    Open,
    /// A digest of secrets alone, as sensitive as the secret and usable as a key. Contains the credential's index.
    Key(usize),
    /// Made from the secret with this index.
    Secret(usize),
}

impl Secrecy {
    /// Whether the value must be neither sent nor shown.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self != Self::Open
    }

    /// Returns the secret that the value is made from, if it must be neither sent nor shown.
    #[must_use]
    pub fn secret(self) -> Option<usize> {
        match self {
            Self::Open => None,
            Self::Key(index) | Self::Secret(index) => Some(index),
        }
    }
}

impl Template {
    /// Returns the sources that the template reads.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(_) => None,
            Piece::Value { source, .. } => Some(source),
        })
    }
}

impl Piece {
    /// Returns the name under which reports mask the value.
    #[must_use]
    pub fn mask(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Value { mask, .. } => mask.as_deref(),
        }
    }

    pub(super) fn filters(&self) -> &[Filter] {
        match self {
            Self::Literal(_) => &[],
            Self::Value { filters, .. } => filters,
        }
    }
}
