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
    /// The platform's fixed phrase, sometimes with a detail after a colon. `Display` and `Debug` show the English words of
    /// the phrase, because the detail may quote values of the request.
    pub msg: Option<String>,
    /// More specific code, such as `isv.invalid-parameter`, sometimes with a detail after a colon, which `Display` and
    /// `Debug` do not show.
    pub sub_code: Option<String>,
    /// Message of the API behind the gateway. May quote values of the request.
    pub sub_msg: Option<String>,
    /// Identifier that the platform gave to the call, for asking its support.
    pub request_id: Option<String>,
    /// Matching row of the error table on the API's page.
    pub documented: Option<&'static ErrorRow>,
    /// Meaning according to the API's page, or else to the platform's documentation: of the sub code, or else of the code.
    pub meaning: Option<&'static str>,
    /// Whether the error came without the member that encloses errors, so that its texts may be those of the API.
    pub(crate) is_bare: bool,
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
        let phrase = phrase(self.msg.as_deref().filter(|_| !self.is_bare).unwrap_or_default());
        if !phrase.is_empty() {
            write!(f, " ({})", Line(phrase))?;
        }
        let sub_code = self.sub_code.as_deref().map(without_detail).unwrap_or_default();
        if !sub_code.is_empty() {
            write!(f, ", sub code {}", Line(sub_code))?;
        }
        self.explanation.write_meaning(f)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {}", Line(id))?;
        }
        self.explanation.write_hint(f)?;
        self.outlook.skew.map_or(Ok(()), |skew| write!(f, "; {skew}"))
    }
}

/// Returns the phrase at the start of a message: whole words of ASCII letters, as in all fixed phrases of the platform.
/// What follows may be a value of the request, as in `Invalid phone:187`, or a Chinese sentence with one.
// specs/top/PROTOCOL.md#errors
fn phrase(msg: &str) -> &str {
    let is_inside = |char: char| char.is_ascii_alphabetic() || char.is_ascii_whitespace() || char == '-';
    let (words, rest) = msg.split_at(msg.find(|char| !is_inside(char)).unwrap_or(msg.len()));
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let is_whole = rest.chars().next().is_none_or(|char| char.is_ascii_whitespace() || SEPARATORS.contains(&char));
    // The start of another word, such as an address, is not part of the phrase.
    let last = if is_whole { words.len() } else { words.rfind(|char: char| char.is_ascii_whitespace()).unwrap_or(0) };
    words.get(..last).unwrap_or_default().trim()
}

/// Returns a sub code without the detail that may follow it.
pub(crate) fn without_detail(sub_code: &str) -> &str {
    let is_code = |char: char| char.is_ascii() && char != ' ' && !SEPARATORS.contains(&char);
    sub_code.get(..sub_code.find(|char| !is_code(char)).unwrap_or(sub_code.len())).unwrap_or_default()
}

/// Characters between a fixed text and a detail.
const SEPARATORS: &[char] = &[':', '：', '=', ',', '，', ';', '；', '。', '(', '（'];

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
    /// More specific code, if the platform's answers have one.
    pub sub_code: Option<String>,
    /// Message that came with the sub code. May quote values of the request.
    pub sub_message: Option<String>,
    /// Identifier that the platform gave to the call, for asking its support, if its answers have one.
    pub request_id: Option<String>,
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
        let sub_code = self.sub_code.as_deref().map(without_detail).unwrap_or_default();
        if !sub_code.is_empty() {
            write!(f, ", sub code {}", Line(sub_code))?;
        }
        self.explanation.write_meaning(f)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {}", Line(id))?;
        }
        self.explanation.write_hint(f)?;
        self.outlook.skew.map_or(Ok(()), |skew| write!(f, "; {skew}"))
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
            is_bare: false,
            explanation: Explanation::default(),
            outlook: Outlook::default(),
            received: Received { body: b"18717866218".to_vec(), ..Received::default() },
        };
        let expected =
            "the platform answered code 15 (Remote service error), sub code isv.invalid\\nparameter, request rid";
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("1871"));
    }

    /// What is shown of a message and a sub code.
    fn shown(msg: &str, sub_code: Option<&str>) -> String {
        let error = PlatformError {
            code: "15".to_owned(),
            msg: Some(msg.to_owned()),
            sub_code: sub_code.map(str::to_owned),
            sub_msg: None,
            request_id: None,
            documented: None,
            meaning: None,
            is_bare: false,
            explanation: Explanation::default(),
            outlook: Outlook::default(),
            received: Received::default(),
        };
        error.to_string().replace("the platform answered code 15", "")
    }

    #[test]
    fn details_of_the_message_are_hidden() {
        for (msg, phrase) in [
            ("Invalid Session", " (Invalid Session)"),
            ("Missing required arguments:nicks", " (Missing required arguments)"),
            ("Invalid arguments：18717866218", " (Invalid arguments)"),
            ("Invalid arguments, phone 18717866218", " (Invalid arguments)"),
            ("Invalid arguments，手机", " (Invalid arguments)"),
            ("Invalid arguments; phone=18717866218", " (Invalid arguments)"),
            ("Invalid user '张三'", " (Invalid user)"),
            ("Invalid phone 18717866218 of the user", " (Invalid phone)"),
            ("Invalid email q.q@qq.com", " (Invalid email)"),
            ("Invalid email q-q@qq.com", " (Invalid email)"),
            ("q@qq.com", ""),
            ("手机号18717866218不存在", ""),
            ("用户张三不存在", ""),
            ("18717866218", ""),
            ("Http Action not allowed.", " (Http Action not allowed)"),
            (" : x", ""),
            ("", ""),
        ] {
            assert_eq!(shown(msg, None), phrase, "{msg}");
        }
    }

    #[test]
    fn details_of_the_sub_code_are_hidden() {
        for (sub_code, expected) in [
            ("isv.user-not-exist:18717866218", ", sub code isv.user-not-exist"),
            ("isv.user-not-exist：18717866218", ", sub code isv.user-not-exist"),
            ("isv.user-not-exist 18717866218", ", sub code isv.user-not-exist"),
            ("isv.用户", ", sub code isv."),
            ("isp.top_remote.v2", ", sub code isp.top_remote.v2"),
            ("：18717866218", ""),
        ] {
            assert_eq!(shown("", Some(sub_code)), expected, "{sub_code}");
        }
    }
}
