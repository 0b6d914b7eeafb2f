//! What decoding had to bend, counted.

use core::fmt;
use std::collections::BTreeMap;

/// The most distinct places that one answer records.
const MOST: usize = 256;

/// How a value was bent, or what was left out.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CoercionKind {
    /// A number or truth value where text is documented; its JSON text was taken.
    ScalarAsText,
    /// An array or object where text is documented; its JSON text was taken.
    JsonAsText,
    /// Text where a number is documented; it was parsed.
    TextAsNumber,
    /// A number with a fraction or exponent that stands for an integer exactly.
    DecimalAsInteger,
    /// Text where a truth value is documented; `true` or `false` in any case.
    TextAsBoolean,
    /// `0` or `1` where a truth value is documented.
    NumberAsBoolean,
    /// A number where a date is documented; its text was kept.
    NumberAsDate,
    /// Text that holds JSON where an object, map or list is documented; it was parsed.
    TextAsJson,
    /// A list where one object is documented; its only item was taken.
    ListAsObject,
    /// An empty list where an object or map is documented.
    EmptyListAsObject,
    /// One value where a list is documented; it became the only item.
    SingleAsList,
    /// A list under another key than the documented one.
    ListKey,
    /// Empty text where something other than text is documented; a list is empty then, anything else absent.
    EmptyText,
    /// A value of an open enum that the spec does not list; it was kept.
    UnlistedValue,
    /// A value that does not fit its field: the field is absent, or the list shorter; the raw body has the value.
    Misfit,
    /// A list's item that is `null`; the list is shorter than the server's.
    DroppedItem,
    /// A member that the spec does not know; the raw body has it.
    UnknownField,
    /// A member that occurs twice in one object; the last counts.
    Duplicate,
    /// Objects in objects beyond the depth that is decoded; the raw body has them.
    TooDeep,
    /// Control characters inside strings, which JSON forbids; they were escaped and the text parsed again.
    ControlCharacter,
    /// The answer is XML; it was read like the JSON that it stands for.
    Markup,
    /// Bytes that are not UTF-8, or escapes that are no character; U+FFFD stands for each.
    InvalidText,
}

/// One way in which an answer differs from its spec, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coercion {
    path: String,
    kind: CoercionKind,
    count: usize,
}

impl Coercion {
    /// The wire path of the value below the answer's root; `[]` stands for any item of a list.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What happened.
    pub fn kind(&self) -> CoercionKind {
        self.kind
    }

    /// How often it happened there.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Display for Coercion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.path, self.kind)?;
        if self.count > 1 { write!(f, " ({} times)", self.count) } else { Ok(()) }
    }
}

/// Everything in which an answer differs from its spec, by path. Holds no values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coercions {
    list: Vec<Coercion>,
    dropped: usize,
}

impl Coercions {
    /// The differences, ordered by path; at most 256 of them.
    pub fn iter(&self) -> core::slice::Iter<'_, Coercion> {
        self.list.iter()
    }

    /// Whether the answer is exactly as documented.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.dropped == 0
    }

    /// The number of recorded differences.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// How many more differences there were than are recorded.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// How often a difference of this kind occurred, at all recorded places together.
    pub fn count_of(&self, kind: CoercionKind) -> usize {
        self.iter().filter(|coercion| coercion.kind == kind).map(|coercion| coercion.count).sum()
    }
}

impl<'a> IntoIterator for &'a Coercions {
    type Item = &'a Coercion;
    type IntoIter = core::slice::Iter<'a, Coercion>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Counts differences while an answer is decoded.
#[derive(Default)]
pub(crate) struct Ledger {
    seen: BTreeMap<String, Vec<(CoercionKind, usize)>>,
    distinct: usize,
    dropped: usize,
}

impl Ledger {
    /// Counts `times` differences of `kind` at `path`.
    pub(crate) fn note(&mut self, path: &str, kind: CoercionKind, times: usize) {
        if let Some((_, count)) =
            self.seen.get_mut(path).and_then(|kinds| kinds.iter_mut().find(|(old, _)| *old == kind))
        {
            *count = count.saturating_add(times);
        } else if self.distinct < MOST {
            self.distinct += 1;
            self.seen.entry(path.to_owned()).or_default().push((kind, times));
        } else {
            self.dropped = self.dropped.saturating_add(times);
        }
    }

    /// What was counted.
    pub(crate) fn finish(self) -> Coercions {
        let mut list = Vec::with_capacity(self.distinct);
        for (path, mut kinds) in self.seen {
            kinds.sort_unstable();
            list.extend(kinds.into_iter().map(|(kind, count)| Coercion { path: path.clone(), kind, count }));
        }
        Coercions { list, dropped: self.dropped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_path_and_kind() {
        let mut ledger = Ledger::default();
        ledger.note("b[].x", CoercionKind::Misfit, 1);
        ledger.note("a", CoercionKind::UnknownField, 1);
        ledger.note("b[].x", CoercionKind::Misfit, 2);
        let coercions = ledger.finish();
        let shown: Vec<_> = coercions.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["a: UnknownField", "b[].x: Misfit (3 times)"]);
        assert_eq!(coercions.count_of(CoercionKind::Misfit), 3);
    }

    #[test]
    fn records_only_so_many() {
        let mut ledger = Ledger::default();
        (0..300).for_each(|number| ledger.note(&number.to_string(), CoercionKind::UnknownField, 1));
        ledger.note("7", CoercionKind::UnknownField, 1);
        let coercions = ledger.finish();
        assert_eq!((coercions.len(), coercions.dropped()), (256, 44));
    }
}
