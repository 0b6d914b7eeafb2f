//! Errors that the server returned.

use core::fmt;

use crate::explanation::Explanation;
use crate::operation::ErrorRow;
use crate::received::{Received, received_accessors};
use crate::retry::Outlook;
use crate::show::Line;

/// An error that the platform returned: about the call itself (signature, limits), or from the API behind the gateway.
// specs/top/PROTOCOL.md#errors
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlatformError {
    /// Error code, a number as text. Empty if the error has none.
    pub code: String,
    /// The platform's fixed phrase, sometimes with a detail after a colon.
    pub msg: Option<String>,
    /// More specific code, such as `isv.invalid-parameter`.
    pub sub_code: Option<String>,
    /// Message of the API behind the gateway. May quote values of the request.
    pub sub_msg: Option<String>,
    /// Identifier that the platform gave to the call, for asking its support.
    pub request_id: Option<String>,
    /// Matching row of the error table on the API's page.
    pub documented: Option<&'static ErrorRow>,
    /// Meaning according to the API's page, or else to the platform's documentation: of the sub code, or else of the code.
    pub meaning: Option<&'static str>,
    pub(crate) explanation: Explanation,
    pub(crate) outlook: Outlook,
    pub(crate) received: Received,
}

impl PlatformError {
    received_accessors!();

    /// Returns what to do about the error, according to the API's page or else to the platform's documentation.
    pub fn hint(&self) -> Option<&'static str> {
        self.explanation.hint()
    }

    /// Whether the platform rejected the time of the request.
    pub(crate) fn is_clock(&self) -> bool {
        self.explanation.is_clock()
    }

    /// Whether any table of the API or of the platform lists the code or sub code.
    pub(crate) fn is_listed(&self) -> bool {
        self.documented.is_some() || self.explanation.is_documented() || self.outlook.retryable
    }
}

impl fmt::Display for PlatformError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code.as_str() {
            "" => f.write_str("the platform answered an error without a code")?,
            code => write!(f, "the platform answered code {}", Line(code))?,
        }
        // The text after a colon is a detail, which may be a value of the request.
        let phrase = self.msg.as_deref().and_then(|msg| msg.split(':').next()).unwrap_or_default();
        if !phrase.trim().is_empty() {
            write!(f, " ({})", Line(phrase))?;
        }
        if let Some(sub_code) = &self.sub_code {
            write!(f, ", sub code {}", Line(sub_code))?;
        }
        self.explanation.write_meaning(f)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {}", Line(id))?;
        }
        self.explanation.write_hint(f)
    }
}

impl fmt::Debug for PlatformError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlatformError({self})")
    }
}

impl std::error::Error for PlatformError {}

/// A status other than success, from an answer with a status member.
// specs/nio/PROTOCOL.md#status-codes
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusError {
    /// Status code, a number as text.
    pub status: String,
    /// The server's message. May quote values of the request.
    pub message: Option<String>,
    /// Meaning of the status according to the API's page, or else to the platform's documentation.
    pub meaning: Option<&'static str>,
    pub(crate) explanation: Explanation,
    pub(crate) outlook: Outlook,
    pub(crate) received: Received,
}

impl StatusError {
    received_accessors!();

    /// Returns what to do about the error, according to the API's page or else to the platform's documentation.
    pub fn hint(&self) -> Option<&'static str> {
        self.explanation.hint()
    }

    /// Whether the platform rejected the time of the request.
    pub(crate) fn is_clock(&self) -> bool {
        self.explanation.is_clock()
    }

    /// Whether any table of the API or of the platform lists the status.
    pub(crate) fn is_listed(&self) -> bool {
        self.explanation.is_documented() || self.outlook.retryable
    }
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the platform answered status {}", Line(&self.status))?;
        self.explanation.write_meaning(f)?;
        self.explanation.write_hint(f)
    }
}

impl fmt::Debug for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatusError({self})")
    }
}

impl std::error::Error for StatusError {}

/// An HTTP error status, with a body that contains no error of the platform.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpError {
    pub(crate) outlook: Outlook,
    pub(crate) received: Received,
}

impl HttpError {
    received_accessors!();
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server answered HTTP status {}", self.received.status.as_u16())
    }
}

impl fmt::Debug for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpError({self})")
    }
}

impl std::error::Error for HttpError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_error_tells_codes_and_no_values() {
        let error = PlatformError {
            code: "15".to_owned(),
            msg: Some("Remote service error:18717866218".to_owned()),
            sub_code: Some("isv.invalid\nparameter".to_owned()),
            sub_msg: Some("bad phone 18717866218".to_owned()),
            request_id: Some("rid".to_owned()),
            documented: None,
            meaning: None,
            explanation: Explanation::default(),
            outlook: Outlook::default(),
            received: Received { body: b"18717866218".to_vec(), ..Received::default() },
        };
        let expected =
            "the platform answered code 15 (Remote service error), sub code isv.invalid\\nparameter, request rid";
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("1871"));
    }
}
