//! The first difference between the text to sign and a text that another client signed.

mod align;
mod join;
mod search;
mod value;

use core::fmt;

use self::search::Search;
use super::SigningReport;
use crate::show::Cut;

/// How a text that another client signed differs from the text to sign. `Display` writes it as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Comparison {
    /// The texts are the same.
    Same,
    /// What was compared is the signature itself, and is the same.
    SameSignature,
    /// What was compared is the signature itself, and only differs in upper and lower case.
    SignatureCase,
    /// What was compared looks like a signature, and is another one.
    OtherSignature,
    /// The recipe has no text to sign.
    NoText,
    /// The other text is empty.
    Empty,
    /// The texts only differ in upper and lower case.
    Case,
    /// The other text contains the same parameters, joined in another way: the form of the text to sign, and that of the
    /// other text, such as `kvkv` and `k=v&k=v`.
    Joined(String, String),
    /// The texts only differ in white space.
    WhiteSpace(Excerpt),
    /// The other text lacks a secret or token.
    SecretMissing(String, Excerpt),
    /// The other text contains another value in place of a secret or token.
    SecretDiffers(String, Excerpt),
    /// The other text contains a secret or token that is not signed here.
    SecretAdded(String, Excerpt),
    /// The other text signs a token, and this request does not send one.
    TokenAdded(String, Excerpt),
    /// The other text lacks a parameter.
    ParameterMissing(String, Excerpt),
    /// The other text contains a parameter that is not signed here.
    ParameterAdded(String, Excerpt),
    /// The other text contains more, and no parameter of the request has this name.
    TextAdded(Excerpt),
    /// The parameters are the same, but the other text has another one where this one is expected.
    Order(String, Excerpt),
    /// The other text contains a separator between names and values, or between parameters.
    Separator(char, Excerpt),
    /// The value of a parameter is encoded in another way.
    Encoding(String, Encoding, Excerpt),
    /// The value of a parameter differs.
    Value(String, Excerpt),
    /// The texts differ in a way that has no name.
    Other(Excerpt),
}

/// How another client encoded a value.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// As in a URL, with `%XX`, before it was signed.
    Percent,
    /// With `+` in place of spaces.
    Plus,
    /// Decoded once more: `%XX` or `+` in the value were taken for an encoding.
    Decoded,
    /// In another character set than UTF-8, such as GBK.
    Charset,
    /// As JavaScript converts an object to text: `[object Object]`.
    Object,
}

/// The place of a difference. Secrets and tokens are masked; `Debug` shows lengths only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    shared: String,
    expected: String,
    found: String,
}

/// Maximum length of each part of an excerpt, in characters.
const EXCERPT: usize = 24;

impl Excerpt {
    /// Returns the end of what both texts have in common before the difference.
    pub fn shared(&self) -> &str {
        &self.shared
    }

    /// Returns the start of what follows in the text to sign.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// Returns the start of what follows in the other text, as far as the request contains it. The rest may be a secret of
    /// another app.
    pub fn found(&self) -> &str {
        &self.found
    }

    fn new(shared: &str, expected: &str, found: &str) -> Self {
        let length = shared.chars().count();
        let end = shared.chars().skip(length.saturating_sub(EXCERPT)).collect();
        let start = |text: &str| text.chars().take(EXCERPT).collect();
        Self { shared: end, expected: start(expected), found: start(found) }
    }

    /// Returns the excerpt without the other text.
    fn hidden(self) -> Self {
        Self { found: String::new(), ..self }
    }
}

impl SigningReport {
    /// Compares the text to sign with `text`, which another client signed, and returns the first difference. The text may
    /// contain the secrets themselves or their masks (`<app_secret>`). It may also be the signature. A line end behind the
    /// text is ignored, because editors and shells add one.
    pub fn compare(&self, text: &str) -> Comparison {
        let given = text.trim();
        if given.is_empty() {
            return if self.text_to_sign() == Some(text) { Comparison::Same } else { Comparison::Empty };
        }
        match self.signature() {
            Some(signature) if signature == given => return Comparison::SameSignature,
            Some(signature) if signature.eq_ignore_ascii_case(given) && is_hex(given) => {
                return Comparison::SignatureCase;
            }
            Some(signature) if is_hex(given) && signature.len() == given.len() => return Comparison::OtherSignature,
            _ => {}
        }
        let Some(expected) = self.text_to_sign() else { return Comparison::NoText };
        let line = if expected.ends_with('\n') { text } else { without_line_end(text) };
        let found = align::masked(self, line);
        if line == expected || found == expected {
            return Comparison::Same;
        }
        if self.masks.is_same_without_case(expected, line) {
            return Comparison::Case;
        }
        join::find(self, expected, &found).unwrap_or_else(|| Search::new(self, expected, &found).difference())
    }
}

fn without_line_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

fn is_hex(text: &str) -> bool {
    text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(excerpt) = self.excerpt() {
            write!(f, "{excerpt}: ")?;
        }
        match self {
            Self::Same => f.write_str("the texts are the same: if the signatures differ, compare the secret and the digest"),
            Self::SameSignature => f.write_str("the signatures are the same"),
            Self::SignatureCase => f.write_str("the signatures only differ in upper and lower case"),
            Self::OtherSignature => {
                f.write_str("your text is another signature: compare the text that was signed to find the reason")
            }
            Self::NoText => f.write_str("this signature has no text to compare"),
            Self::Empty => f.write_str("your text is empty"),
            Self::Case => f.write_str("the texts only differ in upper and lower case"),
            Self::Joined(expected, found) => {
                write!(f, "your text joins the parameters as `{found}`, and this signature as `{expected}`")
            }
            Self::WhiteSpace(_) => f.write_str("the texts only differ in white space"),
            Self::SecretMissing(name, _) => write!(f, "your text lacks `{name}` here"),
            Self::SecretDiffers(name, _) => write!(f, "your text has another value of `{name}` here"),
            Self::SecretAdded(name, _) => write!(f, "your text contains `{name}` here, which this signature does not"),
            Self::TokenAdded(name, _) => write!(f, "your text signs `{name}`, and this request does not send it"),
            Self::ParameterMissing(name, _) => write!(f, "your text lacks the parameter `{name}`"),
            Self::ParameterAdded(name, _) => {
                write!(f, "your text contains the parameter `{name}`, which is not signed")
            }
            Self::TextAdded(_) => f.write_str(
                "your text contains more here: a parameter that is not sent, such as a blank value or a file, or a longer value",
            ),
            Self::Order(name, _) => write!(f, "the parameters are in another order: `{name}` is expected here"),
            Self::Separator(char, _) => write!(f, "your text contains the separator `{char}`, which is not signed"),
            Self::Encoding(name, encoding, _) => write!(f, "the value of `{name}` {encoding}"),
            Self::Value(name, _) => write!(f, "the value of `{name}` differs"),
            Self::Other(_) => f.write_str("the texts differ"),
        }
    }
}

impl Comparison {
    fn excerpt(&self) -> Option<&Excerpt> {
        match self {
            Self::Same
            | Self::SameSignature
            | Self::SignatureCase
            | Self::OtherSignature
            | Self::NoText
            | Self::Empty
            | Self::Case
            | Self::Joined(..) => None,
            Self::WhiteSpace(excerpt)
            | Self::SecretMissing(_, excerpt)
            | Self::SecretDiffers(_, excerpt)
            | Self::SecretAdded(_, excerpt)
            | Self::TokenAdded(_, excerpt)
            | Self::ParameterMissing(_, excerpt)
            | Self::ParameterAdded(_, excerpt)
            | Self::TextAdded(excerpt)
            | Self::Order(_, excerpt)
            | Self::Separator(_, excerpt)
            | Self::Encoding(_, _, excerpt)
            | Self::Value(_, excerpt)
            | Self::Other(excerpt) => Some(excerpt),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Percent => "is percent-encoded in your text: sign the value before it is encoded",
            Self::Plus => "has `+` in place of spaces in your text: sign the value before it is encoded",
            Self::Decoded => "was decoded once too often in your text",
            Self::Object => "is `[object Object]` in your text: sign its JSON",
            Self::Charset => "is in another character set in your text: sign the bytes of UTF-8",
        })
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |text| Cut::start(text, EXCERPT);
        if self.shared.is_empty() {
            f.write_str("different from the start; ")?;
        } else {
            write!(f, "the same up to `…{}`; ", plain(&self.shared))?;
        }
        match self.expected.as_str() {
            "" => f.write_str("expected the end")?,
            expected => write!(f, "expected `{}…`", plain(expected))?,
        }
        if self.found.is_empty() { Ok(()) } else { write!(f, ", found `{}…`", plain(&self.found)) }
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = |text: &str| text.chars().count();
        let (expected, found) = (length(&self.expected), length(&self.found));
        write!(f, "Excerpt({} chars, {expected} chars, {found} chars)", length(&self.shared))
    }
}
