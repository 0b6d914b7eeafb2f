//! The usual mistakes of clients that sign requests.

use std::fmt;

use super::field::line;

/// A mistake after which a request has the received signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// The digits of the signature are in the other case.
    LetterCase,
    /// The signature is that of another variant.
    OtherVariant(String),
    /// The signature is written in another encoding, such as base64.
    OtherEncoding,
    /// The text was digested with this algorithm.
    OtherDigest(&'static str),
    /// The parameters were sorted in this order, by its word in recipes.
    OtherOrder(&'static str),
    /// It has another number of characters than a signature.
    Length {
        /// Characters of the received signature.
        received: usize,
        /// Characters of a signature.
        expected: usize,
    },
    /// An empty text was used instead of this secret.
    SecretMissing(String),
    /// This credential was used in place of that secret.
    SecretIs {
        /// The secret.
        secret: String,
        /// What was used.
        used: String,
    },
    /// White space at the ends of the secret belongs to neither or to only one side.
    SecretWhiteSpace(String),
    /// The secret is missing at one end of the text.
    SecretOnce {
        /// The secret.
        secret: String,
        /// Whether it is missing at the start.
        at_start: bool,
    },
    /// Received parameters were not signed.
    Unsigned(Vec<String>),
    /// No parameter of the form was signed.
    FormUnsigned,
    /// No parameter of the query was signed.
    QueryUnsigned,
    /// The body was not signed.
    BodyUnsigned,
    /// Parameters without a value were signed.
    EmptySigned,
    /// Names and values were joined in another form.
    Joined(String),
    /// The values were percent-encoded before they were signed.
    PercentEncoded,
    /// The values were percent-encoded twice before they were sent.
    EncodedTwice,
    /// A `+` was sent without being encoded, and was received as a space.
    PlusAsSpace,
    /// Characters outside of ASCII were replaced by question marks before the text was digested.
    NotUtf8,
    /// White space at the ends of values was not signed.
    Trimmed,
    /// The text was digested with a line feed at its end.
    LineFeed,
    /// Another text was signed for this parameter, or for all parameters with JSON.
    OtherText {
        /// The parameter. `None` for all that contain JSON.
        name: Option<String>,
        /// What was signed.
        form: &'static str,
    },
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LetterCase => f.write_str("it only differs in upper and lower case"),
            Self::OtherVariant(name) => {
                write!(f, "it is the signature of `{name}`, which is not what the request names")
            }
            Self::OtherEncoding => {
                f.write_str("the digest is right, but written in another encoding (hexadecimal or base64)")
            }
            Self::OtherDigest(word) => write!(f, "it was made with `{word}`"),
            Self::OtherOrder("none") => f.write_str("the parameters were signed in the order of the request"),
            Self::OtherOrder(word) => write!(f, "the parameters were sorted by {word}"),
            Self::Length { received, expected } => {
                write!(f, "it has {received} characters, a signature of this kind has {expected}")
            }
            Self::SecretMissing(secret) => write!(f, "it was made with an empty `{secret}`"),
            Self::SecretIs { secret, used } => write!(f, "it was made with `{used}` in place of `{secret}`"),
            Self::SecretWhiteSpace(secret) => {
                write!(f, "it was made with white space around `{secret}`, or without white space that belongs to it")
            }
            Self::SecretOnce { secret, at_start } => {
                write!(f, "`{secret}` is missing at the {} of the text", if *at_start { "start" } else { "end" })
            }
            Self::Unsigned(names) => {
                let names: Vec<String> = names.iter().map(|name| format!("`{}`", line(name))).collect();
                write!(f, "{} was sent, but not signed", names.join(", "))
            }
            Self::FormUnsigned => f.write_str("the parameters in the body were sent, but not signed"),
            Self::QueryUnsigned => f.write_str("the parameters in the query were sent, but not signed"),
            Self::BodyUnsigned => f.write_str("the body was sent, but not signed"),
            Self::EmptySigned => {
                f.write_str("parameters without a value were signed: leave them out of the text, or do not send them")
            }
            Self::Joined(form) => write!(f, "the parameters were joined as `{form}`"),
            Self::PercentEncoded => {
                f.write_str("the values were percent-encoded before they were signed: sign the plain values")
            }
            Self::EncodedTwice => f.write_str("the values were percent-encoded twice before they were sent"),
            Self::PlusAsSpace => {
                f.write_str("a `+` was sent without being encoded as `%2B`, so it was received as a space")
            }
            Self::NotUtf8 => f.write_str("the text was not digested as UTF-8: characters outside of ASCII became `?`"),
            Self::Trimmed => f.write_str("white space around values was sent, but not signed"),
            Self::LineFeed => f.write_str("the text was digested with a line feed at its end"),
            Self::OtherText { name: Some(name), form } => write!(f, "`{}` was signed as {form}", line(name)),
            Self::OtherText { name: None, form } => write!(f, "parameters that contain JSON were signed as {form}"),
        }
    }
}
