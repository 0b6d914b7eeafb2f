//! Base URLs that cannot be used.

use core::fmt;

/// Why a base URL cannot be used. The URL itself is not shown: it may hold a password.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// It is not an absolute URL.
    NotAbsolute,
    /// Its scheme is neither `https` nor `http`.
    Scheme,
    /// It names a user.
    User,
    /// It has a query or a fragment.
    Query,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAbsolute => "not an absolute URL",
            Self::Scheme => "the scheme is neither https nor http",
            Self::User => "the URL names a user",
            Self::Query => "the URL has a query or a fragment",
        })
    }
}

impl std::error::Error for BaseUrlError {}
