//! Tracks how a value may be used, from its sources through filters and steps.

use super::report::Report;
use crate::diagnostic::{Code, Diagnostic};
use crate::recipe::scheme::{Kind, Secrecy};
use crate::recipe::{Filter, scheme::CredentialKind};
use crate::source::Place;

/// The kind of a value and its ingredients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) kind: Kind,
    pub(super) secrecy: Secrecy,
    /// Whether it contains anything that is neither a secret nor fixed text.
    has_open_input: bool,
    /// Whether fixed text in it has a control character, such as a line break, and no filter changed it since.
    pub(super) has_control: bool,
    /// Whether a part of it is invalid and has been reported. There are no further findings about such a value.
    is_broken: bool,
}

impl Flow {
    /// Fixed text, which does not make a digest of secrets safe to send.
    pub(super) const LITERAL: Self =
        Self { kind: Kind::Text, secrecy: Secrecy::Open, has_open_input: false, has_control: false, is_broken: false };
    /// A value that is not secret.
    pub(super) const OPEN: Self = Self { has_open_input: true, ..Self::LITERAL };

    /// A public-key signature.
    pub(super) const SIGNED: Self = Self { kind: Kind::Raw, ..Self::OPEN };

    /// An invalid value.
    pub(super) const BROKEN: Self = Self { is_broken: true, ..Self::OPEN };

    /// The credential with this index.
    pub(super) fn credential(kind: CredentialKind, index: usize) -> Self {
        match kind {
            CredentialKind::Id | CredentialKind::Token => Self::OPEN,
            CredentialKind::Secret | CredentialKind::PrivateKey => {
                Self { secrecy: Secrecy::Secret(index), ..Self::LITERAL }
            }
        }
    }

    /// Fixed text. A tab is no control character here, because headers may contain tabs.
    pub(super) fn literal(text: &str) -> Self {
        Self { has_control: text.chars().any(|c| c.is_control() && c != '\t'), ..Self::LITERAL }
    }

    /// Whether the whole value is as sensitive as a key. One with other parts is not: reports mask the digest in it.
    pub(super) fn is_key(self) -> bool {
        matches!(self.secrecy, Secrecy::Key(_)) && !self.has_open_input
    }

    /// Appends another value.
    pub(super) fn and(self, other: Self) -> Self {
        if self.is_broken || other.is_broken {
            return Self::BROKEN;
        }
        Self {
            is_broken: false,
            kind: if (self.kind, other.kind) == (Kind::Text, Kind::Text) { Kind::Text } else { Kind::Raw },
            secrecy: self.secrecy.max(other.secrecy),
            has_open_input: self.has_open_input || other.has_open_input,
            has_control: self.has_control || other.has_control,
        }
    }

    /// Returns a digest of this value, which is open unless the value was made from secrets alone.
    pub(super) fn digested(self) -> Self {
        if self.is_broken {
            return Self::BROKEN;
        }
        let secrecy = match self.secrecy {
            Secrecy::Secret(index) | Secrecy::Key(index) if !self.has_open_input => Secrecy::Key(index),
            _ => Secrecy::Open,
        };
        Self { kind: Kind::Raw, secrecy, has_control: false, ..self }
    }

    /// Applies a filter. Reports a filter that does not accept the value.
    pub(super) fn filtered(self, filter: Filter, word: &str, place: &Place, report: &mut Report) -> Self {
        match (filter, self.kind) {
            _ if self.is_broken => Self::BROKEN,
            (Filter::Digest(_), _) => self.digested(),
            (Filter::Unbase64 | Filter::Unhex, Kind::Text) => Self { kind: Kind::Raw, has_control: false, ..self },
            (Filter::Unbase64 | Filter::Unhex | Filter::Text(_), Kind::Raw) => {
                let message = format!("`{word}` changes text, but these are bytes");
                let finding = Diagnostic::new(Code::RecipeKind, place.clone(), message);
                report.add(finding.help("encode them first: `{x|hex}`, `{x|HEX}`, `{x|base64}` or `{x|base64url}`"));
                Self::BROKEN
            }
            _ => Self { kind: Kind::Text, has_control: false, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Flow {
        Flow::credential(CredentialKind::Secret, 1)
    }

    #[test]
    fn a_secret_stays_one_until_it_is_digested_with_something_else() {
        let wrapped = secret().and(Flow::OPEN).and(Flow::LITERAL);
        assert_eq!(wrapped.secrecy, Secrecy::Secret(1));
        assert_eq!(wrapped.digested().secrecy, Secrecy::Open);
    }

    #[test]
    fn a_digest_of_secrets_and_fixed_text_is_as_good_as_the_secret() {
        let key = Flow::LITERAL.and(secret()).digested();
        assert_eq!(key.secrecy, Secrecy::Key(1));
        assert_eq!(key.digested().secrecy, Secrecy::Key(1));
        assert_eq!(key.and(Flow::OPEN).secrecy, Secrecy::Key(1));
        assert_eq!(key.and(Flow::OPEN).digested().secrecy, Secrecy::Open);
        assert_eq!(key.and(secret()).secrecy, Secrecy::Secret(1));
    }

    #[test]
    fn line_breaks_stay_until_a_filter() {
        let text = Flow::OPEN.and(Flow::literal("a\nb"));
        assert!(text.has_control && text.and(Flow::OPEN).has_control);
        assert!(!text.digested().has_control && !Flow::literal("a\tb").has_control);
    }

    #[test]
    fn raw_bytes_make_a_text_raw() {
        assert_eq!(Flow::OPEN.and(Flow::LITERAL).kind, Kind::Text);
        assert_eq!(Flow::OPEN.and(Flow::OPEN.digested()).kind, Kind::Raw);
    }
}
