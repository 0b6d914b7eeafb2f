//! Compares what serde's reader sees in a file with the tree of the reader with positions.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_yaml::Value;

use crate::source::tree::{Content, Entry, Node, Tree};

/// Returns where the two readers first see different values in a text, or `None` if they agree. `tree` is what the reader with
/// positions sees.
pub(crate) fn disagreement(text: &str, tree: &Tree) -> Option<Range<usize>> {
    let root = tree.root.as_ref()?;
    let mut at = None;
    let compared = Same { node: root, at: &mut at }.deserialize(serde_yaml::Deserializer::from_str(text));
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
            Content::Scalar { text, plain: true } => is_usual(text, value) || is_read_as(text, value),
            _ => false,
        }
    }
}

/// Whether a text is the usual spelling of a value, for which no parser has to be started. Every reader types it alike.
fn is_usual(text: &str, value: &Value) -> bool {
    match value {
        Value::Null => text == "null",
        Value::Bool(value) => text == if *value { "true" } else { "false" },
        Value::Number(number) => number.to_string() == text,
        _ => false,
    }
}

/// Whether serde's reader types a text like this when it stands alone.
fn is_read_as(text: &str, value: &Value) -> bool {
    serde_yaml::from_str::<Value>(text).is_ok_and(|own| own == *value)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Spellings that readers of YAML type in different ways, and some that look like others.
    const SPELLINGS: &[&str] = &[
        "",
        "~",
        "null",
        "Null",
        "NULL",
        "nil",
        "true",
        "True",
        "TRUE",
        "tRUE",
        "false",
        "False",
        "FALSE",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "0",
        "-0",
        "+0",
        "00",
        "007",
        "-07",
        "0.0",
        "-0.0",
        "1",
        "+1",
        "-1",
        "--1",
        "+-1",
        "1.",
        ".1",
        "1.0",
        "1.50",
        "1.5",
        "1e3",
        "1E3",
        "1.0e3",
        "1e16",
        "1e+16",
        "1e-7",
        "0.0000001",
        "10000000000000000.0",
        "1000.0",
        "1000",
        "0x1F",
        "0x1f",
        "-0x1F",
        "31",
        "-31",
        "0o7",
        "7",
        "0b1",
        "0X1",
        "0O7",
        "1_000",
        "1,000",
        "12:30",
        "2001-01-01",
        ".inf",
        "-.inf",
        "+.inf",
        ".Inf",
        "inf",
        "-inf",
        "infinity",
        ".nan",
        ".NaN",
        "nan",
        "NaN",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "9007199254740993",
        "9007199254740993.0",
        "1e400",
        "1e-400",
        "5e-324",
        "0x",
        "0o",
        "-",
        "+",
        ".",
        "e3",
        "1e",
    ];

    fn spelling() -> impl Strategy<Value = String> {
        prop_oneof![
            prop::sample::select(SPELLINGS).prop_map(str::to_owned),
            "[-+]?[0-9]{1,22}",
            "[-+]?[0-9]{0,9}[.][0-9]{0,9}([eE][-+]?[0-9]{1,3})?",
            "[-+]?0[xobXOB]?[0-9a-fA-F_]{0,18}",
            "[-+.~_:0-9a-fA-FxoeEnulINtrys]{0,8}",
            any::<i64>().prop_map(|number| number.to_string()),
            any::<f64>().prop_map(|number| format!("{number:?}")),
        ]
    }

    /// The values that any reader could take a text for.
    fn values(text: &str) -> Vec<Value> {
        let mut values: Vec<Value> = [true, false].map(Value::from).into();
        values.push(Value::Null);
        values.extend(serde_yaml::from_str::<Value>(text).ok());
        values.extend(text.parse::<u64>().ok().map(Value::from));
        values.extend(text.parse::<i64>().ok().map(Value::from));
        values.extend(text.parse::<f64>().ok().map(Value::from));
        values.extend(u64::from_str_radix(text.trim_start_matches('0'), 8).ok().map(Value::from));
        values
    }

    fn agrees(text: &str, value: &Value) -> bool {
        !is_usual(text, value) || is_read_as(text, value)
    }

    #[test]
    fn a_usual_spelling_is_read_as_its_value() {
        for value in SPELLINGS.iter().flat_map(|text| values(text)) {
            for text in SPELLINGS {
                assert!(agrees(text, &value), "{text:?} is not {value:?}");
            }
        }
        let is_usual = |text: &&&str| serde_yaml::from_str(text).is_ok_and(|value: Value| is_usual(text, &value));
        let usual: Vec<_> = SPELLINGS.iter().filter(is_usual).copied().collect();
        for text in ["null", "true", "false", "0", "1", "-1", "31", "1000", "1.5", "1000.0", "18446744073709551615"] {
            assert!(usual.contains(&text), "{text} starts a parser");
        }
        for text in ["", "~", "True", "+1", "007", "0x1F", "0o7", "1e3", "1_000", "yes", "inf", "1.50", "2001-01-01"] {
            assert!(!usual.contains(&text), "{text} is left to the parser");
        }
    }

    proptest! {
        #[test]
        fn no_usual_spelling_is_read_otherwise(text in spelling(), other in spelling()) {
            for value in values(&text).into_iter().chain(values(&other)) {
                prop_assert!(agrees(&text, &value), "{text:?} is not {value:?}");
                // The whole decision is that of the parser, for each pair.
                let node = Node { content: Content::Scalar { text: text.clone(), plain: true }, span: 0..0 };
                let mut at = None;
                let typed = Same { node: &node, at: &mut at }.is_typed(&value);
                prop_assert_eq!(typed, is_read_as(&text, &value), "{:?} and {:?}", text, value);
            }
        }
    }
}
