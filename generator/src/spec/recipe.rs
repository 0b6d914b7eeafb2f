//! The signing recipe of a platform file as written, with words and templates as plain text.
//!
//! `crate::recipe` defines what the sections mean.

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::vector::read_all;
pub use super::vector::{Repeated, RequestSpec, VectorSpec, VectorsSpec};
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
    /// `md5`, `sha1`, `sha256`, `sha384` or `sha512`.
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

impl Serialize for SortSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Word(word) => word.serialize(serializer),
            Self::Names(names) => names.serialize(serializer),
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
