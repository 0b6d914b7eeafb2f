//! The filters of templates: digests, encoders and lengths.

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
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// Every algorithm with its word.
    pub(super) const ALL: &'static [(&'static str, Self)] =
        &[("md5", Self::Md5), ("sha1", Self::Sha1), ("sha256", Self::Sha256), ("sha512", Self::Sha512)];

    /// Computes the digest of `data`.
    pub(super) fn digest(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => sign::md5(data).to_vec(),
            Self::Sha1 => sign::sha1(data).to_vec(),
            Self::Sha256 => sign::sha256(data).to_vec(),
            Self::Sha512 => sign::sha512(data).to_vec(),
        }
    }

    /// Computes the keyed digest of `data`.
    pub(super) fn hmac(self, key: &[u8], data: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => sign::hmac_md5(key, data).to_vec(),
            Self::Sha1 => sign::hmac_sha1(key, data).to_vec(),
            Self::Sha256 => sign::hmac_sha256(key, data).to_vec(),
            Self::Sha512 => sign::hmac_sha512(key, data).to_vec(),
        }
    }

    /// Returns the runtime feature with the algorithm.
    #[must_use]
    pub fn feature(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 | Self::Sha512 => "sha2",
        }
    }
}

/// A filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Text or raw → raw.
    Digest(Algorithm),
    /// Raw → lower-case hexadecimal.
    Hex,
    /// Raw → upper-case hexadecimal.
    HexUpper,
    /// Raw → base64.
    Base64,
    /// Raw → URL-safe base64.
    Base64Url,
    /// Text or raw → its length in bytes, with at least this many digits.
    Length(u8),
}

/// Filters without an argument.
const PLAIN: &[(&str, Filter)] = &[
    ("md5", Filter::Digest(Algorithm::Md5)),
    ("sha1", Filter::Digest(Algorithm::Sha1)),
    ("sha256", Filter::Digest(Algorithm::Sha256)),
    ("sha512", Filter::Digest(Algorithm::Sha512)),
    ("hex", Filter::Hex),
    ("HEX", Filter::HexUpper),
    ("base64", Filter::Base64),
    ("base64url", Filter::Base64Url),
];

/// Filters of the language that belong to stage 3.
const LATER: &[&str] = &[
    "unbase64",
    "unhex",
    "lower",
    "upper",
    "trim",
    "squeeze",
    "title",
    "rfc3986",
    "rfc3986_path",
    "form",
    "component",
    "unpercent",
    "normalize_path",
    "slash_end",
    "json",
];

/// Why a word is not a filter.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FilterError {
    /// No such filter.
    Unknown,
    /// A filter of stage 3.
    Later,
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
        let plain = PLAIN.iter().find(|(known, _)| *known == word);
        match (plain, argument) {
            (Some((_, filter)), None) => Ok(*filter),
            (Some(_), Some(_)) => Err(FilterError::Argument("only `len` takes an argument")),
            (None, _) if LATER.contains(&word) => Err(FilterError::Later),
            (None, _) => Err(FilterError::Unknown),
        }
    }

    /// Returns every word, for suggestions.
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        PLAIN.iter().map(|(word, _)| *word).chain(LATER.iter().copied()).chain(["len:1"])
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
        assert_eq!(Filter::parse("rfc3986"), Err(FilterError::Later));
        assert_eq!(Filter::parse("Hex"), Err(FilterError::Unknown));
    }

    #[test]
    fn only_len_takes_an_argument() {
        for text in ["len", "len:", "len:0", "len:21", "len:+1", "len:x", "md5:2"] {
            assert!(matches!(Filter::parse(text), Err(FilterError::Argument(_))), "{text}");
        }
    }
}
