//! A mapping that keeps the order of its file.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Name → value in the order of the file. Deserializing rejects a repeated name, which a plain map would drop silently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entries<V> {
    list: Vec<(String, V)>,
    /// Positions in `list`, sorted by name: looking up every name of a large file must not take the square of its size.
    by_name: Vec<usize>,
}

impl<V> Entries<V> {
    /// Creates an empty mapping.
    pub const fn new() -> Self {
        Self { list: Vec::new(), by_name: Vec::new() }
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> + ExactSizeIterator {
        self.list.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The names in order.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.list.iter().map(|(name, _)| name.as_str())
    }

    /// The values in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator {
        self.list.iter().map(|(_, value)| value)
    }

    /// Returns the value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        let at = self.position(name)?;
        self.list.get(at).map(|(_, value)| value)
    }

    /// Returns the value of a name for modification.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        let at = self.position(name)?;
        self.list.get_mut(at).map(|(_, value)| value)
    }

    /// Sets the value of a name and returns the old value. A new name is added at the end.
    pub fn insert(&mut self, name: impl Into<String>, value: V) -> Option<V> {
        let name = name.into();
        match self.rank(&name) {
            Ok(_) => self.get_mut(&name).map(|old| std::mem::replace(old, value)),
            Err(rank) => {
                self.by_name.insert(rank, self.list.len());
                self.list.push((name, value));
                None
            }
        }
    }

    /// Removes an entry and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        let rank = self.rank(name).ok()?;
        let index = self.by_name.remove(rank);
        self.by_name.iter_mut().filter(|at| **at > index).for_each(|at| *at -= 1);
        Some(self.list.remove(index).1)
    }

    /// Renames an entry in place. Returns `false` if there is none. The new name must not be in use.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        let Ok(rank) = self.rank(from) else { return false };
        let index = self.by_name.remove(rank);
        if let Some((name, _)) = self.list.get_mut(index) {
            to.clone_into(name);
        }
        let rank = self.rank(to).unwrap_or_else(|rank| rank);
        self.by_name.insert(rank, index);
        true
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.rank(name).ok().and_then(|rank| self.by_name.get(rank)).copied()
    }

    /// Returns the position of a name in `by_name`, or the position that it would have.
    fn rank(&self, name: &str) -> Result<usize, usize> {
        self.by_name.binary_search_by(|at| self.list.get(*at).map_or("", |(known, _)| known.as_str()).cmp(name))
    }
}

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V, N: Into<String>> FromIterator<(N, V)> for Entries<V> {
    /// A later value of the same name replaces the earlier one.
    fn from_iter<T: IntoIterator<Item = (N, V)>>(entries: T) -> Self {
        let mut list: Vec<(String, V)> = Vec::new();
        let mut positions: BTreeMap<String, usize> = BTreeMap::new();
        for (name, value) in entries {
            let name = name.into();
            match positions.get(&name).and_then(|at| list.get_mut(*at)) {
                Some(known) => known.1 = value,
                None => {
                    positions.insert(name.clone(), list.len());
                    list.push((name, value));
                }
            }
        }
        Self { list, by_name: positions.into_values().collect() }
    }
}

impl<'a, V> IntoIterator for &'a Entries<V> {
    type Item = &'a (String, V);
    type IntoIter = std::slice::Iter<'a, (String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<V> IntoIterator for Entries<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<V: Serialize> Serialize for Entries<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Entries<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

struct Reader<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Reader<V> {
    type Value = Entries<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        let mut positions = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            if positions.insert(name.clone(), list.len()).is_some() {
                return Err(A::Error::custom(format_args!("repeated key {name:?}")));
            }
            list.push((name, map.next_value()?));
        }
        Ok(Entries { list, by_name: positions.into_values().collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_and_repetition_refused() {
        let entries: Entries<u32> = serde_yaml::from_str("b: 1\na: 2\n0: 3\n").expect("entries");
        assert_eq!(entries.names().collect::<Vec<_>>(), ["b", "a", "0"]);
        assert_eq!(serde_yaml::to_string(&entries).expect("text"), "b: 1\na: 2\n'0': 3\n");
        let repeated = serde_yaml::from_str::<Entries<u32>>("a: 1\nb: 2\na: 3\n").expect_err("repeated");
        assert!(repeated.to_string().contains("repeated key \"a\""), "{repeated}");
    }

    #[test]
    fn entries_change_in_place() {
        let mut entries: Entries<u32> = [("a", 1), ("b", 2), ("a", 3)].into_iter().collect();
        assert_eq!(entries.iter().collect::<Vec<_>>(), [("a", &3), ("b", &2)]);
        assert!(entries.rename("a", "c") && !entries.rename("a", "d"));
        assert_eq!(entries.insert("b", 4), Some(2));
        assert_eq!(entries.remove("c"), Some(3));
        assert_eq!(entries.remove("c"), None);
        assert_eq!((entries.len(), entries.get("b")), (1, Some(&4)));
    }
}
