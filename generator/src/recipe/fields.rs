//! Locations in a request: their words and the field names that a spec can set there.

use apograph_runtime::sign::Location;

use crate::terms::{ParameterPlace, is_header_name, is_own_header};

/// The locations of common parameters with their terms.
const LOCATIONS: [(ParameterPlace, Location); 3] = [
    (ParameterPlace::Query, Location::Query),
    (ParameterPlace::Form, Location::Form),
    (ParameterPlace::Headers, Location::Headers),
];

/// Every location but sets with its word.
const WORDS: [(&str, Location); 6] = [
    ("path", Location::Path),
    ("query", Location::Query),
    ("form", Location::Form),
    ("json", Location::Json),
    ("xml", Location::Xml),
    ("headers", Location::Headers),
];

/// What a set's name starts with.
pub(super) const SET: &str = "set.";

/// Parses a location. `sets` are the names of the sets.
pub(super) fn location(word: &str, sets: &[String]) -> Option<Location> {
    let known = WORDS.iter().find(|(known, _)| *known == word).map(|(_, location)| *location);
    known.or_else(|| {
        let name = word.strip_prefix(SET)?;
        let index = sets.iter().position(|known| known == name)?;
        u8::try_from(index).ok().map(Location::Set)
    })
}

/// Returns the term of a location.
pub(super) fn place(location: Location) -> Option<ParameterPlace> {
    LOCATIONS.iter().find(|(_, known)| *known == location).map(|(place, _)| *place)
}

/// Returns the word of a location.
pub(crate) fn word(location: Location, sets: &[String]) -> String {
    match location {
        Location::Set(index) => format!("{SET}{}", sets.get(usize::from(index)).map_or("", String::as_str)),
        other => WORDS.iter().find(|(_, known)| *known == other).map_or("", |(word, _)| word).to_owned(),
    }
}

/// Returns the words of all locations.
pub(super) fn words(sets: &[String]) -> Vec<String> {
    let words = WORDS.iter().map(|(word, _)| (*word).to_owned());
    words.chain(sets.iter().map(|name| format!("{SET}{name}"))).collect()
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
    let is_own = location == Location::Headers && is_own_header(name);
    is_own.then_some("is a header that the client or its HTTP library sets")
}

/// Whether a name can be that of an XML element and of a placeholder.
fn is_word(name: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(in_word)
}

/// Whether a field name is valid: not empty, and in headers an HTTP token (RFC 9110, 5.6.2).
fn is_field_name(location: Location, name: &str) -> bool {
    match location {
        _ if name.is_empty() => false,
        Location::Headers => is_header_name(name),
        Location::Path | Location::Xml => is_word(name),
        Location::Query | Location::Form | Location::Json | Location::Set(_) => true,
    }
}

/// Whether a pattern of `only` or `except` (a name, or a prefix and `*`) matches a field.
pub(super) fn covers(pattern: &str, location: Location, name: &str) -> bool {
    let (start, is_prefix) = pattern.strip_suffix('*').map_or((pattern, false), |start| (start, true));
    let part = if is_prefix { name.get(..start.len()) } else { Some(name) };
    part.is_some_and(|part| match location {
        Location::Headers => part.eq_ignore_ascii_case(start),
        _ => part == start,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_words() {
        let sets = ["a".to_owned(), "sign".to_owned()];
        assert_eq!(location("form", &sets), Some(Location::Form));
        assert_eq!(word(Location::Headers, &sets), "headers");
        assert_eq!(location("set.sign", &sets), Some(Location::Set(1)));
        assert_eq!(word(Location::Set(1), &sets), "set.sign");
        assert_eq!((location("header", &sets), location("set.b", &sets)), (None, None));
    }

    #[test]
    fn header_names_are_tokens() {
        assert!(is_field_name(Location::Headers, "Api-Key") && is_field_name(Location::Query, "键"));
        assert!(!is_field_name(Location::Headers, "Api Key") && !is_field_name(Location::Headers, "键"));
        assert!(!is_field_name(Location::Query, ""));
        assert!(is_field_name(Location::Xml, "mch_id") && !is_field_name(Location::Xml, "a b"));
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
