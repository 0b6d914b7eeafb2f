//! Maps from text to JSON values.

use core::fmt;
use std::collections::BTreeMap;

use super::{Decimal, Json};

/// An ordered map from text to JSON values, each key at most once.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use apograph_runtime::Map;
///
/// let map = Map::from([("income", 3000.into()), ("city", "杭州".into())]);
/// assert_eq!(map.get("income"), Some(&3000.into()));
/// let keys: Vec<&str> = (&map).into_iter().map(|(key, _)| key).collect();
/// assert_eq!(keys, ["income", "city"]);
///
/// let map = Map::from(BTreeMap::from([("b", 1.5), ("a", 2.0)]));
/// assert_eq!(map.iter().next(), Some(("a", &2.0.into())));
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Map {
    entries: Vec<(String, MapValue)>,
}

/// A value in a [`Map`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MapValue {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as its text.
    Number(Decimal),
    /// Text.
    Text(String),
    /// An array or object, as its JSON text.
    Json(Json),
}

impl Map {
    /// Creates an empty map.
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the map is empty.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the value of `key`.
    pub fn get(&self, key: &str) -> Option<&MapValue> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Sets `key` to `value`, at its present position or at the end.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<MapValue>) {
        let (key, value) = (key.into(), value.into());
        match self.entries.iter_mut().find(|(name, _)| *name == key) {
            Some((_, old)) => *old = value,
            None => self.entries.push((key, value)),
        }
    }

    /// Iterates over the entries in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &MapValue)> {
        self.into_iter()
    }

    /// Returns the map of `entries`. A repeated key keeps its first position and gets its last value. Also returns the
    /// number of repetitions.
    pub(crate) fn collect(mut entries: Vec<(String, MapValue)>) -> (Self, usize) {
        // Sorting positions takes a fraction of the memory that an index of the keys would.
        let key_at = |position: &usize| entries.get(*position).map(|(key, _)| key.as_str());
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_unstable_by(|one, other| key_at(one).cmp(&key_at(other)).then(one.cmp(other)));
        let runs = order.chunk_by(|one, other| key_at(one) == key_at(other));
        let repeated: Vec<&[usize]> = runs.filter(|run| run.len() > 1).collect();
        let mut is_repetition = vec![false; if repeated.is_empty() { 0 } else { entries.len() }];
        for run in repeated {
            let [first, others @ .., last] = run else { continue };
            for other in others.iter().chain([last]) {
                is_repetition.get_mut(*other).into_iter().for_each(|flag| *flag = true);
            }
            let value = entries.get_mut(*last).map(|(_, value)| core::mem::replace(value, MapValue::Null));
            entries.get_mut(*first).zip(value).into_iter().for_each(|((_, old), value)| *old = value);
        }
        let before = entries.len();
        let mut flags = is_repetition.into_iter();
        entries.retain(|_| !flags.next().unwrap_or(false));
        let repeated = before - entries.len();
        (Self { entries }, repeated)
    }
}

/// Borrowed entries of a [`Map`] in order.
type Entries<'a> = core::iter::Map<core::slice::Iter<'a, (String, MapValue)>, Lend<'a>>;

type Lend<'a> = fn(&'a (String, MapValue)) -> (&'a str, &'a MapValue);

impl<'a> IntoIterator for &'a Map {
    type Item = (&'a str, &'a MapValue);
    type IntoIter = Entries<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl<K: Into<String>, V: Into<MapValue>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::collect(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()).0
    }
}

// Not generic over the value, because `[("income", 3000.into())]` must have a known target type.
impl<K: Into<String>, const N: usize> From<[(K, MapValue); N]> for Map {
    fn from(entries: [(K, MapValue); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>> From<Vec<(K, MapValue)>> for Map {
    fn from(entries: Vec<(K, MapValue)>) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<MapValue>> From<BTreeMap<K, V>> for Map {
    fn from(entries: BTreeMap<K, V>) -> Self {
        entries.into_iter().collect()
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if cfg!(feature = "debug-values") {
            return f.debug_map().entries(self.iter()).finish();
        }
        crate::show::count(f, "Map", self.len(), "entries")
    }
}

impl fmt::Debug for MapValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => crate::show::text(f, "String", text),
            Self::Json(json) => json.fmt(f),
        }
    }
}

impl From<&str> for MapValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for MapValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for MapValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for MapValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for MapValue {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

/// Infinity and NaN stay numbers, which no request may contain ([`Rule::InvalidNumber`](crate::Rule::InvalidNumber)).
impl From<f64> for MapValue {
    fn from(number: f64) -> Self {
        Self::Number(number.into())
    }
}

impl From<Decimal> for MapValue {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<Json> for MapValue {
    fn from(json: Json) -> Self {
        Self::Json(json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_key_keeps_its_place_and_takes_the_last_value() {
        let map: Map = [("a", "1"), ("b", "2"), ("a", "3")].into_iter().collect();
        let entries: Vec<_> = map.iter().collect();
        assert!(entries == [("a", &MapValue::from("3")), ("b", &MapValue::from("2"))]);
    }

    #[test]
    fn insert_replaces() {
        let mut map = Map::new();
        map.insert("a", 1);
        map.insert("a", true);
        assert_eq!((map.len(), map.get("a")), (1, Some(&MapValue::Bool(true))));
    }

    #[test]
    fn numbers_that_json_cannot_write_do_not_become_null() {
        assert!(MapValue::from(f64::NAN) == MapValue::Number("NaN".into()));
        assert!(MapValue::from(1.5) == MapValue::Number("1.5".into()));
    }

    #[test]
    fn made_of_a_sorted_map_and_walked_by_reference() {
        let map = Map::from(BTreeMap::from([("b", "1"), ("a", "2")]));
        let mut seen = Vec::new();
        for (key, value) in &map {
            seen.push((key, value));
        }
        assert!(seen == [("a", &MapValue::from("2")), ("b", &MapValue::from("1"))]);
        let mixed: BTreeMap<String, MapValue> = [("n".to_owned(), 1.into()), ("t".to_owned(), "x".into())].into();
        assert_eq!(Map::from(mixed), Map::from([("n", 1.into()), ("t", "x".into())]));
        assert_eq!((&map).into_iter().len(), 2);
    }
}
