//! Finds the parameter at the first difference of two texts, and what happened to it.

use core::ops::Range;

use super::value::{self, without_space};
use super::{Comparison, Excerpt};
use crate::explain::mask::mask;
use crate::explain::{Item, SentParameter, SigningReport};

/// Two texts with masks, and where they begin to differ.
pub(super) struct Search<'a> {
    report: &'a SigningReport,
    expected: &'a str,
    found: &'a str,
    /// Length of what the texts have in common at the start, in bytes. Not within a mask.
    at: usize,
    /// The items with their places in the expected text.
    items: Vec<(&'a Item, Range<usize>)>,
}

/// Minimum number of characters by which the end of a mask, or a part of the request, is recognised in the other text.
const PROBE: usize = 4;

impl<'a> Search<'a> {
    pub(super) fn new(report: &'a SigningReport, expected: &'a str, found: &'a str) -> Self {
        let at = outside_masks(report, expected, common(expected, found));
        Self { report, expected, found, at, items: placed(report, expected) }
    }

    pub(super) fn difference(&self) -> Comparison {
        if without_space(self.expected) == without_space(self.found) {
            // The other text contains nothing else.
            return Comparison::WhiteSpace(self.excerpt_with(self.at, self.found.get(self.at..).unwrap_or_default()));
        }
        if let Some(found) = self.mask_expected().or_else(|| self.mask_found()) {
            return found;
        }
        if let Some((item, _)) = self.item().filter(|_| self.is_reordered()) {
            return Comparison::Order(item.name.clone(), self.excerpt(self.at));
        }
        self.parameter().unwrap_or_else(|| self.rest())
    }

    /// Returns the place of a difference. The other text is shown as far as it consists of what the request contains: it may
    /// contain a secret or token of another app anywhere.
    fn excerpt(&self, at: usize) -> Excerpt {
        let found = self.found.get(at..).unwrap_or_default();
        let known = found.get(..self.known(found)).unwrap_or_default();
        self.excerpt_with(at, known)
    }

    fn excerpt_with(&self, at: usize, found: &str) -> Excerpt {
        let expected = self.expected.get(at..).unwrap_or_default();
        Excerpt::new(self.expected.get(..at).unwrap_or_default(), expected, found)
    }

    /// Returns the length of the longest start of a text that consists of items and masks of this report.
    fn known(&self, text: &str) -> usize {
        let mut end = 0;
        while let Some(length) = text.get(end..).and_then(|rest| self.known_piece(rest)) {
            end += length;
        }
        end
    }

    fn known_piece(&self, text: &str) -> Option<usize> {
        let items = self.report.items.iter().map(|item| item.text.as_str());
        let pieces = items.filter(|item| item.len() >= PROBE && text.starts_with(item)).map(str::len);
        let masks = self.report.masks.names().map(mask).filter(|mask| text.starts_with(mask)).map(|mask| mask.len());
        let sent = self.report.parameters.iter().filter_map(|parameter| sent_length(parameter, text));
        pieces.chain(masks).chain(sent.filter(|length| *length >= PROBE)).max()
    }

    /// The expected text has a mask at the difference. What the other text has there may be the secret of another app.
    fn mask_expected(&self) -> Option<Comparison> {
        let (name, rest) = self.mask_at(self.expected)?;
        let found = self.found.get(self.at..)?;
        let excerpt = self.excerpt(self.at);
        let is_missing = found.is_empty() || (!rest.is_empty() && found.starts_with(probe(rest)));
        Some(if is_missing {
            Comparison::SecretMissing(name.to_owned(), excerpt)
        } else {
            Comparison::SecretDiffers(name.to_owned(), excerpt.hidden())
        })
    }

    /// The other text has a mask where the expected text goes on behind it.
    fn mask_found(&self) -> Option<Comparison> {
        let (name, rest) = self.mask_at(self.found)?;
        let expected = self.expected.get(self.at..)?;
        let is_added = if expected.is_empty() { rest.is_empty() } else { rest.starts_with(probe(expected)) };
        is_added.then(|| Comparison::SecretAdded(name.to_owned(), self.excerpt(self.at)))
    }

    /// Returns the name of the mask at the difference, and the text behind it.
    fn mask_at<'t>(&self, text: &'t str) -> Option<(&'a str, &'t str)> {
        let text = text.get(self.at..)?;
        self.report.masks.names().find_map(|name| Some((name, text.strip_prefix(&*mask(name))?)))
    }

    /// Returns the item at the difference.
    fn item(&self) -> Option<&(&'a Item, Range<usize>)> {
        self.items.iter().find(|(_, range)| range.contains(&self.at))
    }

    /// Whether the texts contain the same items and nothing else that differs.
    fn is_reordered(&self) -> bool {
        let mut items: Vec<&str> = self.items.iter().map(|(item, _)| item.text.as_str()).collect();
        items.sort_by_key(|item| core::cmp::Reverse(item.len()));
        let (mut expected, mut found) = (self.expected.to_owned(), self.found.to_owned());
        for item in items {
            if !found.contains(item) {
                return false;
            }
            expected = expected.replacen(item, "\0", 1);
            found = found.replacen(item, "\0", 1);
        }
        expected == found
    }

    /// What happened to the item at the difference.
    fn parameter(&self) -> Option<Comparison> {
        let (item, range) = self.item()?;
        let found = self.found.get(range.start..)?;
        let separated = found.strip_prefix(['&', ',', '\n', '|']).filter(|rest| rest.starts_with(&*item.name));
        if self.at == range.start && separated.is_some() && !item.name.is_empty() {
            return Some(Comparison::Separator(found.chars().next()?, self.excerpt(self.at)));
        }
        if self.is_missing(range, found) {
            return Some(Comparison::ParameterMissing(item.name.clone(), self.excerpt(range.start)));
        }
        let lead = item.text.strip_suffix(&*item.value).unwrap_or(&item.text);
        match found.strip_prefix(lead) {
            Some(found) if !lead.is_empty() || self.at > range.start => {
                let end = self.end_of_value(range, found);
                let found = found.get(..end).unwrap_or(found);
                Some(value::difference(&item.name, &item.value, found, self.excerpt(self.at)))
            }
            _ => self.added(item, range, found),
        }
    }

    /// Whether the other text continues with what follows the item.
    fn is_missing(&self, range: &Range<usize>, found: &str) -> bool {
        let mut later = self.items.iter().filter(|(_, later)| later.start >= range.end);
        let rest = self.expected.get(range.end..).unwrap_or_default();
        found == rest || later.any(|(item, _)| !item.text.is_empty() && found.starts_with(&*item.text))
    }

    /// Returns where the value ends in the other text: before the next item that follows, or before what follows the last.
    fn end_of_value(&self, range: &Range<usize>, found: &str) -> usize {
        let later = self.items.iter().filter(|(_, later)| later.start >= range.end);
        let mut ends = later.filter_map(|(item, _)| found.find(&*item.text).filter(|_| !item.text.is_empty()));
        let tail = || {
            let last = self.items.iter().map(|(_, range)| range.end).max().unwrap_or_default();
            let tail = self.expected.get(last..).filter(|tail| !tail.is_empty())?;
            found.rfind(tail)
        };
        ends.next().or_else(tail).unwrap_or(found.len())
    }

    /// The other text contains something in front of the item.
    fn added(&self, item: &Item, range: &Range<usize>, found: &str) -> Option<Comparison> {
        let excerpt = self.excerpt(range.start);
        let Some(length) = found.find(&*item.text).filter(|_| !item.text.is_empty()) else {
            let is_value = item.text == item.value;
            return is_value.then(|| Comparison::Value(item.name.clone(), excerpt));
        };
        Some(self.surplus(found.get(..length)?, excerpt))
    }

    /// Names a text that is too much, if the request has it. Otherwise, it may be the secret of another app.
    fn surplus(&self, added: &str, excerpt: Excerpt) -> Comparison {
        if let Some(name) = self.unsent_token(added) {
            return Comparison::TokenAdded(name.to_owned(), excerpt.hidden());
        }
        let sent = self.report.parameters.iter();
        let known = sent.filter(|parameter| sent_length(parameter, added).is_some_and(|length| length == added.len()));
        match known.max_by_key(|parameter| parameter.name.len()) {
            Some(parameter) => Comparison::ParameterAdded(parameter.name.clone(), excerpt),
            None => Comparison::TextAdded(excerpt.hidden()),
        }
    }

    /// Returns the name of the secret or token with which a text starts, unless the request has a parameter of this name.
    fn unsent_token(&self, added: &str) -> Option<&'a str> {
        let report = self.report;
        let is_sent = |name: &str| report.parameters.iter().any(|parameter| parameter.name == name);
        let names = report.confidential.iter().map(String::as_str);
        names
            .filter(|name| added.len() > name.len() && added.starts_with(name) && !is_sent(name))
            .max_by_key(|name| name.len())
    }

    /// The difference is not at an item.
    fn rest(&self) -> Comparison {
        let excerpt = self.excerpt(self.at);
        let (expected, found) = (self.expected.get(self.at..), self.found.get(self.at..).unwrap_or_default());
        match expected {
            Some(expected) if found.len() > expected.len() && found.ends_with(expected) => self.surplus(found, excerpt),
            _ => Comparison::Other(excerpt),
        }
    }
}

/// Returns the length of the common start in bytes, which is a boundary of characters in both texts.
fn common(expected: &str, found: &str) -> usize {
    let same = expected.chars().zip(found.chars()).take_while(|(expected, found)| expected == found);
    same.map(|(char, _)| char.len_utf8()).sum()
}

/// Moves a place within a mask to the start of the mask.
fn outside_masks(report: &SigningReport, text: &str, at: usize) -> usize {
    let masks = report.masks.names().map(mask);
    let start = |mask: String| {
        let within = |start: &usize| (start + 1..start + mask.len()).contains(&at);
        text.match_indices(&mask).map(|(start, _)| start).find(within)
    };
    masks.filter_map(start).next().unwrap_or(at)
}

/// Returns the items with their places, one after the other.
fn placed<'a>(report: &'a SigningReport, expected: &str) -> Vec<(&'a Item, Range<usize>)> {
    let mut from = 0;
    let mut placed = Vec::new();
    for item in report.items.iter().filter(|item| !item.text.is_empty()) {
        let Some(start) = expected.get(from..).and_then(|rest| rest.find(&*item.text)).map(|start| from + start) else {
            continue;
        };
        from = start + item.text.len();
        placed.push((item, start..from));
    }
    placed
}

/// Returns the length of a parameter at the start of a text, with its value directly behind its name.
fn sent_length(parameter: &SentParameter, text: &str) -> Option<usize> {
    let rest = text.strip_prefix(&*parameter.name).filter(|_| !parameter.name.is_empty())?;
    rest.starts_with(&*parameter.value).then(|| parameter.name.len() + parameter.value.len())
}

fn probe(text: &str) -> &str {
    text.char_indices().nth(PROBE).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
