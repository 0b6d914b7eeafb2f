//! Deviations from the documentation that decoding accepted, counted.

use core::fmt;
use std::collections::BTreeMap;

use crate::show::Cut;

/// Maximum number of coercions that one answer records, so that a broken answer cannot fill the memory.
const MAX_RECORDED: usize = 256;

/// How a value deviates from the documentation, and what decoding made of it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CoercionKind {
    /// A number or boolean where text is documented; its JSON text was used.
    ScalarAsText,
    /// An array or object where text is documented; its JSON text was used.
    JsonAsText,
    /// Text where a number is documented; it was parsed.
    TextAsNumber,
    /// A number with a fraction or exponent where an integer is documented; it equals an integer exactly.
    DecimalAsInteger,
    /// Text where a boolean is documented: `true` or `false` in any case.
    TextAsBoolean,
    /// `0` or `1` where a boolean is documented.
    NumberAsBoolean,
    /// A number where a date is documented; its text was kept.
    NumberAsDate,
    /// Text that contains JSON where an object, map or list is documented; it was parsed.
    TextAsJson,
    /// A list where a single object is documented; its only item was used.
    ListAsObject,
    /// An empty list where an object or map is documented.
    EmptyListAsObject,
    /// One value where a list is documented; it became the only item.
    SingleAsList,
    /// A list under a key other than the documented one.
    ListKey,
    /// Empty text where something other than text is documented: a list is empty, anything else is absent.
    EmptyText,
    /// A value that an open enum does not list; it was kept.
    UnlistedValue,
    /// A value that does not fit its field. The field is absent or the list is shorter; the raw body contains the
    /// value.
    Misfit,
    /// An item of a list that is `null`; it was left out.
    DroppedItem,
    /// A member that the spec does not have; the raw body contains it. In an answer in XML also an attribute (`@name`)
    /// and text beside elements (`#text`).
    UnknownField,
    /// A member that occurs twice in one object, of which the last one was used; or a second status, message or request
    /// id, which was not used. The raw body contains it.
    Duplicate,
    /// Objects or elements nested deeper than decoding goes, or a [`Json`](crate::Json) value that nests more than 127 levels
    /// deep, counted from the decoded object; they were left out. The raw body contains them.
    TooDeep,
    /// Control characters inside strings, which JSON forbids; they were escaped before parsing.
    ControlCharacter,
    /// The answer is XML; it was decoded like the equivalent JSON.
    Markup,
    /// Bytes that are not UTF-8, or escapes that are not a character; each was replaced with U+FFFD.
    InvalidText,
}

/// One kind of deviation at one place of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coercion {
    path: String,
    kind: CoercionKind,
    count: usize,
}

impl Coercion {
    /// Returns the wire path of the value below the answer's root; `[]` represents any item of a list. `Display` cuts it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the kind of deviation.
    pub fn kind(&self) -> CoercionKind {
        self.kind
    }

    /// Returns how often it occurred at this path.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Display for Coercion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", Cut::path(&self.path), self.kind)?;
        if self.count > 1 { write!(f, " ({} times)", self.count) } else { Ok(()) }
    }
}

/// The deviations of an answer from its documentation, by path. Contains no values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coercions {
    list: Vec<Coercion>,
    dropped: usize,
}

impl Coercions {
    /// Iterates over the recorded coercions in the order of their paths; there are at most 256.
    pub fn iter(&self) -> core::slice::Iter<'_, Coercion> {
        self.list.iter()
    }

    /// Whether the answer is exactly as documented.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.dropped == 0
    }

    /// Returns the number of recorded coercions.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns how many further coercions there were that are not recorded.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// Returns how often this kind occurred at all recorded paths together.
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

/// Counts coercions while an answer is decoded.
#[derive(Default)]
pub(crate) struct Ledger {
    seen: BTreeMap<String, Vec<(CoercionKind, usize)>>,
    distinct: usize,
    dropped: usize,
}

impl Ledger {
    /// Counts `times` coercions of `kind` at `path`.
    pub(crate) fn note(&mut self, path: &str, kind: CoercionKind, times: usize) {
        if let Some((_, count)) =
            self.seen.get_mut(path).and_then(|kinds| kinds.iter_mut().find(|(old, _)| *old == kind))
        {
            *count = count.saturating_add(times);
        } else if self.distinct < MAX_RECORDED {
            self.distinct += 1;
            self.seen.entry(path.to_owned()).or_default().push((kind, times));
        } else {
            self.dropped = self.dropped.saturating_add(times);
        }
    }

    /// Returns the counted coercions.
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
    fn a_path_is_cut_when_it_is_shown() {
        let mut ledger = Ledger::default();
        let path = "member.".repeat(10_000);
        ledger.note(&path, CoercionKind::Misfit, 2);
        let coercions = ledger.finish();
        let shown: Vec<_> = coercions.iter().map(ToString::to_string).collect();
        assert_eq!(coercions.iter().map(Coercion::path).collect::<Vec<_>>(), [path]);
        assert!(matches!(shown.as_slice(), [text] if text.len() < 300 && text.ends_with("member.: Misfit (2 times)")));
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
