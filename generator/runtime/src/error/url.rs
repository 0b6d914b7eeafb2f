//! Base URLs that cannot be used.

use core::fmt;

/// Why a base URL cannot be used. The URL itself is not shown, because it may contain a password.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// The URL is not absolute, or contains other characters than visible ASCII.
    NotAbsolute,
    /// The scheme is neither `https` nor `http`.
    Scheme,
    /// The URL contains a user name.
    User,
    /// The port is not a number from 0 to 65535.
    Port,
    /// The URL has a query or a fragment.
    Query,
    /// The scheme is `http`, and the host is not a loopback address.
    Insecure,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAbsolute => "not an absolute URL of visible ASCII characters",
            Self::Scheme => "the scheme is neither https nor http",
            Self::User => "the URL contains a user name",
            Self::Port => "the port is not a number from 0 to 65535",
            Self::Query => "the URL has a query or a fragment",
            Self::Insecure => "requests to an http URL are not encrypted",
        })
    }
}

impl std::error::Error for BaseUrlError {}
