//! Searches the names, titles and descriptions of APIs.

use serde::Serialize;

use super::fold::fold;
use super::query::Query;
use crate::spec::{EndpointSpec, Entries, FieldSpec, Specs};

/// An API that contains all words of a query.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Hit {
    /// Name of its platform.
    pub platform: String,
    /// The vendor's name of the API.
    pub api: String,
    /// Title of its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where each word occurs, in the order of the query.
    pub occurrences: Vec<Occurrence>,
    #[serde(skip)]
    rank: usize,
}

/// The best place at which a word occurs in an API.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Occurrence {
    /// The word, folded.
    pub word: String,
    /// What the word occurs in.
    #[serde(rename = "in")]
    pub kind: Kind,
    /// Names of the fields from `request` or `response` on; empty for texts of the API itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub field: Vec<String>,
    /// The text that contains the word.
    pub text: String,
    #[serde(skip)]
    is_whole: bool,
}

/// The kinds of text that are searched, the best first.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The API's name.
    Api,
    /// Its title.
    Title,
    /// Name of a field.
    FieldName,
    /// Its description.
    Description,
    /// Description of a field.
    FieldDescription,
}

/// Returns the APIs that contain all words, the best first: names before titles, titles before names of fields, and whole
/// words before parts of words.
#[must_use]
pub fn search(specs: &Specs, query: &Query) -> Vec<Hit> {
    let all = specs.platforms.iter().flat_map(|platform| platform.endpoints.iter().map(move |api| (platform, api)));
    let hits = all.filter_map(|(platform, api)| {
        let occurrences = Finder::new(query).find(&api.spec)?;
        let rank = occurrences.iter().map(Occurrence::rank).sum();
        let EndpointSpec { api, title, .. } = &api.spec;
        Some(Hit { platform: platform.name.clone(), api: api.clone(), title: title.clone(), occurrences, rank })
    });
    let mut hits: Vec<Hit> = hits.collect();
    hits.sort_by(|one, other| (one.rank, &one.api, &one.platform).cmp(&(other.rank, &other.api, &other.platform)));
    hits
}

impl Occurrence {
    /// The smaller, the better.
    fn rank(&self) -> usize {
        self.kind as usize * 2 + usize::from(!self.is_whole)
    }
}

/// Finds the best occurrence of each word in one API.
struct Finder<'q> {
    words: Vec<(&'q str, Option<Occurrence>)>,
}

impl<'q> Finder<'q> {
    fn new(query: &'q Query) -> Self {
        Self { words: query.words().map(|word| (word, None)).collect() }
    }

    fn find(mut self, spec: &EndpointSpec) -> Option<Vec<Occurrence>> {
        let sides = [("request", &spec.request), ("response", &spec.response)];
        self.text(Kind::Api, &[], &spec.api);
        spec.title.iter().for_each(|title| self.text(Kind::Title, &[], title));
        for (side, fields) in sides {
            self.fields(Kind::FieldName, fields, &mut vec![side]);
        }
        spec.description.iter().for_each(|text| self.text(Kind::Description, &[], text));
        for (side, fields) in sides {
            self.fields(Kind::FieldDescription, fields, &mut vec![side]);
        }
        self.words.into_iter().map(|(_, occurrence)| occurrence).collect()
    }

    /// Searches the names or descriptions of fields. Loading has limited how deep fields are nested.
    fn fields<'a>(&mut self, kind: Kind, fields: &'a Entries<FieldSpec>, above: &mut Vec<&'a str>) {
        if self.is_done(kind) {
            return;
        }
        for (name, field) in fields {
            above.push(name);
            match kind {
                Kind::FieldName => self.text(kind, above, name),
                _ => field.description.iter().for_each(|text| self.text(kind, above, text)),
            }
            self.fields(kind, &field.fields, above);
            above.pop();
        }
    }

    /// Whether no text of this kind can be a better place of any word.
    fn is_done(&self, kind: Kind) -> bool {
        let is_best = |found: &Occurrence| found.kind < kind || (found.kind == kind && found.is_whole);
        self.words.iter().all(|(_, found)| found.as_ref().is_some_and(is_best))
    }

    fn text(&mut self, kind: Kind, field: &[&str], text: &str) {
        if self.is_done(kind) {
            return;
        }
        let folded = fold(text);
        for (word, found) in &mut self.words {
            let Some(is_whole) = occurs(&folded, word) else { continue };
            let is_better = found.as_ref().is_none_or(|found| found.kind == kind && is_whole && !found.is_whole);
            if is_better {
                let field = field.iter().map(|name| (*name).to_owned()).collect();
                *found = Some(Occurrence { word: (*word).to_owned(), kind, field, text: text.to_owned(), is_whole });
            }
        }
    }
}

/// Whether a word occurs in a folded text, and if so, whether it is a whole word there.
fn occurs(text: &str, word: &str) -> Option<bool> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut all = text.match_indices(word).map(|(at, _)| {
        let (before, after) = (text.get(..at), text.get(at + word.len()..));
        let before = before.and_then(|text| text.chars().next_back());
        !is_letter(before) && !is_letter(after.and_then(|text| text.chars().next()))
    });
    let first = all.next()?;
    Some(first || all.any(|is_whole| is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_told_from_parts() {
        for (text, word, expected) in [
            ("taobao.trade.get", "trade", Some(true)),
            ("taobao.trades.trade", "trade", Some(true)),
            ("subtrade_id", "trade", Some(false)),
            ("trade_id", "trade", Some(true)),
            ("taobao.trade.get", "order", None),
            ("订单编号", "订单", Some(false)),
            ("编号:订单", "订单", Some(true)),
        ] {
            assert_eq!(occurs(text, word), expected, "{word} in {text}");
        }
    }
}
