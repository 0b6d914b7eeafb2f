//! Paths of an envelope's members, as written: one text, or a list of texts.

use std::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::text::Text;

/// Paths of a member, best first. A single one can be written as text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PathsSpec(pub Vec<String>);

impl PathsSpec {
    /// Whether there are no paths.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for PathsSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = PathsSpec;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a list of texts")
    }

    fn visit_str<E: Error>(self, path: &str) -> Result<PathsSpec, E> {
        Ok(PathsSpec(vec![path.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<PathsSpec, A::Error> {
        let mut paths = Vec::new();
        while let Some(path) = list.next_element::<Text>()? {
            paths.push(path.into_string());
        }
        Ok(PathsSpec(paths))
    }
}

impl Serialize for PathsSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [path] => serializer.serialize_str(path),
            paths => paths.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_path_is_a_text_and_several_are_a_list() {
        let read = |yaml: &str| serde_yaml::from_str::<PathsSpec>(yaml).map(|PathsSpec(paths)| paths);
        assert_eq!(read("code").ok(), Some(vec!["code".to_owned()]));
        assert_eq!(read("[code, 7]").ok(), Some(vec!["code".to_owned(), "7".to_owned()]));
        for yaml in ["~", "7", "{a: b}", "[~]", "[[a]]"] {
            assert!(read(yaml).is_err(), "{yaml}");
        }
        for (yaml, paths) in [("a\n", vec!["a"]), ("- a\n- b\n", vec!["a", "b"]), ("[]\n", vec![])] {
            let paths = PathsSpec(paths.into_iter().map(str::to_owned).collect());
            assert_eq!(serde_yaml::to_string(&paths).ok().as_deref(), Some(yaml));
        }
    }
}
