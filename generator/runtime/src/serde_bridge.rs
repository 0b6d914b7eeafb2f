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

/// Serializes an object as a map of the fields that are set, under their wire names. A generated `Serialize` calls
/// this.
///
/// Dates, decimals and JSON values are text. A number in a [`Map`](crate::Map) that fits neither 64 bits nor `f64`
/// loses digits; [`to_json`](crate::to_json) keeps them.
///
/// # Errors
///
/// The serializer's errors.
pub fn serialize<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
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
    let number = text.parse().map_err(|_| ser::Error::custom("not a number"))?;
    serializer.serialize_f64(number)
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

/// Any value, written as JSON text.
struct Written(String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut json = String::new();
        deserializer.deserialize_any(Writer(&mut json))?;
        Ok(Self(json))
    }
}

/// Appends every visited value as JSON text.
struct Writer<'a>(&'a mut String);

impl Writer<'_> {
    fn show<E: de::Error>(self, value: impl fmt::Display) -> Result<(), E> {
        write!(self.0, "{value}").map_err(E::custom)
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
        // JSON has no other representation for infinity and NaN.
        if value.is_finite() { self.show(value) } else { self.show("null") }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        push_text(self.0, value);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.push('[');
        let start = self.0.len();
        loop {
            let end = self.0.len();
            if end > start {
                self.0.push(',');
            }
            if items.next_element_seed(Writer(self.0))?.is_none() {
                self.0.truncate(end);
                break;
            }
        }
        self.0.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.push('{');
        let start = self.0.len();
        while let Some(name) = members.next_key::<String>()? {
            if self.0.len() > start {
                self.0.push(',');
            }
            push_text(self.0, &name);
            self.0.push(':');
            members.next_value_seed(Writer(self.0))?;
        }
        self.0.push('}');
        Ok(())
    }
}
