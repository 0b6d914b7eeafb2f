//! The signing recipe of a platform file as written, with words and templates as plain text.
//!
//! `crate::recipe` defines what the sections mean.

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::{Entries, text};

/// A signing scheme.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemeSpec {
    /// Name → `id`, `token`, `secret` or `private_key`.
    #[serde(default, deserialize_with = "text::entries")]
    pub credentials: Entries<String>,
    /// Credentials and facts (`op.<name>`) that may be absent.
    #[serde(default, deserialize_with = "text::list")]
    pub optional: Vec<String>,
    /// Secrets that may be sent although nothing is digested, such as those of Basic authentication.
    #[serde(default, deserialize_with = "text::list")]
    pub reveal: Vec<String>,
    /// Texts made from the time of the attempt.
    #[serde(default)]
    pub clock: Entries<ClockSpec>,
    /// Name → `uuid4`, `hex:N`, `alnum:N`, `digits:N` or `increasing`.
    #[serde(default, deserialize_with = "text::entries")]
    pub nonce: Entries<String>,
    /// Facts that every operation provides.
    #[serde(default, deserialize_with = "text::list")]
    pub op: Vec<String>,
    /// Location → name → template, set before signing.
    #[serde(default, deserialize_with = "locations")]
    pub put: Entries<Entries<String>>,
    /// The steps in order.
    #[serde(default, rename = "let")]
    pub lets: Entries<StepSpec>,
    /// Location → name → template, set after signing.
    #[serde(default, deserialize_with = "locations")]
    pub place: Entries<Entries<String>>,
    /// Names in `place` whose values the platform compares without regard to upper and lower case.
    #[serde(default, deserialize_with = "text::list")]
    pub any_case: Vec<String>,
    /// Variants of the signature, each merged over the sections above.
    #[serde(default)]
    pub variants: Entries<VariantSpec>,
    /// The default variant of a client.
    #[serde(default, deserialize_with = "text::optional")]
    pub default: Option<String>,
    /// Test vectors.
    #[serde(default, deserialize_with = "text::present")]
    pub vectors: Option<VectorsSpec>,
}

/// A text made from the time of the attempt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSpec {
    /// `unix`, `unix_ms`, `http_date` or a strftime pattern.
    #[serde(deserialize_with = "text::required")]
    pub format: String,
    /// Fixed offset from UTC, `+08:00`.
    #[serde(default, deserialize_with = "text::optional")]
    pub zone: Option<String>,
    /// Seconds to add.
    #[serde(default)]
    pub plus: i64,
}

/// The entries that a variant adds to the scheme or replaces by name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantSpec {
    /// See [`SchemeSpec::clock`].
    #[serde(default)]
    pub clock: Entries<ClockSpec>,
    /// See [`SchemeSpec::put`].
    #[serde(default, deserialize_with = "locations")]
    pub put: Entries<Entries<String>>,
    /// See [`SchemeSpec::lets`].
    #[serde(default, rename = "let")]
    pub lets: Entries<StepSpec>,
    /// See [`SchemeSpec::place`].
    #[serde(default, deserialize_with = "locations")]
    pub place: Entries<Entries<String>>,
}

/// A step of exactly one kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepSpec {
    /// A template.
    #[serde(default, deserialize_with = "text::optional")]
    pub text: Option<String>,
    /// Selected pairs, joined.
    #[serde(default, deserialize_with = "text::present")]
    pub pairs: Option<PairsSpec>,
    /// A keyed digest.
    #[serde(default, deserialize_with = "text::present")]
    pub hmac: Option<HmacSpec>,
    /// Joined templates.
    #[serde(default, deserialize_with = "text::present")]
    pub join: Option<JoinSpec>,
    /// A public-key signature.
    #[serde(default, deserialize_with = "text::present")]
    pub pk_sign: Option<PkSignSpec>,
}

/// The step `join`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinSpec {
    /// Separator between the parts.
    #[serde(default, deserialize_with = "text::required")]
    pub sep: String,
    /// Templates of the parts.
    #[serde(deserialize_with = "text::list")]
    pub parts: Vec<String>,
    /// Whether empty parts are left out.
    #[serde(default)]
    pub skip_empty: bool,
    /// Whether the parts are sorted.
    #[serde(default)]
    pub sort: bool,
}

/// The step `pk_sign`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PkSignSpec {
    /// `rsa-sha256` or `rsa-sha1`.
    #[serde(deserialize_with = "text::required")]
    pub alg: String,
    /// Name of the credential with the private key.
    #[serde(deserialize_with = "text::required")]
    pub key: String,
    /// Template of the text to sign.
    #[serde(deserialize_with = "text::required")]
    pub over: String,
}

/// The step `hmac`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HmacSpec {
    /// `md5`, `sha1`, `sha256` or `sha512`.
    #[serde(deserialize_with = "text::required")]
    pub alg: String,
    /// Template of the key.
    #[serde(deserialize_with = "text::required")]
    pub key: String,
    /// Template of the text to digest.
    #[serde(deserialize_with = "text::required")]
    pub over: String,
}

/// The step `pairs`, with its fields in the order in which they apply.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairsSpec {
    /// Locations.
    #[serde(deserialize_with = "text::list")]
    pub from: Vec<String>,
    /// Names to keep.
    #[serde(default, deserialize_with = "some_list")]
    pub only: Option<Vec<String>>,
    /// Names to leave out.
    #[serde(default, deserialize_with = "text::list")]
    pub except: Vec<String>,
    /// Kinds of pairs to leave out: `empty`, `file`.
    #[serde(default, deserialize_with = "text::list")]
    pub drop: Vec<String>,
    /// Filters for the name.
    #[serde(default, deserialize_with = "text::list")]
    pub name: Vec<String>,
    /// Filters for the value.
    #[serde(default, deserialize_with = "text::list")]
    pub value: Vec<String>,
    /// Separator between the values of equal names.
    #[serde(default, deserialize_with = "text::optional")]
    pub merge: Option<String>,
    /// The order.
    #[serde(default, deserialize_with = "text::present")]
    pub sort: Option<SortSpec>,
    /// Template over `{k}` and `{v}`.
    #[serde(default, deserialize_with = "text::optional")]
    pub item: Option<String>,
    /// Template over `{k}` for an empty value.
    #[serde(default, deserialize_with = "text::optional")]
    pub item_empty: Option<String>,
    /// Separator between the items.
    #[serde(default, deserialize_with = "text::required")]
    pub join: String,
}

/// How pairs are sorted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SortSpec {
    /// `name`, `item`, `value` or `none`.
    Word(String),
    /// A list of names.
    Names(Vec<String>),
}

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

impl<'de> Deserialize<'de> for SortSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SortVisitor)
    }
}

struct SortVisitor;

impl<'de> Visitor<'de> for SortVisitor {
    type Value = SortSpec;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a word or a list of names")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<SortSpec, E> {
        Ok(SortSpec::Word(word.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<SortSpec, A::Error> {
        let names = read_all::<text::Text, _>(&mut list)?;
        Ok(SortSpec::Names(names.into_iter().map(text::Text::into_string).collect()))
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

fn read_all<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(list: &mut A) -> Result<Vec<T>, A::Error> {
    let mut items = Vec::new();
    while let Some(item) = list.next_element()? {
        items.push(item);
    }
    Ok(items)
}

impl Serialize for SortSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Word(word) => word.serialize(serializer),
            Self::Names(names) => names.serialize(serializer),
        }
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

fn some_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    text::list(deserializer).map(Some)
}

/// Location → name → template.
fn locations<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Entries<Entries<String>>, D::Error> {
    #[derive(Deserialize)]
    struct Templates(#[serde(deserialize_with = "text::entries")] Entries<String>);
    let locations = Entries::<Templates>::deserialize(deserializer)?;
    Ok(locations.into_iter().map(|(location, templates)| (location, templates.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Result<SchemeSpec, String> {
        serde_yaml::from_str(yaml).map_err(|error| error.to_string())
    }

    #[test]
    fn every_section_is_read() {
        let scheme = read(
            "credentials: {key: id, secret: secret}\noptional: [key]\nclock: {t: {format: unix, zone: '+08:00', plus: 5}}\n\
             nonce: {n: uuid4}\nop: [action]\nput: {query: {v: '2.0'}}\n\
             let:\n  a: {pairs: {from: [query], except: [sign], sort: [x, y], join: '&'}}\n  b: {hmac: {alg: md5, key: k, over: o}}\n  \
             c: {pk_sign: {alg: rsa-sha256, key: k, over: o}}\n  d: {join: {sep: '-', parts: [a, b], sort: true}}\nplace: {headers: {Sign: '{b}'}}\nvariants: {md5: {}}\n\
             default: md5\nvectors: {none: unpublished}\n",
        )
        .expect("a scheme");
        assert_eq!(scheme.put.get("query").and_then(|query| query.get("v")).map(String::as_str), Some("2.0"));
        assert_eq!(scheme.clock.get("t").map(|clock| clock.plus), Some(5));
        let sort = scheme.lets.get("a").and_then(|step| step.pairs.as_ref()).and_then(|pairs| pairs.sort.clone());
        assert_eq!(sort, Some(SortSpec::Names(vec!["x".to_owned(), "y".to_owned()])));
        assert!(scheme.lets.get("c").is_some_and(|step| step.pk_sign.is_some()));
        assert_eq!(scheme.vectors, Some(VectorsSpec::None("unpublished".to_owned())));
    }

    #[test]
    fn unknown_and_missing_values_are_refused() {
        for yaml in
            ["lets: {}", "vectors: {nine: x}", "vectors: none", "put: {query: {v: }}", "let: {a: {md5: x}}", "op: [~]"]
        {
            assert!(read(yaml).is_err(), "{yaml}");
        }
    }
}
