//! A request before it is sent: everything that a signature can read or write.

use std::borrow::Cow;
use std::fmt;

use super::{SignError, form, url};

type Pair = (String, String);

/// Where in a request a named value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// The URL's query.
    Query,
    /// The form body.
    Form,
    /// The headers; their names are case-insensitive.
    Headers,
}

/// A request before it is sent, in parts.
///
/// The client fills it from an endpoint's fields, the platform's recipe signs it, and the client turns it into bytes.
/// The signed texts are the sent texts, because both come from here. `Debug` shows names only: values may be tokens or
/// personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Parts {
    method: String,
    scheme: String,
    host: String,
    base_path: String,
    operation_path: String,
    query: Vec<Pair>,
    form: Vec<Pair>,
    headers: Vec<Pair>,
    files: Vec<String>,
    body: Vec<u8>,
    facts: Vec<Pair>,
}

impl Parts {
    /// Creates a request to `url` without parameters; a query in `url` becomes the first query parameters.
    ///
    /// # Errors
    ///
    /// [`SignError::Url`] unless `url` has the form `http(s)://host[:port][/path][?query]`, in printable ASCII.
    pub fn new(method: &str, url: &str) -> Result<Self, SignError> {
        let pieces = url::split(url)?;
        Ok(Self {
            method: method.to_owned(),
            scheme: pieces.scheme.to_owned(),
            host: pieces.host.to_owned(),
            base_path: pieces.path.to_owned(),
            operation_path: String::new(),
            query: form_urlencoded::parse(pieces.query.as_bytes()).into_owned().collect(),
            form: Vec::new(),
            headers: Vec::new(),
            files: Vec::new(),
            body: Vec::new(),
            facts: Vec::new(),
        })
    }

    /// Sets the operation's path, which follows the base URL's path.
    #[must_use]
    pub fn with_operation_path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.operation_path);
        self
    }

    /// Sets the operation's facts, which a recipe reads as `{op.<name>}`.
    #[must_use]
    pub fn with_facts(mut self, facts: &[(&str, &str)]) -> Self {
        self.facts = facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self
    }

    /// Adds a fact of the operation.
    #[must_use]
    pub fn with_fact(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.facts.push((name.into(), value.into()));
        self
    }

    /// Sets a body that is not a form, for example JSON.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Adds the name of a file part of a multipart form; the client keeps its bytes.
    #[must_use]
    pub fn with_file(mut self, name: impl Into<String>) -> Self {
        self.files.push(name.into());
        self
    }

    /// Returns the HTTP method in capitals.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns `http` or `https`.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// Returns the host, with the port if the URL has one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the whole path: the base URL's, then the operation's. Never empty.
    pub fn path(&self) -> Cow<'_, str> {
        let base = self.base_path.trim_end_matches('/');
        let operation = self.operation_path.trim_start_matches('/');
        match (self.base_path.is_empty(), operation.is_empty()) {
            (true, true) => Cow::Borrowed("/"),
            (false, true) => Cow::Borrowed(&self.base_path),
            (_, false) => Cow::Owned(format!("{base}/{operation}")),
        }
    }

    /// Returns the query as it is sent, form-encoded, without the question mark.
    pub fn query_text(&self) -> String {
        form::encode(&self.query)
    }

    /// Returns the path, a question mark and the query, or only the path if there is no query.
    pub fn path_query(&self) -> String {
        if self.query.is_empty() { self.path().into_owned() } else { format!("{}?{}", self.path(), self.query_text()) }
    }

    /// Returns the URL without its query.
    pub fn url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.host, self.path())
    }

    /// Returns the form as it is sent in a body without files: form-encoded (space as `+`, UTF-8, `* - . _` literal).
    pub fn form_text(&self) -> String {
        form::encode(&self.form)
    }

    /// Returns the bytes of a body that is not a form.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the bytes of a body that is not a form, without a copy.
    pub fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// Returns the text that is sent as the body: the body, or else the form.
    ///
    /// # Errors
    ///
    /// [`SignError::BodyNotText`] unless it is UTF-8; [`SignError::BodyWithFiles`] if the request has files.
    pub fn body_text(&self) -> Result<Cow<'_, str>, SignError> {
        if !self.files.is_empty() {
            return Err(SignError::BodyWithFiles);
        }
        if self.body.is_empty() {
            return Ok(Cow::Owned(self.form_text()));
        }
        std::str::from_utf8(&self.body).map(Cow::Borrowed).map_err(|_| SignError::BodyNotText)
    }

    /// Returns the names of the file parts in their order.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Returns a fact of the operation.
    ///
    /// # Errors
    ///
    /// [`SignError::MissingFact`] if the operation does not have it.
    pub fn fact(&self, name: &str) -> Result<&str, SignError> {
        self.optional_fact(name).ok_or_else(|| SignError::MissingFact(name.to_owned()))
    }

    /// Returns a fact that an operation may lack.
    pub fn optional_fact(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the value of a header. `Content-Type` is empty if the request has no body.
    ///
    /// # Errors
    ///
    /// [`SignError::MissingHeader`] if it is not set.
    pub fn header(&self, name: &str) -> Result<&str, SignError> {
        match self.get(Location::Headers, name) {
            Some(value) => Ok(value),
            None if name.eq_ignore_ascii_case("Content-Type") => Ok(""),
            None => Err(SignError::MissingHeader(name.to_owned())),
        }
    }

    /// Returns the pairs of one location in their order.
    pub fn pairs(&self, location: Location) -> &[(String, String)] {
        match location {
            Location::Query => &self.query,
            Location::Form => &self.form,
            Location::Headers => &self.headers,
        }
    }

    /// Returns the first value of a name.
    pub fn get(&self, location: Location, name: &str) -> Option<&str> {
        let found = self.pairs(location).iter().find(|(known, _)| same_name(location, known, name));
        found.map(|(_, value)| value.as_str())
    }

    /// Sets a name to one value, at the position of its first value or at the end.
    pub fn put(&mut self, location: Location, name: &str, value: impl Into<String>) {
        let value = value.into();
        let pairs = self.pairs_mut(location);
        let Some(first) = pairs.iter().position(|(known, _)| same_name(location, known, name)) else {
            pairs.push((name.to_owned(), value));
            return;
        };
        let mut at = 0;
        pairs.retain(|(known, _)| {
            at += 1;
            at <= first + 1 || !same_name(location, known, name)
        });
        if let Some(pair) = pairs.get_mut(first) {
            *pair = (name.to_owned(), value);
        }
    }

    /// Appends a pair, even if the name is already there.
    pub fn push(&mut self, location: Location, name: impl Into<String>, value: impl Into<String>) {
        self.pairs_mut(location).push((name.into(), value.into()));
    }

    /// Removes every pair of a name.
    pub fn remove(&mut self, location: Location, name: &str) {
        self.pairs_mut(location).retain(|(known, _)| !same_name(location, known, name));
    }

    /// Reverses the pairs of one location, to test that a signature does not depend on their order.
    pub fn reverse(&mut self, location: Location) {
        self.pairs_mut(location).reverse();
    }

    /// Sets a query parameter; see [`Parts::put`].
    pub fn put_query(&mut self, name: &str, value: impl Into<String>) {
        self.put(Location::Query, name, value);
    }

    /// Sets a form parameter; see [`Parts::put`].
    pub fn put_form(&mut self, name: &str, value: impl Into<String>) {
        self.put(Location::Form, name, value);
    }

    /// Sets a header; see [`Parts::put`].
    pub fn put_header(&mut self, name: &str, value: impl Into<String>) {
        self.put(Location::Headers, name, value);
    }

    fn pairs_mut(&mut self, location: Location) -> &mut Vec<Pair> {
        match location {
            Location::Query => &mut self.query,
            Location::Form => &mut self.form,
            Location::Headers => &mut self.headers,
        }
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[Pair]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("Parts")
            .field("method", &self.method)
            .field("url", &self.url())
            .field("query", &names(&self.query))
            .field("form", &names(&self.form))
            .field("headers", &names(&self.headers))
            .field("files", &self.files)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// Whether two names are the same at a location.
pub(crate) fn same_name(location: Location, a: &str, b: &str) -> bool {
    match location {
        Location::Query | Location::Form => a == b,
        Location::Headers => a.eq_ignore_ascii_case(b),
    }
}

#[cfg(test)]
#[path = "parts_tests.rs"]
mod tests;
