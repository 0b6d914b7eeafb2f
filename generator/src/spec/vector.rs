//! Test vectors of a signing recipe as written.

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::{Entries, text};

/// The test vectors of a scheme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VectorsSpec {
    /// Test vectors.
    Known(Vec<VectorSpec>),
    /// The reason why there are no vectors.
    None(String),
}

/// A test vector.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VectorSpec {
    /// Name of the vector and of the generated test.
    #[serde(deserialize_with = "text::required")]
    pub name: String,
    /// Where the vector is published, or which implementations agree on it.
    #[serde(deserialize_with = "text::required")]
    pub source: String,
    /// The variant that it tests.
    #[serde(default, deserialize_with = "text::optional")]
    pub variant: Option<String>,
    /// Values of the credentials.
    #[serde(default, deserialize_with = "text::entries")]
    pub credentials: Entries<String>,
    /// The time of the attempt: RFC 3339 text, or Unix seconds or milliseconds.
    #[serde(default, deserialize_with = "text::optional")]
    pub clock: Option<String>,
    /// Values of the nonces.
    #[serde(default, deserialize_with = "text::entries")]
    pub nonce: Entries<String>,
    /// Facts of the operation.
    #[serde(default, deserialize_with = "text::entries")]
    pub op: Entries<String>,
    /// Name of the API.
    #[serde(default, deserialize_with = "text::optional")]
    pub api: Option<String>,
    /// The request before it is signed.
    pub request: RequestSpec,
    /// Name of a `let`, a clock or a field (`query.sign`) → its expected text.
    #[serde(deserialize_with = "text::entries")]
    pub expect: Entries<String>,
}

/// A request before it is signed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestSpec {
    /// HTTP method.
    #[serde(deserialize_with = "text::required")]
    pub method: String,
    /// URL; its own query precedes `query`.
    #[serde(deserialize_with = "text::required")]
    pub url: String,
    /// Path of the API, which follows the URL's.
    #[serde(default, deserialize_with = "text::optional")]
    pub api_path: Option<String>,
    /// Query parameters.
    #[serde(default)]
    pub query: Entries<Repeated>,
    /// Form parameters.
    #[serde(default)]
    pub form: Entries<Repeated>,
    /// Headers.
    #[serde(default)]
    pub headers: Entries<Repeated>,
    /// Names of file parts.
    #[serde(default, deserialize_with = "text::list")]
    pub files: Vec<String>,
    /// A body that is not a form.
    #[serde(default, deserialize_with = "text::optional")]
    pub body: Option<String>,
}

/// The values of a name, which may occur several times.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repeated(pub Vec<String>);

impl<'de> Deserialize<'de> for Repeated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RepeatedVisitor)
    }
}

impl Serialize for Repeated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }
}

struct RepeatedVisitor;

impl<'de> Visitor<'de> for RepeatedVisitor {
    type Value = Repeated;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Repeated, E> {
        Ok(Repeated(vec![text.to_owned()]))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Repeated, E> {
        self.visit_str(if value { "true" } else { "false" })
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Repeated, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Repeated, E> {
        self.visit_str(&value.to_string())
    }

    /// The text of a fraction is not known any more: `1.10` has become `1.1`.
    fn visit_f64<E: Error>(self, _: f64) -> Result<Repeated, E> {
        Err(E::custom("write a number with a fraction in quotation marks"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Repeated, A::Error> {
        let texts = read_all::<text::Text, _>(&mut list)?;
        Ok(Repeated(texts.into_iter().map(text::Text::into_string).collect()))
    }
}

impl<'de> Deserialize<'de> for VectorsSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(VectorsVisitor)
    }
}

struct VectorsVisitor;

impl<'de> Visitor<'de> for VectorsVisitor {
    type Value = VectorsSpec;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of vectors or `none: <reason>`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<VectorsSpec, A::Error> {
        read_all(&mut list).map(VectorsSpec::Known)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<VectorsSpec, A::Error> {
        let mut reason = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != "none" {
                return Err(A::Error::unknown_field(&key, &["none"]));
            }
            let text: text::Text = map.next_value()?;
            if reason.replace(text.into_string()).is_some() {
                return Err(A::Error::duplicate_field("none"));
            }
        }
        reason.map(VectorsSpec::None).ok_or_else(|| A::Error::missing_field("none"))
    }
}

impl Serialize for VectorsSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(vectors) => vectors.serialize(serializer),
            Self::None(reason) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("none", reason)?;
                map.end()
            }
        }
    }
}

pub(super) fn read_all<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(list: &mut A) -> Result<Vec<T>, A::Error> {
    let mut items = Vec::new();
    while let Some(item) = list.next_element()? {
        items.push(item);
    }
    Ok(items)
}
