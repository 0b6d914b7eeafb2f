//! The fixed words of the language that the schema of the file does not list.

use super::check::{CLOCK_FORMATS, CREDENTIAL_KINDS, DROPPED, KEY_ALGORITHMS, NONCE_FORMS, ORDERS};
use super::{Algorithm, Filter, RequestText, fields};

/// Words of one kind.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// What the words are.
    pub kind: &'static str,
    /// The words; `N` is a number.
    pub words: Vec<String>,
}

/// Returns the words of the language by kind.
#[must_use]
pub fn vocabulary() -> Vec<Vocabulary> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let filters = Filter::words().map(|word| word.replace("len:1", "len:N"));
    [
        ("credential", owned(CREDENTIAL_KINDS)),
        ("clock", names(CLOCK_FORMATS)),
        ("nonce", owned(NONCE_FORMS)),
        ("location", fields::words(&["<name>".to_owned()])),
        ("digest", names(Algorithm::ALL)),
        ("key algorithm", names(KEY_ALGORITHMS)),
        ("dropped pairs", owned(DROPPED)),
        ("order", names(ORDERS)),
        ("part of the request", names(RequestText::ALL)),
        ("filter", filters.collect()),
    ]
    .map(|(kind, words)| Vocabulary { kind, words })
    .into()
}

fn names<T>(table: &[(&str, T)]) -> Vec<String> {
    table.iter().map(|(word, _)| (*word).to_owned()).collect()
}
