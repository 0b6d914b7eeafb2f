//! Facts about a type that is used in several places.
//!
//! Marks and limits are not part of a type's identity, because vendors move them often. Where two uses differ, the weaker
//! mark holds: a check that is too strict would refuse what the vendor accepts, and a value is shown in logs only if it may be
//! shown everywhere.

use super::{Field, Limits};

impl Field {
    /// Joins what another use of the same field states.
    pub(crate) fn join(&mut self, other: &Self) {
        self.required &= other.required;
        self.limits = self.limits.weaker(&other.limits);
        self.log_shown &= other.log_shown;
        if self.description.is_empty() {
            self.description.clone_from(&other.description);
        }
        if self.example.is_none() {
            self.example.clone_from(&other.example);
        }
        if self.renamed_from.is_none() {
            self.renamed_from.clone_from(&other.renamed_from);
        }
        if self.default != other.default {
            self.default = None;
        }
        if other.deprecated.is_none() {
            self.deprecated = None;
        }
    }
}

impl Limits {
    /// The limits that hold wherever either of the two does.
    fn weaker(&self, other: &Self) -> Self {
        let larger = |one: Option<u64>, other: Option<u64>| Some(one?.max(other?));
        let same = |one: &Option<String>, other: &Option<String>| one.clone().filter(|_| one == other);
        Self {
            max_length: larger(self.max_length, other.max_length),
            max_items: larger(self.max_items, other.max_items),
            min: same(&self.min, &other.min),
            max: same(&self.max, &other.max),
        }
    }
}
