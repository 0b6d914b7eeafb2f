//! Base URLs that cannot be used.

use core::fmt;

/// Why a base URL cannot be used. The URL itself is not shown, because it may contain a password.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// The URL is not absolute.
    NotAbsolute,
    /// The scheme is neither `https` nor `http`.
    Scheme,
    /// The URL contains a user name.
    User,
    /// The URL has a query or a fragment.
    Query,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAbsolute => "not an absolute URL",
            Self::Scheme => "the scheme is neither https nor http",
            Self::User => "the URL contains a user name",
            Self::Query => "the URL has a query or a fragment",
        })
    }
}

impl std::error::Error for BaseUrlError {}
