//! The text of the page that a fix is derived from. A fix whose quote has changed does not apply.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::source::{Place, Segment, SpecPath};
use crate::spec::{EndpointSpec, FixSpec};

use super::Fixer;
use super::slot::find;

/// Texts that only the API has.
const OF_API: &[&str] = &["title", "category"];

/// Maximum length of a text that is shown whole, in characters. Of a longer one, the sentence closest to the quote is shown.
const SHOWN: usize = 60;

/// Returns the path of the text that a fix quotes: a single key is a text of the same field, row or API; a longer path
/// starts at the root of the transcript.
fn text_path(at: &SpecPath, from: &SpecPath) -> SpecPath {
    let root = SpecPath::root();
    match from.segments().as_slice() {
        [Segment::Key(key)] if !OF_API.contains(&key.as_str()) => {
            let has_texts = matches!(at.segments().as_slice(), [Segment::Key(group), _, ..] if is_group(group));
            let owner = at.parent().filter(|_| has_texts).unwrap_or(&root);
            owner.key(key.as_str())
        }
        _ => from.clone(),
    }
}

fn is_group(key: &str) -> bool {
    matches!(key, "request" | "response" | "errors")
}

/// Whether a text contains a quote. A number or Latin word at an end of the quote must not continue in the text: `最多5` is
/// not part of `最多50个`.
fn contains(text: &str, quote: &str) -> bool {
    let continues = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(|c| c.is_ascii_alphanumeric()) && outer.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    text.match_indices(quote).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + quote.len()..).and_then(|text| text.chars().next());
        !continues(quote.chars().next(), before) && !continues(quote.chars().next_back(), after)
    })
}

/// Maximum length of the part of a text that is searched for the closest sentence, in characters.
const SEARCHED: usize = 4_000;

/// Returns the sentence of a text that shares the most pairs of characters with the quote, or a short text itself.
fn closest<'t>(text: &'t str, quote: &str) -> &'t str {
    if text.chars().count() <= SHOWN {
        return text;
    }
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).take(SHOWN * 4).collect() };
    let wanted = pairs(quote);
    let shared = |sentence: &str| pairs(sentence).iter().filter(|pair| wanted.contains(pair)).count();
    let end = text.char_indices().nth(SEARCHED).map_or(text.len(), |(end, _)| end);
    let sentences = text.get(..end).unwrap_or_default().split(['。', '；', ';', '，', ',', '\n']).map(str::trim);
    // The first of several that are equally close.
    sentences.rev().max_by_key(|sentence| shared(sentence)).unwrap_or(text)
}

impl Fixer<'_> {
    /// Whether the transcript contains what a fix quotes. Reports why not.
    pub(super) fn has_evidence(&mut self, index: usize, fix: &FixSpec, spec: &mut EndpointSpec) -> bool {
        let (from, quote) = match (&fix.from, &fix.quote) {
            (None, None) => return true,
            (Some(from), Some(quote)) => (from, quote),
            (Some(_), None) => return self.incomplete(index, "from", "quote"),
            (None, Some(_)) => return self.incomplete(index, "quote", "from"),
        };
        if quote.trim().is_empty() {
            let message = "the quote is empty";
            let empty = Diagnostic::new(Code::WrongValue, self.place(index, "quote"), message);
            self.diagnostics.push(empty.help("copy the part of the page's text that states the fact"));
            return false;
        }
        let path = text_path(&fix.at, from);
        match find(spec, &path) {
            Ok(slot) => {
                let text = slot.get();
                let found = text.as_deref().is_some_and(|text| contains(text, quote));
                if !found {
                    self.changed(index, &path, quote, text.as_deref());
                }
                found
            }
            Err(unknown) => {
                self.unknown(index, "from", &path, &unknown);
                false
            }
        }
    }

    fn incomplete(&mut self, index: usize, key: &str, missing: &str) -> bool {
        let message = format!("`{missing}` is missing: a fix that is derived from prose has `from` and `quote`");
        let diagnostic = Diagnostic::new(Code::MissingKey, self.place(index, key), message);
        let help = "`from` names the text, for example `description`, and `quote` is the part that states the fact";
        self.diagnostics.push(diagnostic.help(help));
        false
    }

    /// Reports a quote that is not in the transcript.
    fn changed(&mut self, index: usize, path: &SpecPath, quote: &str, text: Option<&str>) {
        let shown = quoted(&path.to_string());
        let (message, label) = match text {
            Some(text) => {
                let (text, quote) = (quoted(closest(text, quote)), quoted(quote));
                (format!("{shown} does not contain the quote {quote}; it contains {text}"), "text in the transcript")
            }
            None => {
                let message = format!("{shown} is not in the transcript, but the fix quotes {} from it", quoted(quote));
                (message, "the transcript has no such text here")
            }
        };
        let diagnostic = Diagnostic::new(Code::QuoteDiffers, self.place(index, "quote"), message)
            .label(Place::value(self.transcript, path.clone()), label)
            .help("compare the fix with the page, then correct its value and quote, or remove the fix");
        self.diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_end_where_numbers_and_words_end() {
        assert!(contains("最多50个", "最多50") && contains("最多50个", "50个"));
        assert!(!contains("最多50个", "最多5") && !contains("最多150个", "50个"));
        assert!(contains("50 or 50", "50") && contains("maximum 5, max 50", "max"));
        assert!(!contains("maximum 5", "max"));
    }

    #[test]
    fn of_a_long_text_the_closest_sentence_is_shown() {
        let text = format!("{}。每次最多20个，逗号分隔。{}", "商品".repeat(40), "说明".repeat(40));
        assert_eq!(closest(&text, "最多50个"), "每次最多20个");
        assert_eq!(closest("a,b", "b"), "a,b");
    }
}
