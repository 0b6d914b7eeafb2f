//! Selected pairs of a request, in byte order, joined into one text.

use super::{Location, Moment, Notes, Parts, same_name};

/// Whether a value is blank: empty, or white space only.
///
/// The same test decides which values are not sent, so a server never receives a value that was not signed.
pub fn is_blank(value: &str) -> bool {
    value.trim().is_empty()
}

struct Chosen<'a> {
    location: Location,
    name: &'a str,
    value: &'a str,
    file: bool,
}

/// Pairs from some locations of a request, to be filtered and joined.
pub struct Pairs<'a> {
    chosen: Vec<Chosen<'a>>,
    notes: Option<&'a Notes>,
}

impl<'a> Pairs<'a> {
    /// Selects every pair of `locations`. The form includes file parts, as names without a value.
    pub fn of(parts: &'a Parts, locations: &[Location]) -> Self {
        let mut chosen = Vec::new();
        for &location in locations {
            let texts = parts.pairs(location).iter();
            chosen.extend(texts.map(|(name, value)| Chosen { location, name, value, file: false }));
            if location == Location::Form {
                let files = parts.files().iter();
                chosen.extend(files.map(|name| Chosen { location, name, value: "", file: true }));
            }
        }
        Self { chosen, notes: None }
    }

    /// Keeps only the names in a list; a name that ends in `*` matches every name with that prefix.
    #[must_use]
    pub fn only(mut self, names: &[&str]) -> Self {
        self.chosen.retain(|pair| names.iter().any(|name| pair.is_named(name)));
        self
    }

    /// Removes the names in a list; a name that ends in `*` matches every name with that prefix.
    #[must_use]
    pub fn except(mut self, names: &[&str]) -> Self {
        self.chosen.retain(|pair| !names.iter().any(|name| pair.is_named(name)));
        self
    }

    /// Removes pairs whose name or value [is blank](is_blank).
    #[must_use]
    pub fn without_empty(mut self) -> Self {
        self.chosen.retain(|pair| pair.file || !(is_blank(pair.name) || is_blank(pair.value)));
        self
    }

    /// Removes file parts.
    #[must_use]
    pub fn without_files(mut self) -> Self {
        self.chosen.retain(|pair| !pair.file);
        self
    }

    /// Notes the joined pairs in the moment's notes, if the signature is to be explained.
    #[must_use]
    pub fn noted(mut self, moment: &Moment<'a>) -> Self {
        self.notes = moment.notes();
        self
    }

    /// Formats each pair with `item`, sorted by name and then value as bytes, and joins them with `separator`.
    pub fn join(mut self, separator: &str, item: impl Fn(&str, &str) -> String) -> String {
        self.chosen.sort_by_key(|pair| (pair.name, pair.value));
        let length = self.chosen.iter().map(|pair| pair.name.len() + pair.value.len() + separator.len()).sum();
        let mut joined = String::with_capacity(length);
        for (index, pair) in self.chosen.iter().enumerate() {
            joined.push_str(if index == 0 { "" } else { separator });
            let item = item(pair.name, pair.value);
            if let Some(notes) = self.notes {
                notes.pair(pair.location, pair.name, pair.value, &item);
            }
            joined.push_str(&item);
        }
        joined
    }
}

impl Chosen<'_> {
    fn is_named(&self, pattern: &str) -> bool {
        covers(pattern, self.location, self.name)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        let mut parts = Parts::new("POST", "https://h/?foo=1&bar=2&foo_bar=3&Foo=9&0=z").unwrap();
        parts.put_form("foobar", "4");
        parts.put_form("blank", " \t\u{3000}");
        parts.put_form("", "nameless");
        parts.with_file("image")
    }

    fn plain(k: &str, v: &str) -> String {
        [k, v].concat()
    }

    #[test]
    fn names_sort_as_bytes() {
        let text = Pairs::of(&parts(), &[Location::Query]).join("&", plain);
        assert_eq!(text, "0z&Foo9&bar2&foo1&foo_bar3");
    }

    #[test]
    fn equal_names_sort_by_value() {
        let parts = Parts::new("GET", "https://h/?a=2&b=0&a=10&a=1").unwrap();
        assert_eq!(Pairs::of(&parts, &[Location::Query]).join(",", plain), "a1,a10,a2,b0");
    }

    #[test]
    fn blanks_and_files_are_dropped_when_told() {
        let parts = parts();
        let form = || Pairs::of(&parts, &[Location::Form]);
        assert_eq!(form().join("|", plain), "nameless|blank \t\u{3000}|foobar4|image");
        assert_eq!(form().without_empty().join("|", plain), "foobar4|image");
        assert_eq!(form().without_files().join("|", plain), "nameless|blank \t\u{3000}|foobar4");
        assert_eq!(form().without_empty().without_files().join("|", plain), "foobar4");
    }

    #[test]
    fn names_are_chosen_by_word_or_prefix() {
        let parts = parts();
        let query = || Pairs::of(&parts, &[Location::Query]);
        assert_eq!(query().only(&["foo*", "bar"]).join(",", plain), "bar2,foo1,foo_bar3");
        assert_eq!(query().except(&["foo*"]).join(",", plain), "0z,Foo9,bar2");
        assert_eq!(query().except(&["*"]).join(",", plain), "");
    }

    #[test]
    fn header_names_are_chosen_without_case() {
        let mut parts = parts();
        parts.put_header("X-Acs-Date", "d");
        parts.put_header("Sign", "s");
        let text = Pairs::of(&parts, &[Location::Headers]).only(&["x-acs-*"]).join("", plain);
        assert_eq!(text, "X-Acs-Dated");
    }
}
