//! The filters of templates and pairs.

use apograph_runtime::sign;

/// A digest algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// MD5.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// Every algorithm with its word.
    pub(super) const ALL: &'static [(&'static str, Self)] = &[
        ("md5", Self::Md5),
        ("sha1", Self::Sha1),
        ("sha256", Self::Sha256),
        ("sha384", Self::Sha384),
        ("sha512", Self::Sha512),
    ];

    /// Computes the digest of `data`.
    pub(super) fn digest(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => sign::md5(data).to_vec(),
            Self::Sha1 => sign::sha1(data).to_vec(),
            Self::Sha256 => sign::sha256(data).to_vec(),
            Self::Sha384 => sign::sha384(data).to_vec(),
            Self::Sha512 => sign::sha512(data).to_vec(),
        }
    }

    /// Computes the keyed digest of `data`.
    pub(super) fn hmac(self, key: &[u8], data: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => sign::hmac_md5(key, data).to_vec(),
            Self::Sha1 => sign::hmac_sha1(key, data).to_vec(),
            Self::Sha256 => sign::hmac_sha256(key, data).to_vec(),
            Self::Sha384 => sign::hmac_sha384(key, data).to_vec(),
            Self::Sha512 => sign::hmac_sha512(key, data).to_vec(),
        }
    }

    /// Returns the runtime feature with the algorithm.
    #[must_use]
    pub fn feature(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 | Self::Sha384 | Self::Sha512 => "sha2",
        }
    }
}

/// A filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Text or raw → raw.
    Digest(Algorithm),
    /// Text or raw → lower-case hexadecimal.
    Hex,
    /// Text or raw → upper-case hexadecimal.
    HexUpper,
    /// Text or raw → base64.
    Base64,
    /// Text or raw → URL-safe base64.
    Base64Url,
    /// Text or raw → its length in bytes, with at least this many digits.
    Length(u8),
    /// Base64 → raw.
    Unbase64,
    /// Hexadecimal → raw.
    Unhex,
    /// Text → text.
    Text(TextFilter),
}

/// A filter from text to text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFilter {
    /// Lower case.
    Lower,
    /// Upper case.
    Upper,
    /// Without white space at both ends.
    Trim,
    /// Each run of white space becomes a space.
    Squeeze,
    /// Upper case at the start of each word.
    Title,
    /// Percent-encoded, except letters, digits and `- . _ ~`.
    Rfc3986,
    /// The same, except slashes too.
    Rfc3986Path,
    /// Form-encoded.
    Form,
    /// Encoded as by `encodeURIComponent`.
    Component,
    /// Percent-decoded.
    Unpercent,
    /// Without empty and dot segments.
    NormalizePath,
    /// With a slash at the end.
    SlashEnd,
    /// Without the padding of base64.
    NoPad,
    /// As a JSON string; in values of pairs the JSON text of the value.
    Json,
    /// JSON with the members of all objects sorted by name.
    SortJson,
}

impl TextFilter {
    /// Every filter with its word.
    const ALL: &'static [(&'static str, Self)] = &[
        ("lower", Self::Lower),
        ("upper", Self::Upper),
        ("trim", Self::Trim),
        ("squeeze", Self::Squeeze),
        ("title", Self::Title),
        ("rfc3986", Self::Rfc3986),
        ("rfc3986_path", Self::Rfc3986Path),
        ("form", Self::Form),
        ("component", Self::Component),
        ("unpercent", Self::Unpercent),
        ("normalize_path", Self::NormalizePath),
        ("slash_end", Self::SlashEnd),
        ("nopad", Self::NoPad),
        ("json", Self::Json),
        ("sort_json", Self::SortJson),
    ];

    /// Filters a text.
    pub(super) fn apply(self, text: &str) -> String {
        match self {
            Self::Lower => sign::lower(text),
            Self::Upper => sign::upper(text),
            Self::Trim => sign::trim(text),
            Self::Squeeze => sign::squeeze(text),
            Self::Title => sign::title(text),
            Self::Rfc3986 => sign::rfc3986(text),
            Self::Rfc3986Path => sign::rfc3986_path(text),
            Self::Form => sign::form(text),
            Self::Component => sign::component(text),
            Self::Unpercent => sign::percent_decoded(text),
            Self::NormalizePath => sign::normalize_path(text),
            Self::SlashEnd => sign::slash_end(text),
            Self::NoPad => sign::nopad(text),
            Self::Json => sign::json_text(text),
            Self::SortJson => sign::sort_json(text),
        }
    }
}

/// Filters without an argument that do not go from text to text.
const PLAIN: &[(&str, Filter)] = &[
    ("md5", Filter::Digest(Algorithm::Md5)),
    ("sha1", Filter::Digest(Algorithm::Sha1)),
    ("sha256", Filter::Digest(Algorithm::Sha256)),
    ("sha384", Filter::Digest(Algorithm::Sha384)),
    ("sha512", Filter::Digest(Algorithm::Sha512)),
    ("hex", Filter::Hex),
    ("HEX", Filter::HexUpper),
    ("base64", Filter::Base64),
    ("base64url", Filter::Base64Url),
    ("unbase64", Filter::Unbase64),
    ("unhex", Filter::Unhex),
];

/// Why a word is not a filter.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FilterError {
    /// No such filter.
    Unknown,
    /// The argument is missing, superfluous or invalid.
    Argument(&'static str),
}

impl Filter {
    /// Parses `word` or `word:N`.
    pub(super) fn parse(text: &str) -> Result<Self, FilterError> {
        let (word, argument) = match text.split_once(':') {
            Some((word, argument)) => (word, Some(argument)),
            None => (text, None),
        };
        if word == "len" {
            let digits = argument.and_then(count);
            return digits
                .map(Self::Length)
                .ok_or(FilterError::Argument("`len` needs a number of digits from 1 to 20: `len:N`"));
        }
        let text = TextFilter::ALL.iter().find(|(known, _)| *known == word).map(|(_, filter)| Self::Text(*filter));
        let plain = text.or_else(|| PLAIN.iter().find(|(known, _)| *known == word).map(|(_, filter)| *filter));
        match (plain, argument) {
            (Some(filter), None) => Ok(filter),
            (Some(_), Some(_)) => Err(FilterError::Argument("only `len` takes an argument")),
            (None, _) => Err(FilterError::Unknown),
        }
    }

    /// Returns the filter as it is written in a recipe.
    #[must_use]
    pub fn written(self) -> String {
        let text = TextFilter::ALL.iter().find(|(_, known)| self == Self::Text(*known)).map(|(word, _)| *word);
        let word = text.or_else(|| PLAIN.iter().find(|(_, known)| *known == self).map(|(word, _)| *word));
        match self {
            Self::Length(digits) => format!("len:{digits}"),
            _ => word.unwrap_or_default().to_owned(),
        }
    }

    /// Returns every word, for suggestions.
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        let texts = TextFilter::ALL.iter().map(|(word, _)| *word);
        PLAIN.iter().map(|(word, _)| *word).chain(texts).chain(["len:1"])
    }

    /// Whether the filter refuses some texts.
    #[must_use]
    pub fn can_fail(self) -> bool {
        matches!(self, Self::Unbase64 | Self::Unhex)
    }
}

fn count(digits: &str) -> Option<u8> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|count| plain && (1..=20).contains(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filters() {
        assert_eq!(Filter::parse("HEX"), Ok(Filter::HexUpper));
        assert_eq!(Filter::parse("sha512"), Ok(Filter::Digest(Algorithm::Sha512)));
        assert_eq!(Filter::parse("len:4"), Ok(Filter::Length(4)));
        assert_eq!(Filter::parse("rfc3986"), Ok(Filter::Text(TextFilter::Rfc3986)));
        assert_eq!(Filter::parse("Hex"), Err(FilterError::Unknown));
    }

    #[test]
    fn only_len_takes_an_argument() {
        for text in ["len", "len:", "len:0", "len:21", "len:+1", "len:x", "md5:2"] {
            assert!(matches!(Filter::parse(text), Err(FilterError::Argument(_))), "{text}");
        }
    }
}
