//! Corrects what a page may contain and a spec must not: names with characters that nobody sees, type words that cannot be
//! types, and limits that are not numbers. Every correction is in doubt.

use super::field::Field;
use crate::diagnostic::is_hidden;
use crate::names::words;
use crate::terms::{About, DecimalText, Note};

/// Corrects names, types and limits, those of members too.
pub(crate) fn tidy(fields: &mut [Field]) {
    for field in fields {
        let mut has_no_number = false;
        let name = plain(&field.name);
        if name != field.name {
            field.name = name;
            field.doubt(About::Name, Note::Repaired);
        }
        if !is_type_word(&field.type_word) {
            let word = plain(&field.type_word);
            field.type_word = match is_type_word(&word) {
                true => word,
                false => if field.fields.is_empty() { "String" } else { "Object" }.to_owned(),
            };
            field.doubt(About::Type, Note::Repaired);
        }
        for limit in [&mut field.min, &mut field.max] {
            if limit.as_deref().is_some_and(|limit| DecimalText::read(limit).is_none()) {
                *limit = None;
                has_no_number = true;
            }
        }
        if has_no_number {
            field.doubt(About::Default, Note::Repaired);
        }
        tidy(&mut field.fields);
    }
}

/// Returns whether one of the fields, or of their members, has no name that code can use.
pub(crate) fn is_nameless(fields: &[Field]) -> bool {
    let is_plain = |name: &str| name.contains(|c: char| c.is_ascii_alphanumeric());
    let has_none = |name: &str| !is_plain(name) && words::snake(name).is_empty();
    fields.iter().any(|field| has_none(&field.name) || is_nameless(&field.fields))
}

fn plain(text: &str) -> String {
    text.replace(is_no_part, "").trim().to_owned()
}

/// Returns whether a character is part of no name: hidden characters, and the quotes of Markdown.
fn is_no_part(c: char) -> bool {
    is_hidden(c) || c == '`'
}

/// Returns whether resolving takes a word for a type: a name, perhaps with type arguments and brackets behind it.
fn is_type_word(word: &str) -> bool {
    let word: String = word.split_whitespace().collect();
    let mut base = word.as_str();
    while let Some(element) = base.strip_suffix("[]") {
        base = element;
    }
    let head = match base.strip_suffix('>').and_then(|open| open.split_once('<')) {
        Some((head, argument)) if argument.is_empty() || is_type_word(argument) || is_map(head) => head,
        Some(_) => return false,
        None => base,
    };
    head.starts_with(char::is_alphabetic) && head.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Returns whether a word is that of a map, whose type arguments are not read.
fn is_map(head: &str) -> bool {
    head.eq_ignore_ascii_case("map") || head.eq_ignore_ascii_case("hashmap")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_nobody_sees() {
        for name in ["\u{feff}tag", "ta\u{200b}g", "ta\u{ad}g", "\u{202e}tag", "tag\u{2060}", "tag\t", "`tag`"] {
            let mut fields = vec![Field { name: name.to_owned(), type_word: "String".into(), ..Field::default() }];
            tidy(&mut fields);
            let found: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.doubts.as_slice())).collect();
            assert_eq!(found, [("tag", &[(About::Name, Note::Repaired)][..])], "{name:?}");
        }
    }

    #[test]
    fn only_what_resolves_is_a_type() {
        for word in ["String", "byte[][]", "byte [] []", "Map <String, Crate>", "List<Crate>", "List<>", "类型", "T_1"]
        {
            assert!(is_type_word(word), "{word}");
        }
        for word in ["", "-", "[]", "List<a-b>", "Map<String", "a.b", "2D", "_x", "ta\u{200b}g"] {
            assert!(!is_type_word(word), "{word}");
        }
    }
}
