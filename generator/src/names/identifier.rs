//! Text that is known to be a Rust identifier.

use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use super::words;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Place;

/// A valid Rust identifier that is not a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identifier(String);

impl Identifier {
    /// The identifier, if the text is one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        words::is_identifier(text).then(|| Self(text.to_owned()))
    }

    /// The identifier. If the text is not one, reports that `word` cannot be named and returns a placeholder.
    ///
    /// A name that would start with a digit gets an underscore in front.
    pub(super) fn or_report(text: String, word: &str, origin: &Place, diagnostics: &mut Diagnostics) -> Self {
        Self::new(&words::lead(text)).unwrap_or_else(|| {
            diagnostics.push(
                Diagnostic::new(
                    Code::NoIdentifier,
                    origin.clone(),
                    format!("`{word}` cannot be converted to a Rust identifier"),
                )
                .help("set `rust_name` (field) or `rust_type` (type) in the fix file"),
            );
            Self::placeholder()
        })
    }

    /// Name of a node that cannot be named, which has been reported.
    pub(super) fn placeholder() -> Self {
        Self("unnamed".to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Identifier {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Ident::new(&self.0, Span::call_site()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_consists_of_its_characters_only() {
        for text in ["a", "_a", "a_", "a1", "客户", "é"] {
            assert_eq!(Identifier::new(text).map(|name| name.to_token_stream().to_string()), Some(text.to_owned()));
        }
        let odd = [
            "",
            "_",
            "1a",
            "a b",
            "x ",
            " x",
            "x\n",
            "x//y",
            "x/**/",
            "/**/x",
            "r#x",
            "r#type",
            "'x",
            "x!",
            "a-b",
            "x\u{200e}",
            "\u{200f}x",
            "x\u{85}",
            "x\u{feff}",
            "\u{feff}x",
            "²",
            "a²",
            "type",
            "self",
            "Self",
            "crate",
            "super",
            "gen",
            "async",
        ];
        for text in odd {
            assert_eq!(Identifier::new(text), None, "{text:?}");
        }
    }
}
