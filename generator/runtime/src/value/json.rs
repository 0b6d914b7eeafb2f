//! JSON text that is kept as it is.

use core::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::ser::Serialize;

/// A JSON value as text: the caller's own text in a request, the server's in an answer. Compared as text.
///
/// ```
/// use apograph_runtime::{Json, JsonKind};
///
/// let json = Json::from(r#"{"income": 3000}"#);
/// assert_eq!(json.kind(), Some(JsonKind::Object));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Json(String);

/// Kind of a JSON value, from its first character.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    Text,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// Maximum number of arrays and objects around a value inside JSON that is decoded or written. `serde_json` refuses one
/// more, and code that descends into JSON may overflow the stack on many more.
pub(crate) const MAX_NESTING: usize = 127;

/// Whether arrays and objects nest at most `most` levels deep in `json`. Reads any text, but is only exact for valid JSON.
pub(crate) fn nests_within(json: &str, most: usize) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return false;
        }
    }
    true
}

impl Json {
    /// Serializes a value to JSON text.
    ///
    /// # Errors
    ///
    /// [`JsonError`] if the value cannot be represented in JSON (a map with keys that are not text).
    pub fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, JsonError> {
        serde_json::to_string(value).map(Self).map_err(JsonError)
    }

    /// Returns the text, unchanged.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parses the text as a `T`.
    ///
    /// # Errors
    ///
    /// [`JsonError`] if the text is not JSON or does not fit the type.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        serde_json::from_str(&self.0).map_err(JsonError)
    }

    /// Returns the kind that the first character indicates, or `None` if the text cannot be JSON.
    pub fn kind(&self) -> Option<JsonKind> {
        match self.0.trim_start().bytes().next()? {
            b'n' => Some(JsonKind::Null),
            b't' | b'f' => Some(JsonKind::Boolean),
            b'-' | b'0'..=b'9' => Some(JsonKind::Number),
            b'"' => Some(JsonKind::Text),
            b'[' => Some(JsonKind::Array),
            b'{' => Some(JsonKind::Object),
            _ => None,
        }
    }

    /// Whether the text is valid JSON.
    pub fn is_valid(&self) -> bool {
        serde_json::from_str::<IgnoredAny>(&self.0).is_ok()
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::show::text(f, "Json", &self.0)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// JSON text that is invalid or does not fit a type.
pub struct JsonError(serde_json::Error);

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The parser's own message may quote the value.
        let what = if self.0.is_data() { "does not fit the type" } else { "is not valid" };
        write!(f, "the JSON text {what} (line {}, column {})", self.0.line(), self.0.column())
    }
}

impl fmt::Debug for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonError({self})")
    }
}

impl std::error::Error for JsonError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_on_demand() {
        assert_eq!(Json::from("[1, 2]").parse::<Vec<i64>>().ok(), Some(vec![1, 2]));
        assert_eq!(Json::of(&[1, 2]).map(|json| json.as_str().to_owned()).ok().as_deref(), Some("[1,2]"));
        assert!(Json::from("[1").parse::<Vec<i64>>().is_err());
        assert!(!Json::from("[1").is_valid());
    }

    #[test]
    fn nesting_is_counted_outside_of_strings() {
        for (json, depth) in [("1", 0), ("[]", 1), (r#"[{"a]":"[[\"[["}, [[1]]]"#, 3), (r#"{"a":["\\"],"b":[{}]}"#, 3)]
        {
            assert!(nests_within(json, depth), "{json}");
            assert!(depth == 0 || !nests_within(json, depth - 1), "{json}");
        }
    }

    #[test]
    fn json_at_the_limit_can_be_parsed() {
        let nested = |levels| Json::from("[".repeat(levels) + &"]".repeat(levels));
        assert!(nested(MAX_NESTING).parse::<serde_json::Value>().is_ok());
        assert!(nested(MAX_NESTING + 1).parse::<serde_json::Value>().is_err());
    }

    #[test]
    fn an_error_does_not_quote_the_text() {
        let error = Json::from(r#"["18717866218"]"#).parse::<Vec<i64>>().expect_err("text is no number");
        assert!(!format!("{error} {error:?}").contains("1871"));
    }
}
