//! Implementations of serde's traits, which generated types delegate to.
//!
//! Both convert through JSON text in the format of [`to_json`](crate::to_json), so that little code is generic over
//! serde's types.

use core::fmt::{self, Write};

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::decode::{Branch, Tree, load};
use crate::encode::{dump, push_text};
use crate::object::Object;
use crate::value::{MAX_NESTING, is_number};

/// Serializes an object as a map of the fields that are set, under their wire names. A generated `Serialize` calls
/// this.
///
/// Dates, decimals and JSON values are text. A number in a [`Map`](crate::Map) that fits neither 64 bits nor `f64`
/// loses digits, and becomes text if it is too large for `f64`; [`to_json`](crate::to_json) keeps it as it is.
///
/// # Errors
///
/// The serializer's errors.
pub fn serialize<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Tree::of_valid(&dump(object)).serialize(serializer)
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.branch() {
            Branch::Null => serializer.serialize_unit(),
            Branch::Boolean(value) => serializer.serialize_bool(value),
            Branch::Number(text) => number(text, serializer),
            Branch::Text(text) => serializer.serialize_str(&text),
            Branch::Items(items) => {
                let mut list = serializer.serialize_seq(None)?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Branch::Members(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
        }
    }
}

fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = text.parse() {
        return serializer.serialize_i64(number);
    }
    if let Ok(number) = text.parse() {
        return serializer.serialize_u64(number);
    }
    let number: f64 = text.parse().map_err(|_| ser::Error::custom("not a number"))?;
    // Serializers write infinity as `null` or refuse it.
    if number.is_finite() { serializer.serialize_f64(number) } else { serializer.serialize_str(text) }
}

/// Deserializes a map under wire names, as tolerantly as an answer. A generated `Deserialize` calls this.
///
/// # Errors
///
/// The deserializer's errors, and an error if the value is not a map.
pub fn deserialize<'de, T: Object + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let Written(json) = Written::deserialize(deserializer)?;
    let mut value = T::default();
    load(&json, &mut value).map_err(de::Error::custom)?;
    Ok(value)
}

/// The only member of the map as which `serde_json` passes every number if any crate enables its feature
/// `arbitrary_precision`; the member's value is the number's text.
const PRECISE_NUMBER: &str = "$serde_json::private::Number";

/// Replaces the map at `start` of `json` with the number that it represents, if it does.
fn unwrap_number(json: &mut String, start: usize) {
    let map = json.get(start..).map(Tree::of_valid);
    let Some(Branch::Members(members)) = map.map(|map| map.branch()) else { return };
    let number = match members.first().map(|(_, value)| value.branch()) {
        Some(Branch::Text(text)) if is_number(&text) => text.into_owned(),
        _ => return,
    };
    json.replace_range(start.., &number);
}

/// Any value, written as JSON text.
struct Written(String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut json = String::new();
        deserializer.deserialize_any(Writer { out: &mut json, depth: 0 })?;
        Ok(Self(json))
    }
}

/// Appends every visited value as JSON text.
struct Writer<'a> {
    out: &'a mut String,
    /// Number of lists and maps around the value.
    depth: usize,
}

impl Writer<'_> {
    /// Returns the writer for the values inside a list or map.
    fn inside<E: de::Error>(&mut self) -> Result<Writer<'_>, E> {
        if self.depth >= MAX_NESTING {
            return Err(E::custom(format_args!("lists and maps nest more than {MAX_NESTING} levels deep")));
        }
        Ok(Writer { out: self.out, depth: self.depth + 1 })
    }

    fn show<E: de::Error>(self, value: impl fmt::Display) -> Result<(), E> {
        write!(self.out, "{value}").map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Writer<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Writer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can represent")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.show("null")
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.show("null")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.show(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.show(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.show(value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        if value.is_finite() { self.show(value) } else { Err(E::custom("JSON cannot represent infinity and NaN")) }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        push_text(self.out, value);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.out.push('[');
        let start = self.out.len();
        loop {
            let end = self.out.len();
            if end > start {
                self.out.push(',');
            }
            if items.next_element_seed(self.inside()?)?.is_none() {
                self.out.truncate(end);
                break;
            }
        }
        self.out.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let before = self.out.len();
        self.out.push('{');
        let (start, mut is_number) = (self.out.len(), false);
        while let Some(name) = members.next_key::<String>()? {
            is_number = self.out.len() == start && name == PRECISE_NUMBER;
            if self.out.len() > start {
                self.out.push(',');
            }
            push_text(self.out, &name);
            self.out.push(':');
            members.next_value_seed(self.inside()?)?;
        }
        self.out.push('}');
        if is_number {
            unwrap_number(self.out, before);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, F64Deserializer, MapDeserializer, SeqDeserializer, StrDeserializer};
    use serde::de::{Deserialize, IntoDeserializer};

    use super::*;
    use crate::fixture::All;
    use crate::{Map, MapValue};

    fn of_map(value: MapValue) -> All {
        All { map: Some(Map::from([("n", value)])), ..All::default() }
    }

    /// What the feature `arbitrary_precision` of `serde_json` makes of a number: a map with one member.
    #[test]
    fn numbers_as_maps_of_one_member_are_numbers() {
        let number =
            |text: &'static str| MapDeserializer::<_, Error>::new([("$serde_json::private::Number", text)].into_iter());
        let read = |text| Written::deserialize(number(text)).map(|Written(json)| json);
        for text in ["0", "-1.50", "1e400", "123456789012345678901234567890"] {
            assert_eq!(read(text), Ok(text.to_owned()));
        }
        // Whatever else has that name stays a member.
        for text in ["", "1,2", "NaN", "{}"] {
            assert_eq!(read(text), Ok(format!("{{\"$serde_json::private::Number\":\"{text}\"}}")));
        }
    }

    /// Fails without the rule above when another crate enables the feature, which `.ci/run` does.
    #[test]
    fn every_kind_of_number_survives_serde() {
        for json in [
            r#"{"number":7091800003790954036,"price":"0.10","gender":1,"numbers":[1,-2],"rows":[[3]]}"#,
            r#"{"map":{"a":1,"b":-2.5,"c":18446744073709551615},"item":{"id":5}}"#,
        ] {
            let all: All = serde_json::from_str(json).expect("an object");
            let (expected, _) = crate::from_json::<All>(json).expect("an object");
            assert_eq!(all, expected);
            assert_eq!(serde_json::to_string(&all).expect("any object"), json);
        }
        let all: All = serde_json::from_str(r#"{"number":5,"price":12.50,"when":1710223556000}"#).expect("an object");
        assert_eq!((all.number, all.when), (Some(5), Some("1710223556000".into())));
        assert_eq!(all.price.and_then(|price| price.to_f64()), Some(12.5));
    }

    #[test]
    fn numbers_beyond_f64_become_text_and_never_null() {
        for text in ["1e400", "-1e400"] {
            let json = serde_json::to_string(&of_map(MapValue::Number(text.into()))).expect("any object");
            assert_eq!(json, format!(r#"{{"map":{{"n":"{text}"}}}}"#));
            assert!(serde_json::from_str::<All>(&json).expect("our own text") == of_map(text.into()));
        }
    }

    /// Lists in lists, which only end at the innermost one.
    struct Nested(usize);

    impl<'de> Deserializer<'de> for Nested {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_seq(SeqDeserializer::new(self.0.checked_sub(1).map(Nested).into_iter()))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    impl<'de> IntoDeserializer<'de, Error> for Nested {
        type Deserializer = Self;

        fn into_deserializer(self) -> Self {
            self
        }
    }

    #[test]
    fn deep_values_are_refused() {
        let read = |levels: usize| Written::deserialize(Nested(levels - 1)).map(|Written(json)| json);
        assert_eq!(read(127), Ok("[".repeat(127) + &"]".repeat(127)));
        let refused = read(128).expect_err("too deep").to_string();
        assert_eq!(refused, "lists and maps nest more than 127 levels deep");
        assert_eq!(read(1_000_000).map_err(|error| error.to_string()), Err(refused));
    }

    #[test]
    fn infinity_and_nan_are_refused() {
        for number in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            let list = SeqDeserializer::<_, Error>::new([F64Deserializer::new(number)].into_iter());
            assert!(Written::deserialize(list).is_err(), "{number}");
        }
        let text = StrDeserializer::<Error>::new("a");
        assert_eq!(Written::deserialize(text).map(|Written(json)| json), Ok("\"a\"".to_owned()));
        let number: F64Deserializer<Error> = 1.5.into_deserializer();
        assert_eq!(Written::deserialize(number).map(|Written(json)| json), Ok("1.5".to_owned()));
    }
}
