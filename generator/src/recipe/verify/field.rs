//! Names and values of received fields, for messages.

use std::fmt;

use apograph_runtime::Secret;
use apograph_runtime::sign::Location;

use crate::recipe::scheme::{Assignment, CredentialKind, Scheme};

/// A field of a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldName {
    /// Where the scheme sets it. A query parameter is also read from the form, and the other way round.
    pub location: Location,
    /// Its wire name.
    pub name: String,
}

impl FieldName {
    pub(super) fn of(field: &Assignment) -> Self {
        Self { location: field.location, name: field.name.clone() }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.location {
            Location::Query | Location::Form => "parameter",
            Location::Headers => "header",
            Location::Path => "part of the path",
            Location::Json => "member",
            Location::Xml => "element",
            Location::Set(_) => "pair",
        };
        write!(f, "{what} `{}`", self.name)
    }
}

/// Replaces secrets and sessions by their names in angle brackets. A client may have sent one in the place of something else.
#[must_use]
pub fn masked(scheme: &Scheme, credentials: &[Option<Secret>], received: &str) -> String {
    let confidential = scheme.credentials.iter().zip(credentials).filter(|(known, _)| known.kind != CredentialKind::Id);
    confidential.fold(received.to_owned(), |text, (known, value)| match value {
        Some(value) if !value.expose().is_empty() => text.replace(value.expose(), &format!("<{}>", known.name)),
        _ => text,
    })
}

/// Returns a received text on one line, cut to a length that fits into a message.
pub(super) fn line(text: &str) -> String {
    const LONGEST: usize = 120;
    let escaped: String = text.chars().take(LONGEST).flat_map(shown).collect();
    if text.chars().nth(LONGEST).is_some() { format!("{escaped}…") } else { escaped }
}

/// Returns a character as it is, or escaped if a terminal could act on it.
pub(super) fn shown(character: char) -> impl Iterator<Item = char> {
    let is_escaped = character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let escaped = is_escaped.then(|| character.escape_default());
    let plain = (!is_escaped).then_some(character);
    escaped.into_iter().flatten().chain(plain)
}
