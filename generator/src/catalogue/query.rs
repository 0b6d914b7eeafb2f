//! The words of a search.

use super::fold::fold;
use crate::selection::Selection;

/// Words that must all occur in an API's names, titles and descriptions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// The words, folded.
    words: Vec<String>,
}

/// Characters that YAML may write in another way than they are read, so that a text can contain a word that its file does
/// not.
const ESCAPED: [char; 4] = ['\'', '"', '\\', '/'];

/// The start of escapes that can hide any character of a text.
const ESCAPES: [&str; 5] = ["\\x", "\\u", "\\U", "\\\n", "\\\r"];

impl Query {
    /// Reads the words of a query: the arguments, split at white space.
    #[must_use]
    pub fn new(arguments: &[String]) -> Self {
        let folded = arguments.iter().map(|argument| fold(argument));
        let words = folded.flat_map(|argument| argument.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let mut query = Self { words: Vec::new() };
        for word in words {
            if !query.words.contains(&word) {
                query.words.push(word);
            }
        }
        query
    }

    /// Returns the words, folded.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether an API with these files can contain all words. Looks at their text only, which is much faster than to parse
    /// them, so it can be true for an API that does not.
    #[must_use]
    pub fn may_match(&self, files: &[&str]) -> bool {
        let hides = |file: &&str| file.contains('\\') && ESCAPES.iter().any(|escape| file.contains(escape));
        let is_part = |c: char| !ESCAPED.contains(&c) && !c.is_control();
        let folded: Vec<String> = files.iter().map(|file| fold(file)).collect();
        let has = |word: &String| {
            let parts = word.split(|c| !is_part(c)).filter(|part| !part.is_empty());
            let mut parts = parts.map(|part| folded.iter().any(|file| file.contains(part)));
            parts.all(|occurs| occurs)
        };
        self.words.iter().all(has) || files.iter().any(hides)
    }
}

/// Whether an API with these files can be selected by its name. Like [`Query::may_match`], it looks at their text only.
#[must_use]
pub fn may_be_selected(selection: &Selection, files: &[&str]) -> bool {
    let pieces = |pattern: &str| pattern.split(['*', '?']).map(str::to_owned).collect::<Vec<_>>();
    selection.is_everything() || selection.patterns().any(|pattern| Query::new(&pieces(pattern)).may_match(files))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        Query::new(&[text.to_owned()])
    }

    #[test]
    fn words_are_folded_and_occur_once() {
        let words = |text: &str| query(text).words.join("|");
        assert_eq!(words("订单\u{3000}Trade  TRADE\tｔrade"), "订单|trade");
        assert_eq!(words("  "), "");
        assert_eq!(Query::new(&["a b".to_owned(), "c".to_owned()]), query("a b c"));
    }

    #[test]
    fn files_that_cannot_match_need_not_be_parsed() {
        for (words, file, expected) in [
            ("crate 仓库", "api: acme.Crate\ntitle: 仓库", true),
            ("crate 仓库", "api: acme.crate", false),
            // YAML may write each of these texts in this way.
            ("it's", "title: 'it''s'", true),
            ("a/b\"c", "title: \"a\\/b\\\"c\"", true),
            ("仓库", "title: \"\\u4ed3\\u5e93\"", true),
            ("crate", "title: \"cr\\\n  ate\"", true),
        ] {
            assert_eq!(query(words).may_match(&[file]), expected, "{words}: {file}");
        }
        assert!(query("crate send").may_match(&["api: a.crate", "now: send"]), "a fix is part of the API");
    }
}
