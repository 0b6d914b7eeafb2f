//! How the value of one parameter differs.

use super::{Comparison, Encoding, Excerpt};
use crate::sign::percent_decoded;

/// Returns what the difference between two values of the parameter `name` is.
pub(super) fn difference(name: &str, expected: &str, found: &str, excerpt: Excerpt) -> Comparison {
    let name = name.to_owned();
    if let Some(encoding) = encoding(expected, found) {
        return Comparison::Encoding(name, encoding, excerpt);
    }
    if without_space(expected) == without_space(found) {
        return Comparison::WhiteSpace(excerpt);
    }
    match found.chars().next() {
        Some(mark @ ('=' | ':'))
            if !expected.is_empty() && found.get(1..).is_some_and(|rest| rest.starts_with(expected)) =>
        {
            Comparison::Separator(mark, excerpt)
        }
        _ => Comparison::Value(name, excerpt),
    }
}

fn encoding(expected: &str, found: &str) -> Option<Encoding> {
    if found.contains("[object Object]") && !expected.contains("[object Object]") {
        return Some(Encoding::Object);
    }
    if found.replace('+', " ") == expected {
        return Some(Encoding::Plus);
    }
    if decodes_to(found, expected) {
        return Some(Encoding::Percent);
    }
    if decodes_to(expected, found) {
        return Some(Encoding::Decoded);
    }
    let is_other_charset = !expected.is_ascii() && (same_ascii(expected, found) || !decodes_to_utf8(found));
    is_other_charset.then_some(Encoding::Charset)
}

fn decodes_to(encoded: &str, text: &str) -> bool {
    let forms = [encoded.to_owned(), encoded.replace('+', " ")];
    encoded.contains('%') && forms.iter().any(|form| percent_decoded(form) == text)
}

fn decodes_to_utf8(encoded: &str) -> bool {
    !percent_decoded(encoded).contains(char::REPLACEMENT_CHARACTER)
}

/// Whether two texts contain the same printable ASCII, and something else between it in both. A question mark is what
/// converters write for a character that they do not know.
fn same_ascii(expected: &str, found: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|char| char.is_ascii() && *char != '?').collect::<String>();
    let has_other = |text: &str| text.chars().any(|char| !char.is_ascii() || char == '?');
    plain(expected) == plain(found) && has_other(found)
}

pub(super) fn without_space(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        for (expected, found, encoding) in [
            ("a b", "a+b", Some(Encoding::Plus)),
            ("a b&", "a+b%26", Some(Encoding::Percent)),
            ("a b&", "a%20b%26", Some(Encoding::Percent)),
            ("a+b&", "a+b%26", Some(Encoding::Percent)),
            ("中", "%E4%B8%AD", Some(Encoding::Percent)),
            ("100%25", "100%", Some(Encoding::Decoded)),
            ("a刘b", "a%C1%F5b", Some(Encoding::Charset)),
            ("a刘b", "a鍒榖", None),
            ("a刘b", "a\u{fffd}\u{fffd}b", Some(Encoding::Charset)),
            ("a刘b", "a?b", Some(Encoding::Charset)),
            ("a刘b", "aåˆ˜b", Some(Encoding::Charset)),
            ("{\"a\":1}", "[object Object]", Some(Encoding::Object)),
            ("ab", "ac", None),
            ("100%", "100%zz", None),
        ] {
            assert_eq!(super::encoding(expected, found), encoding, "{expected} {found}");
        }
    }
}
