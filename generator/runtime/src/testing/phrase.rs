//! The messages that platforms send with errors: phrases such as `Missing required arguments:{parameter}`.
//!
//! The generator applies the same rule to the phrases of a platform.

use core::fmt;

/// A part of a phrase.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Piece<'p> {
    Literal(&'p str),
    Parameter,
    SubCode,
}

/// Why a phrase cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhraseError {
    /// A `{` without its `}`, or the reverse.
    Unmatched(char),
    /// A placeholder that has no meaning on the platform.
    Unknown(String),
}

impl fmt::Display for PhraseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unmatched(brace) => write!(f, "unmatched `{brace}`"),
            Self::Unknown(name) => write!(f, "unknown placeholder `{{{name}}}`"),
        }
    }
}

impl core::error::Error for PhraseError {}

/// Checks the syntax of a phrase, and the names of its placeholders: `parameter`, and `sub_code` on platforms that have them.
///
/// # Errors
///
/// The first defect.
pub fn check_phrase(phrase: &str, has_sub_codes: bool) -> Result<(), PhraseError> {
    pieces(phrase).try_for_each(|piece| match piece? {
        Piece::SubCode if !has_sub_codes => Err(PhraseError::Unknown("sub_code".to_owned())),
        _ => Ok(()),
    })
}

/// Fills the placeholders of a phrase. A placeholder without a value is left out, together with a colon before it. A phrase
/// that cannot be used stays as it is.
pub(super) fn fill(phrase: &str, parameter: Option<&str>, sub_code: Option<&str>) -> String {
    let Ok(pieces) = pieces(phrase).collect::<Result<Vec<_>, _>>() else { return phrase.to_owned() };
    let mut out = String::new();
    for piece in pieces {
        let value = match piece {
            Piece::Literal(text) => Some(text),
            Piece::Parameter => parameter,
            Piece::SubCode => sub_code,
        };
        match value.filter(|text| !text.is_empty()) {
            Some(text) => out.push_str(text),
            None => {
                let before = out.trim_end();
                out.truncate(before.strip_suffix(':').unwrap_or(before).len());
            }
        }
    }
    out
}

/// Splits a phrase. Doubled braces are literal ones.
fn pieces(phrase: &str) -> impl Iterator<Item = Result<Piece<'_>, PhraseError>> {
    let mut rest = phrase;
    core::iter::from_fn(move || {
        let (piece, after) = first(rest)?;
        rest = after;
        Some(piece)
    })
}

/// Returns the first piece of a phrase, and what follows it.
fn first(phrase: &str) -> Option<(Result<Piece<'_>, PhraseError>, &str)> {
    match phrase.find(['{', '}']) {
        None if phrase.is_empty() => None,
        None => Some((Ok(Piece::Literal(phrase)), "")),
        Some(0) => Some(braced(phrase)),
        Some(at) => {
            let (literal, after) = phrase.split_at(at);
            Some((Ok(Piece::Literal(literal)), after))
        }
    }
}

/// Returns the piece of a text that starts with a brace, and what follows it.
fn braced(text: &str) -> (Result<Piece<'_>, PhraseError>, &str) {
    for (doubled, literal) in [("{{", "{"), ("}}", "}")] {
        if let Some(after) = text.strip_prefix(doubled) {
            return (Ok(Piece::Literal(literal)), after);
        }
    }
    let Some(inside) = text.strip_prefix('{') else { return (Err(PhraseError::Unmatched('}')), "") };
    let Some((name, after)) = inside.split_once('}') else { return (Err(PhraseError::Unmatched('{')), "") };
    let piece = match name {
        "parameter" => Ok(Piece::Parameter),
        "sub_code" => Ok(Piece::SubCode),
        _ => Err(PhraseError::Unknown(name.to_owned())),
    };
    (piece, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled() {
        let filled = |phrase| fill(phrase, Some("nicks"), Some("session-expired"));
        assert_eq!(filled("Missing required arguments:{parameter}"), "Missing required arguments:nicks");
        assert_eq!(filled("Invalid session:{sub_code}!"), "Invalid session:session-expired!");
        assert_eq!(filled("App Call Limited"), "App Call Limited");
        assert_eq!(filled("{{a}} 参数{parameter}无效"), "{a} 参数nicks无效");
        assert_eq!(filled(""), "");
    }

    #[test]
    fn a_placeholder_without_a_value_takes_its_colon_along() {
        let filled = |phrase| fill(phrase, None, None);
        assert_eq!(filled("Missing required arguments:{parameter}"), "Missing required arguments");
        assert_eq!(filled("Invalid session: {sub_code}"), "Invalid session");
        assert_eq!(filled("no {parameter} here"), "no here");
        assert_eq!(filled("{parameter}"), "");
        assert_eq!(fill("Invalid session:{sub_code}", None, Some("")), "Invalid session");
    }

    #[test]
    fn other_placeholders_and_single_braces_are_defects() {
        let error = |phrase| check_phrase(phrase, true).map_err(|error| error.to_string());
        assert_eq!(error("a:{parameter}{{}}{sub_code}"), Ok(()));
        assert_eq!(check_phrase("{parameter}", false), Ok(()));
        assert_eq!(check_phrase("{sub_code}", false), Err(PhraseError::Unknown("sub_code".to_owned())));
        for (phrase, expected) in [
            ("a {name}", "unknown placeholder `{name}`"),
            ("a {parameter?}", "unknown placeholder `{parameter?}`"),
            ("a {}", "unknown placeholder `{}`"),
            ("a {parameter", "unmatched `{`"),
            ("a }b", "unmatched `}`"),
        ] {
            assert_eq!(error(phrase), Err(expected.to_owned()));
            assert_eq!(fill(phrase, Some("x"), None), phrase);
        }
    }
}
