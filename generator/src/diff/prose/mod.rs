//! Finds facts in the vendor's prose that no structured key records: numbers, units, conditions, value lists.
//!
//! A page that turns "at most 100" into "at most 50" changes its API, and only the prose shows it. A change of text that
//! changes no fact is wording; one that changes a fact is suspect, unless the structured keys of the same field state
//! the fact as well: what a text gains is silent if the new keys state it, and what it loses is silent if the old keys
//! stated it.
//!
//! `classes` is the table of what counts as a fact. Each class turns the tokens of a text into facts without their
//! spelling; the change is the difference of both sets. What only looks like a fact (addresses, examples,
//! samples) is removed before.

mod classes;
mod fact;
mod marked;
mod marks;
#[cfg(test)]
mod measure;
mod noise;
mod plain;
mod reading;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use fact::{Class, FactChange};
pub use marked::{Marked, Piece, marked};
pub(super) use marks::Marks;

use classes::RETIRED;
pub(crate) use classes::{AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN, OPTIONAL, REQUIRED, facts};
pub(crate) use fact::Fact;

/// The classification of a changed text.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Finding {
    /// Wording.
    Words,
    /// A fact changed that no structured key records.
    Suspect,
    /// The new text mentions a deprecation.
    Deprecated,
    /// The new text no longer mentions a deprecation.
    Undeprecated,
}

/// What a changed text means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Judgement {
    pub(super) finding: Finding,
    /// The facts that changed and that no structured key records.
    pub(super) facts: Vec<FactChange>,
}

/// Judges a change of text. `marks` contains what the structured keys of both revisions state.
pub(super) fn judge(old: Option<&str>, new: Option<&str>, marks: &[Marks; 2]) -> Judgement {
    let [before, after] = marks;
    let (old, new) = (facts(old.unwrap_or_default()), facts(new.unwrap_or_default()));
    let gone: Vec<&Fact> = without(&old, &new).into_iter().filter(|fact| !before.state(fact, after)).collect();
    let fresh: Vec<&Fact> = without(&new, &old).into_iter().filter(|fact| !after.state(fact, before)).collect();
    let retires = |facts: &[&Fact]| facts.iter().any(|fact| fact.class == Class::Retirement && fact.key == RETIRED);
    let finding = match (retires(&gone), retires(&fresh)) {
        (false, true) => Finding::Deprecated,
        (true, false) => Finding::Undeprecated,
        _ if gone.is_empty() && fresh.is_empty() => Finding::Words,
        _ => Finding::Suspect,
    };
    Judgement { finding, facts: changes(&gone, &fresh) }
}

/// Returns the facts of one text that the other lacks. A number counts as often as it is repeated.
fn without<'f>(facts: &'f [Fact], others: &[Fact]) -> Vec<&'f Fact> {
    let mut counts: BTreeMap<(Class, &str), usize> = BTreeMap::new();
    for other in others {
        *counts.entry((other.class, &other.key)).or_default() += 1;
    }
    let mut seen: BTreeSet<(Class, &str)> = BTreeSet::new();
    let mut left = Vec::new();
    for fact in facts.iter().filter(|fact| !fact.shown.is_empty()) {
        let id = (fact.class, fact.key.as_str());
        let is_new = seen.insert(id);
        match counts.get_mut(&id) {
            // The count of a word does not matter; a repeated number may be another limit.
            Some(count) if fact.class == Class::Number && *count > 0 => *count -= 1,
            Some(_) if fact.class != Class::Number => {}
            _ if fact.class == Class::Number || is_new => left.push(fact),
            _ => {}
        }
    }
    left
}

/// Groups facts by class.
fn changes(gone: &[&Fact], fresh: &[&Fact]) -> Vec<FactChange> {
    let classes: BTreeSet<Class> = gone.iter().chain(fresh).map(|fact| fact.class).collect();
    let of = |facts: &[&Fact], class: Class| -> Vec<String> {
        facts.iter().filter(|fact| fact.class == class).map(|fact| fact.shown.clone()).collect()
    };
    classes.into_iter().map(|class| FactChange { class, old: of(gone, class), new: of(fresh, class) }).collect()
}
