//! Locations in a request: their words and the field names that a spec can set there.

use apograph_runtime::sign::Location;

use crate::terms::ParameterPlace;

/// The locations of stages 1 and 2 with their terms.
const LOCATIONS: [(ParameterPlace, Location); 3] = [
    (ParameterPlace::Query, Location::Query),
    (ParameterPlace::Form, Location::Form),
    (ParameterPlace::Headers, Location::Headers),
];

/// Headers that decide where a request ends up, how long it is and what its body is. The client and its HTTP library set them.
const OWN_HEADERS: [&str; 12] = [
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Why a word is not a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LocationError {
    /// No such location.
    Unknown,
    /// A location of stage 3.
    Later,
}

/// Parses a location.
pub(super) fn location(word: &str) -> Result<Location, LocationError> {
    let known = LOCATIONS.iter().find(|(known, _)| known.word() == word).map(|(_, location)| *location);
    let is_later = || matches!(word, "json" | "xml") || word.starts_with("set.");
    known.ok_or_else(|| if is_later() { LocationError::Later } else { LocationError::Unknown })
}

/// Returns the term of a location.
pub(super) fn place(location: Location) -> Option<ParameterPlace> {
    LOCATIONS.iter().find(|(_, known)| *known == location).map(|(place, _)| *place)
}

/// Returns the word of a location.
pub(super) fn word(location: Location) -> &'static str {
    place(location).map_or("", ParameterPlace::word)
}

/// Returns the words of all locations.
pub(super) fn words() -> impl Iterator<Item = &'static str> + Clone {
    ParameterPlace::WORDS.iter().copied()
}

/// Returns why a spec cannot set a common parameter of this name. `None` if it can.
pub(crate) fn parameter_problem(place: ParameterPlace, name: &str) -> Option<&'static str> {
    let location = LOCATIONS.iter().find(|(known, _)| *known == place).map(|(_, location)| *location);
    location.and_then(|location| name_problem(location, name))
}

/// Returns why a spec cannot set a field of this name. `None` if it can.
pub(super) fn name_problem(location: Location, name: &str) -> Option<&'static str> {
    if !is_field_name(location, name) {
        return Some("is not a valid field name here");
    }
    let is_own = location == Location::Headers && OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name));
    is_own.then_some("is a header that the client or its HTTP library sets")
}

/// Whether a field name is valid: not empty, and in headers an HTTP token (RFC 9110, 5.6.2).
fn is_field_name(location: Location, name: &str) -> bool {
    let in_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && (location != Location::Headers || name.bytes().all(in_token))
}

/// Whether a pattern of `only` or `except` (a name, or a prefix and `*`) matches a field.
pub(super) fn covers(pattern: &str, location: Location, name: &str) -> bool {
    let (start, is_prefix) = pattern.strip_suffix('*').map_or((pattern, false), |start| (start, true));
    let part = if is_prefix { name.get(..start.len()) } else { Some(name) };
    part.is_some_and(|part| match location {
        Location::Headers => part.eq_ignore_ascii_case(start),
        Location::Query | Location::Form => part == start,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_words() {
        assert_eq!(location("form"), Ok(Location::Form));
        assert_eq!(word(Location::Headers), "headers");
        assert_eq!(location("set.sign"), Err(LocationError::Later));
        assert_eq!(location("header"), Err(LocationError::Unknown));
    }

    #[test]
    fn header_names_are_tokens() {
        assert!(is_field_name(Location::Headers, "Api-Key") && is_field_name(Location::Query, "键"));
        assert!(!is_field_name(Location::Headers, "Api Key") && !is_field_name(Location::Headers, "键"));
        assert!(!is_field_name(Location::Query, ""));
    }

    #[test]
    fn a_spec_sets_no_header_that_routes_or_frames_a_request() {
        assert_eq!(parameter_problem(ParameterPlace::Headers, "X-Version"), None);
        assert_eq!(parameter_problem(ParameterPlace::Query, "host"), None);
        for name in ["Host", "host", "Transfer-Encoding", "Content-Type", "X Version", ""] {
            assert!(parameter_problem(ParameterPlace::Headers, name).is_some(), "{name}");
        }
    }

    #[test]
    fn patterns_cover_names() {
        assert!(covers("sign*", Location::Query, "sign_type") && covers("*", Location::Form, ""));
        assert!(!covers("sign", Location::Query, "Sign") && covers("sign", Location::Headers, "Sign"));
        assert!(!covers("中*", Location::Query, "é"));
    }
}
