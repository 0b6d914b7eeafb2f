//! What the words of iTNIO's pages, Chinese and English, mean.

use std::sync::LazyLock;

use crate::terms::{Required, Section};
use crate::transcribe::dialect::Dialect;
use crate::transcribe::{row, types};

/// The words of the site.
pub(super) static WORDS: LazyLock<Dialect> = LazyLock::new(|| Dialect::only(include_str!("words.yaml")));

/// A part of a page.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Title, method, address, description.
    #[default]
    Head,
    /// Parameters.
    Request,
    /// Sample calls.
    Call,
    /// Members of the answer.
    Response,
    /// Sample answers.
    Answer,
    /// Statuses.
    Statuses,
    /// Names of languages.
    Languages,
    /// A sample in one language.
    Code,
    /// What belongs to the site.
    End,
}

/// The part that a heading opens.
pub(super) fn heading(text: &str) -> Option<Part> {
    Some(match WORDS.heading(text)? {
        Section::Request => Part::Request,
        Section::Response => Part::Response,
        Section::Statuses => Part::Statuses,
        Section::Sample if text.contains("请求") || text.to_lowercase().contains("request") => Part::Call,
        Section::Sample => Part::Answer,
        Section::Ignore => Part::Languages,
        Section::End => Part::End,
        _ => return None,
    })
}

/// Returns whether a line shows that the page documents a callback.
pub(super) fn is_push(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("push address") || text.contains("callback address") || text.contains("推送地址")
}

/// The mark that a cell is.
pub(super) fn mark(text: &str) -> Option<Required> {
    WORDS.required(text)
}

/// Returns whether a text states when a parameter is required.
pub(super) fn has_condition(text: &str) -> bool {
    let text = text.to_lowercase();
    let ends = ["required", "must pass", "must be passed", "必填", "必传"];
    let says = ["required when", "required if", "yes if", "yes when", "must pass when", "must pass if"];
    ends.iter().any(|end| text.ends_with(end)) || says.iter().any(|word| text.contains(word))
}

/// Whether a text is a type, and not a description that names one.
pub(super) fn is_type(text: &str) -> bool {
    types::is_type(text, &WORDS)
}

/// Cuts the type off the end of a row: `Map <String>` is one.
pub(super) fn split_type(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let starts = text.rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]);
    for start in starts.take(4) {
        let (before, word) = text.split_at_checked(start)?;
        if word.starts_with('<') {
            continue;
        }
        if is_spelled(word) && is_type(word) {
            return Some((before.trim_end(), word));
        }
        if !text.ends_with('>') {
            return None;
        }
    }
    None
}

/// Whether a word is spelled as types are; `number` and `date` end too many descriptions.
fn is_spelled(word: &str) -> bool {
    let head = word.split(['<', '[', ' ']).next().unwrap_or_default();
    match head {
        "string" | "int" | "integer" | "long" | "double" | "boolean" | "null" | "none" => true,
        "Number" | "Text" | "Date" | "Set" | "Short" | "Char" | "Str" | "None" | "Null" | "Decimal" => false,
        head => head.starts_with(|c: char| c.is_ascii_uppercase()),
    }
}

/// Whether a word can be the name of a field. No name of the site has a dot.
pub(super) fn is_name(word: &str) -> bool {
    row::is_name(word) && !word.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_cut_off_from_the_right() {
        assert_eq!(split_type("ids of crates List<String>"), Some(("ids of crates", "List<String>")));
        assert_eq!(split_type("tags Map <String>"), Some(("tags", "Map <String>")));
        assert_eq!(split_type("tags No Map<String, String>"), Some(("tags No", "Map<String, String>")));
        assert_eq!(split_type("no type here"), None);
        assert_eq!(split_type("a > b"), None);
        assert_eq!(split_type("Long"), Some(("", "Long")));
    }

    #[test]
    fn descriptions_that_name_a_type_are_not_types() {
        for text in ["string", "List<Integer>", "JSONArray", "List<Crate>", "Map<String, String>", "String[]", "null"] {
            assert!(is_type(text), "{text}");
        }
        for text in ["Crate", "list of strings", "箱子列表", "String(64)", "[]String", "String array", ""] {
            assert!(!is_type(text), "{text}");
        }
    }
}
