//! Why a request could not be signed.

use std::fmt;

use crate::show::{Cut, Line};

/// Why a request could not be signed. Contains names only, never values of the request or of the credentials.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The instant is outside the range of the recipe's `strftime` pattern.
    Clock(String),
    /// The operation lacks a fact (`op.<name>`) that the recipe reads.
    MissingFact(String),
    /// The request lacks a header that the recipe reads.
    MissingHeader(String),
    /// The recipe signs the body's text, but the body is not UTF-8.
    BodyNotText,
    /// The recipe signs the body, but the body of a request with files is only known when it is sent.
    BodyWithFiles,
    /// The recipe signs or sets members of a JSON body, but the body is not a JSON object.
    BodyNotJson,
    /// The recipe signs or sets elements of an XML body, but the body is not an XML document.
    BodyNotXml,
    /// The recipe decodes a value that is not encoded in this way.
    NotEncoded(&'static str),
    /// The recipe sets a placeholder that the path lacks.
    MissingPlaceholder(String),
    /// The private key could not sign.
    PrivateKey,
    /// The random source failed.
    Nonce,
    /// Not an absolute `http` or `https` URL without user and fragment.
    Url(String),
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clock(pattern) => {
                write!(f, "the clock's instant cannot be written as `{}`", Line(pattern))
            }
            Self::MissingFact(name) => {
                write!(f, "the operation has no fact `{}`, which its signature needs", Line(name))
            }
            Self::MissingHeader(name) => write!(f, "the signature needs the header `{}`, which is not set", Line(name)),
            Self::BodyNotText => f.write_str("the signature covers the body's text, but the body is not UTF-8"),
            Self::BodyWithFiles => f.write_str("the signature covers the body, which cannot carry files"),
            Self::BodyNotJson => f.write_str("the signature needs a JSON object as the body"),
            Self::BodyNotXml => f.write_str("the signature needs an XML document as the body"),
            Self::NotEncoded(encoding) => write!(f, "the signature decodes a value that is not {encoding}"),
            Self::MissingPlaceholder(name) => {
                write!(f, "the signature sets `{{{}}}`, which is not in the path", Line(name))
            }
            Self::PrivateKey => f.write_str("the private key could not sign"),
            Self::Nonce => f.write_str("the source of random bytes failed"),
            Self::Url(url) => {
                write!(f, "not an absolute http or https URL without user and fragment: {}", Cut::path(url))
            }
        }
    }
}

impl fmt::Debug for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignError({self})")
    }
}

impl std::error::Error for SignError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_short_and_on_one_line() {
        let message = SignError::Url(format!("ftp://h/\n{}", "x".repeat(100_000))).to_string();
        assert!(message.len() < 400 && message.contains("ftp://h/\\nxx"), "{message}");
    }
}
