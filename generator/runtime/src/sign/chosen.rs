//! One pair of a request, as it is sent and after filters.

use std::borrow::Cow;

use zeroize::Zeroize as _;

use super::{Location, Parts, same_name};

/// A pair of a request that a text may contain.
pub(super) struct Chosen<'a> {
    pub(super) location: Location,
    /// As they are sent.
    pub(super) sent: (Cow<'a, str>, Cow<'a, str>),
    /// The same after filters; `None` if there were none.
    pub(super) name: Option<String>,
    pub(super) value: Option<String>,
    /// The JSON text of a value within a JSON body.
    pub(super) json: Option<&'a str>,
    pub(super) file: bool,
    /// Pairs of the same name that were merged into this one, as they are sent.
    pub(super) merged: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// Values of sets may be secrets.
impl Drop for Chosen<'_> {
    fn drop(&mut self) {
        self.value.zeroize();
    }
}

impl<'a> Chosen<'a> {
    pub(super) fn new(location: Location, name: Cow<'a, str>, value: Cow<'a, str>, json: Option<&'a str>) -> Self {
        Self { location, sent: (name, value), name: None, value: None, json, file: false, merged: Vec::new() }
    }

    /// Returns the pairs of one location, except those within the body.
    pub(super) fn of(parts: &'a Parts, location: Location) -> impl Iterator<Item = Self> {
        let plain = move |name: &'a str, value: &'a str| Self::new(location, name.into(), value.into(), None);
        let host = (location == Location::Headers && parts.get(location, "Host").is_none()).then_some(parts.host());
        let host = host.map(|host| plain("Host", host));
        let texts = parts.pairs(location).iter().map(move |(name, value)| plain(name, value));
        let files = if location == Location::Form { parts.files() } else { &[] };
        let files = files.iter().map(move |name| {
            let mut pair = plain(name, "");
            pair.file = true;
            pair
        });
        host.into_iter().chain(texts).chain(files)
    }

    pub(super) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.sent.0)
    }

    pub(super) fn value(&self) -> &str {
        self.value.as_deref().unwrap_or(&self.sent.1)
    }

    pub(super) fn by_name(&self) -> (&str, &str) {
        (self.name(), self.value())
    }

    pub(super) fn is_named(&self, pattern: &str) -> bool {
        covers(pattern, self.location, &self.sent.0)
    }
}

/// Whether a name, or a prefix and `*`, matches a field.
pub(crate) fn covers(pattern: &str, location: Location, name: &str) -> bool {
    let (name, whole) = match pattern.strip_suffix('*') {
        Some(start) => (name.get(..start.len()), start),
        None => (Some(name), pattern),
    };
    name.is_some_and(|name| same_name(location, name, whole))
}
