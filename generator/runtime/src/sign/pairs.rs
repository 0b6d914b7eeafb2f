//! Selected pairs of a request, in byte order, joined into one text.

use zeroize::Zeroizing;

use super::blank::is_blank;
use super::chosen::Chosen;
use super::{Location, Moment, Notes, Parts, SecretText, SignError, json_text, same_name};

/// The order of joined pairs. Texts are compared as bytes, after filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order<'o> {
    /// By name, then value.
    #[default]
    Name,
    /// By the whole item.
    Item,
    /// By value, then name.
    Value,
    /// As they are in the request.
    None,
    /// These names first, in this order, then all others by name and value.
    Names(&'o [&'o str]),
}

/// Pairs from some locations of a request, to be filtered and joined.
pub struct Pairs<'a> {
    chosen: Vec<Chosen<'a>>,
    order: Order<'a>,
    notes: Option<&'a Notes>,
}

impl<'a> Pairs<'a> {
    /// Selects every pair of `locations`, except those within the body: see [`read`](Self::read). The form includes file parts, as
    /// names without a value; the headers include `Host`.
    pub fn of(parts: &'a Parts, locations: &[Location]) -> Self {
        let mut chosen = Vec::new();
        for &location in locations {
            chosen.extend(Chosen::of(parts, location));
        }
        Self { chosen, order: Order::Name, notes: None }
    }

    /// Selects every pair of `locations`, as [`of`](Self::of) does. Those of JSON are the top-level members of the body, those of XML
    /// the elements within its root.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the body is neither empty nor a JSON object or XML document.
    pub fn read(parts: &'a Parts, locations: &[Location]) -> Result<Self, SignError> {
        let mut chosen = Vec::new();
        for &location in locations {
            chosen.extend(Chosen::of(parts, location));
            let members = parts.members(location)?.into_iter();
            chosen.extend(members.map(|member| Chosen::new(location, member.name, member.value, member.json)));
        }
        Ok(Self { chosen, order: Order::Name, notes: None })
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

    /// Removes pairs whose name or value [is blank](is_blank), and members of JSON that are `null`.
    #[must_use]
    pub fn without_empty(mut self) -> Self {
        let is_empty = |pair: &Chosen<'_>| is_blank(pair.name()) || is_blank(pair.value()) || pair.json == Some("null");
        self.chosen.retain(|pair| pair.file || !is_empty(pair));
        self
    }

    /// Removes file parts.
    #[must_use]
    pub fn without_files(mut self) -> Self {
        self.chosen.retain(|pair| !pair.file);
        self
    }

    /// Replaces every value with its JSON text: that of the body in a JSON body, otherwise that of a string.
    #[must_use]
    pub fn json_values(mut self) -> Self {
        for pair in &mut self.chosen {
            let json = pair.json.map_or_else(|| json_text(pair.value()), str::to_owned);
            pair.value = Some(json);
        }
        self
    }

    /// Filters every name.
    ///
    /// # Errors
    ///
    /// The first error of the filter.
    pub fn names(mut self, filter: impl Fn(&str) -> Result<String, SignError>) -> Result<Self, SignError> {
        for pair in &mut self.chosen {
            pair.name = Some(filter(pair.name())?);
        }
        Ok(self)
    }

    /// Filters every value.
    ///
    /// # Errors
    ///
    /// The first error of the filter.
    pub fn values(mut self, filter: impl Fn(&str) -> Result<String, SignError>) -> Result<Self, SignError> {
        for pair in &mut self.chosen {
            pair.value = Some(filter(pair.value())?);
        }
        Ok(self)
    }

    /// Joins the values of equal names with `separator`, in their order, at the place of the first.
    #[must_use]
    pub fn merged(mut self, separator: &str) -> Self {
        let mut kept: Vec<Chosen<'a>> = Vec::with_capacity(self.chosen.len());
        for mut pair in std::mem::take(&mut self.chosen) {
            match kept.iter_mut().find(|known| known.name() == pair.name()) {
                Some(known) => {
                    known.value = Some([known.value(), separator, pair.value()].concat());
                    known.merged.push(std::mem::take(&mut pair.sent));
                }
                None => kept.push(pair),
            }
        }
        self.chosen = kept;
        self
    }

    /// Sets the order.
    #[must_use]
    pub fn sorted(mut self, order: Order<'a>) -> Self {
        self.order = order;
        self
    }

    /// Notes the joined pairs in the moment's notes, if the signature is to be explained.
    #[must_use]
    pub fn noted(mut self, moment: &Moment<'a>) -> Self {
        self.notes = moment.notes();
        self
    }

    /// Formats each pair with `item`, sorted by name and then value as bytes unless another order is set, and joins them with
    /// `separator`.
    pub fn join(mut self, separator: &str, item: impl Fn(&str, &str) -> String) -> String {
        if self.order == Order::Item {
            return self.by_item(&|k, v| Ok(item(k, v))).unwrap_or_default().join(separator);
        }
        self.sort();
        let length = self.chosen.iter().map(|pair| pair.name().len() + pair.value().len() + separator.len()).sum();
        let mut joined = String::with_capacity(length);
        for (index, pair) in self.chosen.iter().enumerate() {
            joined.push_str(if index == 0 { "" } else { separator });
            let item = item(pair.name(), pair.value());
            self.note(pair, &item);
            joined.push_str(&item);
        }
        joined
    }

    /// Formats and joins as [`join`](Self::join) does, with a format that can fail.
    ///
    /// # Errors
    ///
    /// The first error of the format.
    pub fn try_join(
        self,
        separator: &str,
        item: impl Fn(&str, &str) -> Result<String, SignError>,
    ) -> Result<String, SignError> {
        Ok(self.items(&item)?.join(separator))
    }

    /// Formats and joins as [`try_join`](Self::try_join) does, if some values are secrets.
    ///
    /// # Errors
    ///
    /// The first error of the format.
    pub fn secret_join(
        self,
        separator: &str,
        item: impl Fn(&str, &str) -> Result<String, SignError>,
    ) -> Result<SecretText, SignError> {
        let items: Vec<Zeroizing<String>> = self.items(&item)?.into_iter().map(Zeroizing::new).collect();
        let items: Vec<&str> = items.iter().map(|item| item.as_str()).collect();
        Ok(SecretText::join(separator, &items, false, false))
    }

    fn items(mut self, item: Format<'_>) -> Result<Vec<String>, SignError> {
        if self.order == Order::Item {
            return self.by_item(item);
        }
        self.sort();
        let mut items = Vec::with_capacity(self.chosen.len());
        for pair in &self.chosen {
            let item = item(pair.name(), pair.value())?;
            self.note(pair, &item);
            items.push(item);
        }
        Ok(items)
    }

    fn by_item(self, item: Format<'_>) -> Result<Vec<String>, SignError> {
        let mut items = Vec::with_capacity(self.chosen.len());
        for pair in &self.chosen {
            items.push((item(pair.name(), pair.value())?, pair));
        }
        items.sort_by(|(one, _), (other, _)| one.cmp(other));
        items.iter().for_each(|(item, pair)| self.note(pair, item));
        Ok(items.into_iter().map(|(item, _)| item).collect())
    }

    fn sort(&mut self) {
        match self.order {
            Order::Name => self.chosen.sort_by(|one, other| one.by_name().cmp(&other.by_name())),
            Order::Value => {
                self.chosen.sort_by(|one, other| (one.value(), one.name()).cmp(&(other.value(), other.name())));
            }
            Order::None | Order::Item => {}
            Order::Names(names) => {
                let rank = |pair: &Chosen<'_>| {
                    let known = names.iter().position(|name| same_name(pair.location, pair.name(), name));
                    known.unwrap_or(names.len())
                };
                self.chosen.sort_by(|one, other| (rank(one), one.by_name()).cmp(&(rank(other), other.by_name())));
            }
        }
    }

    fn note(&self, pair: &Chosen<'_>, item: &str) {
        let Some(notes) = self.notes else { return };
        notes.pair(pair.location, &pair.sent.0, &pair.sent.1, item);
        for (name, value) in &pair.merged {
            notes.pair(pair.location, name, value, "");
        }
    }
}

/// Formats one pair.
type Format<'f> = &'f dyn Fn(&str, &str) -> Result<String, SignError>;

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

    fn upper(text: &str) -> Result<String, SignError> {
        Ok(text.to_uppercase())
    }

    #[test]
    fn every_order_is_kept() {
        let parts = Parts::new("GET", "https://h/?b=1&a=3&c=2&b=0").unwrap();
        let ordered = |order| Pairs::of(&parts, &[Location::Query]).sorted(order).join(" ", plain);
        assert_eq!(ordered(Order::Name), "a3 b0 b1 c2");
        assert_eq!(ordered(Order::Value), "b0 b1 c2 a3");
        assert_eq!(ordered(Order::None), "b1 a3 c2 b0");
        assert_eq!(ordered(Order::Names(&["c", "b"])), "c2 b0 b1 a3");
        let swapped = |k: &str, v: &str| [v, k].concat();
        assert_eq!(Pairs::of(&parts, &[Location::Query]).sorted(Order::Item).join(" ", swapped), "0b 1b 2c 3a");
    }

    #[test]
    fn filters_come_before_the_order() {
        let parts = Parts::new("GET", "https://h/?b=x&A=y").unwrap();
        let pairs = || Pairs::of(&parts, &[Location::Query]);
        assert_eq!(pairs().join(" ", plain), "Ay bx");
        let lower = |text: &str| Ok(text.to_lowercase());
        assert_eq!(pairs().names(lower).unwrap().values(upper).unwrap().join(" ", plain), "aY bX");
        assert_eq!(pairs().json_values().join(" ", plain), "A\"y\" b\"x\"");
        let refused = |_: &str| Err(SignError::Nonce);
        assert!(pairs().values(refused).is_err_and(|error| error == SignError::Nonce));
    }

    #[test]
    fn values_of_equal_names_are_merged_in_their_order() {
        let mut parts = Parts::new("GET", "https://example.amazonaws.com/").unwrap();
        for (name, value) in [("My-Header1", "4"), ("my-header1", "1"), ("A", "x"), ("My-Header1", "3")] {
            parts.push(Location::Headers, name, value);
        }
        let lower = |text: &str| Ok(text.to_lowercase());
        let text = Pairs::of(&parts, &[Location::Headers]).names(lower).unwrap().merged(",");
        assert_eq!(text.join("\n", |k, v| [k, ":", v].concat()), "a:x\nhost:example.amazonaws.com\nmy-header1:4,1,3");
    }

    #[test]
    fn members_of_the_body_are_pairs() {
        let body = r#"{"b": "x", "a": 1.0, "n": null, "o": {"k": [1, 2]}, "e": ""}"#;
        let parts = Parts::new("POST", "https://h/").unwrap().with_body(body);
        let pairs = || Pairs::read(&parts, &[Location::Json]).unwrap();
        assert_eq!(pairs().join("&", plain), "a1.0&bx&e&nnull&o{\"k\": [1, 2]}");
        assert_eq!(pairs().without_empty().json_values().join("&", plain), "a1.0&b\"x\"&o{\"k\": [1, 2]}");
        assert!(Pairs::read(&parts, &[Location::Xml]).is_err_and(|error| error == SignError::BodyNotXml));
        let parts = Parts::new("POST", "https://h/").unwrap().with_body("<xml><b>1</b><a>2</a></xml>");
        assert_eq!(Pairs::read(&parts, &[Location::Xml]).unwrap().join("&", plain), "a2&b1");
    }

    #[test]
    fn sets_are_pairs_and_may_hold_secrets() {
        let mut parts = parts();
        parts.put_set(1, "key", "hush");
        parts.put_set(1, "id", "me");
        let pairs = Pairs::of(&parts, &[Location::Set(0), Location::Set(1)]);
        let text = pairs.secret_join("&", |k, v| Ok([k, "=", v].concat())).unwrap();
        assert_eq!(text.expose(), "id=me&key=hush");
    }
}
