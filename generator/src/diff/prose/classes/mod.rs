//! The classes of facts. Each has a table of words in both languages, and takes the tokens that it has understood.

mod access;
mod comparison;
mod default;
mod formats;
mod identifiers;
mod lists;
mod multiplicity;
mod negation;
mod numbers;
mod numerals;
mod requiredness;
mod retirement;
mod secrecy;
mod units;
mod values;
mod zones;

pub(crate) use comparison::{AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN};
pub(super) use multiplicity::{MULTIPLE, SINGLE};
pub(crate) use requiredness::{OPTIONAL, REQUIRED};
pub(super) use retirement::RETIRED;

use super::fact::{Class, Fact};
use super::reading::{Cleaned, Reading};
use super::words::Words;

/// A class: takes tokens from a text and returns the facts in them.
type Reader = fn(&mut Reading<'_>) -> Vec<Fact>;

/// The classes, in the order in which they read. A class precedes those whose words its own phrases contain:
/// `不再支持` is retirement, not negation, and a number in a documented value is not a limit.
const READERS: &[Reader] = &[
    values::read,
    default::read,
    retirement::read,
    requiredness::read,
    zones::read,
    formats::read,
    units::read,
    comparison::read,
    multiplicity::read,
    access::read,
    secrecy::read,
    lists::read,
    negation::read,
    identifiers::read,
    numbers::read,
];

/// Returns the facts of a text.
pub(crate) fn facts(text: &str) -> Vec<Fact> {
    let cleaned = Cleaned::new(text);
    let mut reading = Reading::new(&cleaned);
    READERS.iter().flat_map(|read| read(&mut reading)).collect()
}

/// Makes a fact of each word that a text contains. A word without a meaning is taken, but does not become a fact.
fn by_words(words: &Words, class: Class, reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in words.all(reading) {
        reading.take(found.range.clone());
        if !found.meaning.is_empty() {
            facts.push(Fact::new(class, found.meaning, reading.shown(found.range)));
        }
    }
    facts
}
