//! A request before it is sent: everything that a signature can read or write.

use std::borrow::Cow;
use std::fmt;

use zeroize::Zeroize as _;

use super::location::{Location, same_name};
use super::members::{self, Member};
use super::{SignError, form, url};

mod write;

type Pair = (String, String);

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
    /// `None` until it is set.
    operation_path: Option<String>,
    api: String,
    placed: Vec<Pair>,
    query: Vec<Pair>,
    form: Vec<Pair>,
    headers: Vec<Pair>,
    files: Vec<String>,
    body: Vec<u8>,
    /// Members of the body that were put into it, in their order.
    put_members: Vec<(Location, String)>,
    facts: Vec<Pair>,
    sets: Sets,
}

/// Pairs that are never sent. They may contain secrets, so they are zeroed on drop.
#[derive(Clone, Default, PartialEq, Eq)]
struct Sets(Vec<Vec<Pair>>);

impl Drop for Sets {
    fn drop(&mut self) {
        self.0.iter_mut().flatten().for_each(|(_, value)| value.zeroize());
    }
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
            operation_path: None,
            api: String::new(),
            placed: Vec::new(),
            query: form_urlencoded::parse(pieces.query.as_bytes()).into_owned().collect(),
            form: Vec::new(),
            headers: Vec::new(),
            files: Vec::new(),
            body: Vec::new(),
            put_members: Vec::new(),
            facts: Vec::new(),
            sets: Sets::default(),
        })
    }

    /// Sets the operation's path, which follows the base URL's path.
    #[must_use]
    pub fn with_operation_path(mut self, path: &str) -> Self {
        self.operation_path = Some(path.to_owned());
        self
    }

    /// Sets the API's name, which a recipe reads as `{api}`.
    #[must_use]
    pub fn with_api(mut self, name: &str) -> Self {
        name.clone_into(&mut self.api);
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

    /// Returns the API's name; empty if it is not set.
    pub fn api(&self) -> &str {
        &self.api
    }

    /// Returns the operation's path, which follows the base URL's.
    pub fn api_path(&self) -> &str {
        self.operation_path.as_deref().unwrap_or_default()
    }

    /// Returns the whole path: the base URL's, then the operation's. It is only empty if the URL has none and no operation's path
    /// was set.
    pub fn path(&self) -> Cow<'_, str> {
        let base = self.base_path.trim_end_matches('/');
        let operation = self.operation_path.as_deref().map(|path| path.trim_start_matches('/'));
        match (self.base_path.is_empty(), operation) {
            (true, Some("")) => Cow::Borrowed("/"),
            (_, None | Some("")) => Cow::Borrowed(&self.base_path),
            (_, Some(operation)) => Cow::Owned(format!("{base}/{operation}")),
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

    /// Returns the URL without its query and without the operation's path.
    pub fn base_url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.host, self.base_path)
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

    /// Returns the value of a header. `Content-Type` is empty if the request has no body, and `Host` is the URL's unless it is set.
    ///
    /// # Errors
    ///
    /// [`SignError::MissingHeader`] if it is not set.
    pub fn header(&self, name: &str) -> Result<&str, SignError> {
        match self.optional_header(name) {
            Some(value) => Ok(value),
            None if name.eq_ignore_ascii_case("Content-Type") => Ok(""),
            None => Err(SignError::MissingHeader(name.to_owned())),
        }
    }

    /// Returns the value of a header that a request may lack. `Host` is the URL's unless it is set.
    pub fn optional_header(&self, name: &str) -> Option<&str> {
        let host = || name.eq_ignore_ascii_case("Host").then_some(self.host.as_str());
        self.get(Location::Headers, name).or_else(host)
    }

    /// Returns the pairs of one location in their order; of a path those that were set. JSON and XML have no pairs here: their
    /// members are within the body, see [`field`](Self::field).
    pub fn pairs(&self, location: Location) -> &[(String, String)] {
        match location {
            Location::Path => &self.placed,
            Location::Query => &self.query,
            Location::Form => &self.form,
            Location::Json | Location::Xml => &[],
            Location::Headers => &self.headers,
            Location::Set(index) => self.sets.0.get(usize::from(index)).map_or(&[], Vec::as_slice),
        }
    }

    /// Returns the members of the body at one location.
    pub(super) fn members(&self, location: Location) -> Result<Vec<Member<'_>>, SignError> {
        match location {
            Location::Json => members::of_json(&self.body),
            Location::Xml => members::of_xml(&self.body),
            _ => Ok(Vec::new()),
        }
    }

    /// Returns the members of the body that were put into it, with their texts, in their order.
    pub fn put_members(&self) -> impl Iterator<Item = (Location, &str, Cow<'_, str>)> {
        let put = self.put_members.iter();
        put.filter_map(|(at, name)| Some((*at, name.as_str(), self.field(*at, name)?)))
    }

    /// Returns the names and values at one location, within the body too. A body without members has none.
    pub fn all(&self, location: Location) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        let members = self.members(location).unwrap_or_default().into_iter().map(|member| (member.name, member.value));
        members.chain(self.pairs(location).iter().map(|(name, value)| (name.into(), value.into())))
    }

    /// Returns the first value of a name at one location, within the body too.
    pub fn field(&self, location: Location, name: &str) -> Option<Cow<'_, str>> {
        self.all(location).find(|(known, _)| same_name(location, known, name)).map(|(_, value)| value)
    }

    /// Returns the first value of a name, but not of members of the body: see [`field`](Self::field).
    pub fn get(&self, location: Location, name: &str) -> Option<&str> {
        let found = self.pairs(location).iter().find(|(known, _)| same_name(location, known, name));
        found.map(|(_, value)| value.as_str())
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

#[cfg(test)]
mod tests;
