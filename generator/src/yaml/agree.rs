//! Compares what serde's reader sees in a file with the tree of the reader with positions.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_yaml::Value;

use crate::source::tree::{Content, Entry, Node};
use crate::source::{FileId, Sources};

/// Returns where the two readers first see different values in a file, or `None` if they agree.
pub(crate) fn disagreement(file: FileId, sources: &Sources) -> Option<Range<usize>> {
    let root = sources.tree(file)?.root.as_ref()?;
    let mut at = None;
    let compared = Same { node: root, at: &mut at }.deserialize(serde_yaml::Deserializer::from_str(sources.text(file)));
    // An error without a place is the reader's own: it sees no single document.
    compared.err().map(|_| at.unwrap_or_else(|| root.span.clone()))
}

/// Compares a value with a node of the tree.
struct Same<'a> {
    node: &'a Node,
    /// Where the readers differ.
    at: &'a mut Option<Range<usize>>,
}

impl Same<'_> {
    fn decide<E: Error>(self, is_same: bool) -> Result<(), E> {
        if is_same {
            return Ok(());
        }
        let span = self.node.span.clone();
        Err(differs(self.at, span))
    }

    /// Whether the node is an unquoted value that is typed like this when it stands alone.
    fn is_typed(&self, value: &Value) -> bool {
        match &self.node.content {
            Content::Scalar { text, plain: true } => serde_yaml::from_str::<Value>(text).is_ok_and(|own| own == *value),
            _ => false,
        }
    }
}

fn differs<E: Error>(at: &mut Option<Range<usize>>, span: Range<usize>) -> E {
    at.get_or_insert(span);
    E::custom("the readers differ")
}

impl<'de> DeserializeSeed<'de> for Same<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Same<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the same value")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let is_same = matches!(&self.node.content, Content::Scalar { text, .. } if text == value);
        self.decide(is_same)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        let is_same = self.is_typed(&Value::Null);
        self.decide(is_same)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        let is_same = self.is_typed(&Value::from(value));
        self.decide(is_same)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        let is_same = self.is_typed(&Value::from(value));
        self.decide(is_same)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        let is_same = self.is_typed(&Value::from(value));
        self.decide(is_same)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        let is_same = self.is_typed(&Value::from(value));
        self.decide(is_same)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Content::List(items) = &self.node.content else { return self.decide(false) };
        for item in items {
            if seq.next_element_seed(Same { node: item, at: self.at })?.is_none() {
                return Err(differs(self.at, item.span.clone()));
            }
        }
        let is_end = seq.next_element::<IgnoredAny>()?.is_none();
        self.decide(is_end)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Content::Mapping(entries) = &self.node.content else { return self.decide(false) };
        for entry in entries.iter() {
            if map.next_key_seed(SameKey { entry, at: self.at })?.is_none() {
                return Err(differs(self.at, entry.key_span.clone()));
            }
            map.next_value_seed(Same { node: &entry.value, at: self.at })?;
        }
        let is_end = map.next_key::<IgnoredAny>()?.is_none();
        self.decide(is_end)
    }
}

/// Compares a key with an entry of the tree. Every key is text, however it is written.
struct SameKey<'a> {
    entry: &'a Entry,
    at: &'a mut Option<Range<usize>>,
}

impl<'de> DeserializeSeed<'de> for SameKey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for SameKey<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the same key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<(), E> {
        if key == self.entry.key { Ok(()) } else { Err(differs(self.at, self.entry.key_span.clone())) }
    }
}
