//! Reads a request as a server does.

use core::fmt;
use std::borrow::Cow;

use super::{multipart, path};
use crate::client::Outgoing;
use crate::coercion::Coercions;
use crate::decode::{Branch, Place, RequestReader, Tree};
use crate::encode::{self, Checks, Extra};
use crate::error::{DecodeProblem, Error};
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{Blank, BodyForm, Protocol, RequestRules};
use crate::sign::{Location, Parts, SignError, is_blank};
use crate::value::File;

/// A request, taken apart by the rules of HTTP. `Debug` shows no values.
#[doc(hidden)]
#[derive(Clone)]
pub struct SentRequest {
    method: String,
    url: String,
    path: String,
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    files: Vec<(String, File)>,
    /// A body that is not a form.
    body: Vec<u8>,
}

/// What a request contains besides the operation's fields. `Debug` shows no values.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct ReadRequest {
    /// System parameters, the session, the signature, and whatever else has a name that no field has.
    pub parameters: Vec<OtherParameter>,
    /// Deviations of the request from its documentation. A value that does not fit its field is a
    /// [`Misfit`](crate::CoercionKind::Misfit).
    pub coercions: Coercions,
}

/// A parameter that is not a field.
#[doc(hidden)]
#[derive(Clone, PartialEq, Eq)]
pub struct OtherParameter {
    /// Where it was sent. The members of a JSON body are in the form.
    pub location: Location,
    /// Its name.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

/// Why a request cannot be read.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// The path is not that of the operation.
    Path,
    /// The multipart form is incomplete.
    Multipart,
    /// The JSON body cannot be decoded.
    Body(DecodeProblem),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str("the request has another path than the operation"),
            Self::Multipart => f.write_str("the multipart form of the request is incomplete"),
            Self::Body(DecodeProblem::NotAnObject) => f.write_str("the body of the request is not a JSON object"),
            Self::Body(DecodeProblem::Syntax { line, column }) => {
                write!(f, "the body of the request is not JSON (line {line}, column {column})")
            }
            Self::Body(_) => f.write_str("the body of the request cannot be decoded"),
        }
    }
}

impl std::error::Error for ReadError {}

/// Fills `target`, which must be empty, with the fields of a request to `operation`, and returns the rest.
///
/// This is the reverse of what a client sends, except for what the protocol does not transport: blank parameters where
/// they are dropped, white space around JSON values, `null` as a JSON value, an instant's fractions of a second, and a
/// list of one empty text where lists are joined with commas.
///
/// # Errors
///
/// [`ReadError`] if the path, the form or the body cannot be that of the operation.
#[doc(hidden)]
pub fn read_request(
    request: &http::Request<Vec<u8>>,
    protocol: &Protocol,
    operation: &Operation,
    target: &mut dyn Object,
) -> Result<ReadRequest, ReadError> {
    SentRequest::of(request)?.read(protocol, operation, target)
}

impl SentRequest {
    /// Takes a request apart.
    ///
    /// # Errors
    ///
    /// [`ReadError::Multipart`] if its body is an incomplete multipart form.
    pub fn of(request: &http::Request<Vec<u8>>) -> Result<Self, ReadError> {
        let pairs = |text: &[u8]| form_urlencoded::parse(text).into_owned().collect::<Vec<_>>();
        let uri = request.uri();
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers: Vec<_> =
            request.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        let header = |name: http::HeaderName| request.headers().get(name).map(text).unwrap_or_default();
        let host = uri.authority().map_or_else(|| header(http::header::HOST), ToString::to_string);
        // HTTP/1.0 has requests without a host, and a URL needs one.
        let host = if host.is_empty() { "localhost".to_owned() } else { host };
        let mut sent = Self {
            method: request.method().to_string(),
            url: format!("{}://{host}{}", uri.scheme_str().unwrap_or("http"), uri.path()),
            path: uri.path().to_owned(),
            query: pairs(uri.query().unwrap_or_default().as_bytes()),
            form: Vec::new(),
            headers,
            files: Vec::new(),
            body: Vec::new(),
        };
        let content_type = header(http::header::CONTENT_TYPE);
        match content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "multipart/form-data" => {
                let form = multipart::read(&content_type, request.body()).ok_or(ReadError::Multipart)?;
                (sent.form, sent.files) = (form.texts, form.files);
            }
            "application/x-www-form-urlencoded" => sent.form = pairs(request.body()),
            _ => request.body().clone_into(&mut sent.body),
        }
        Ok(sent)
    }

    /// Returns the text parameters at `location` in their order.
    pub fn pairs(&self, location: Location) -> &[(String, String)] {
        match location {
            Location::Query => &self.query,
            Location::Form => &self.form,
            Location::Headers => &self.headers,
            Location::Path | Location::Json | Location::Xml | Location::Set(_) => &[],
        }
    }

    /// Returns the HTTP method in capitals.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns a member of a JSON body: its text, or else its JSON.
    pub(super) fn member(&self, name: &str) -> Option<String> {
        let text = self.text();
        serde_json::from_str::<serde::de::IgnoredAny>(&text).ok()?;
        let Branch::Members(members) = Tree::of_valid(&text).branch() else { return None };
        let (_, value) = members.into_iter().find(|(known, _)| known == name)?;
        Some(value.text_or_json())
    }

    /// Returns the path of the URL.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the path is that of `operation`, below any base URL.
    pub fn is_at(&self, operation: &Operation) -> bool {
        path::values(operation.path(), &self.path).is_some()
    }

    /// Returns the request as the signature of the operation sees it: with the operation's name, with its path apart from the
    /// base URL's, and with the values of the path's placeholders. Placeholders with the names of `late` are filled after signing,
    /// so they are left in the path.
    ///
    /// # Errors
    ///
    /// [`SignError::Url`] if the URL is not one.
    pub fn parts(&self, operation: &Operation, late: &[&str]) -> Result<Parts, SignError> {
        let (base, path) = self.url.split_at(self.url.len() - path::below(operation.path(), &self.path).len());
        let mut parts = Parts::new(&self.method, base)?.with_api(operation.name());
        if !path.is_empty() {
            let path =
                if late.is_empty() { path.to_owned() } else { path::with_placeholders(operation.path(), path, late) };
            parts = parts.with_operation_path(&path);
        }
        for (name, value) in path::values(operation.path(), &self.path).unwrap_or_default() {
            parts.push(Location::Path, name, value);
        }
        for location in [Location::Query, Location::Form, Location::Headers] {
            for (name, value) in self.pairs(location) {
                parts.push(location, name, value);
            }
        }
        let parts = self.files.iter().fold(parts, |parts, (name, _)| parts.with_file(name));
        Ok(parts.with_body(self.body.as_slice()))
    }

    /// See [`read_request`].
    ///
    /// # Errors
    ///
    /// [`ReadError`] if the path or the body cannot be that of the operation.
    pub fn read(
        &self,
        protocol: &Protocol,
        operation: &Operation,
        target: &mut dyn Object,
    ) -> Result<ReadRequest, ReadError> {
        let in_path = path::values(operation.path(), &self.path).ok_or(ReadError::Path)?;
        let texts = [&self.query, &self.form].into_iter().flatten().map(|(_, text)| text.len()).sum::<usize>();
        let size = self.path.len() + texts + self.body.len();
        let mut fields = Fields { reader: RequestReader::new(protocol, size, target), parameters: Vec::new() };
        for (name, value) in in_path {
            fields.reader.text(name, &value);
        }
        let form = operation.body_form(protocol.request.body);
        let rules = &protocol.request;
        for (location, pairs) in [(Location::Query, &self.query), (Location::Form, &self.form)] {
            for (name, value) in pairs {
                fields.pair(location, name, value, form, rules)?;
            }
        }
        fields.headers(&self.headers);
        for (name, file) in &self.files {
            fields.reader.file(name, file.clone());
        }
        if self.form.is_empty() && self.files.is_empty() {
            fields.body(self, form, rules)?;
        }
        let coercions = fields.reader.finish().map_err(ReadError::Body)?;
        Ok(ReadRequest { parameters: fields.parameters, coercions })
    }

    fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

/// The fields of a request that is being read, and its other parameters.
struct Fields<'t> {
    reader: RequestReader<'t>,
    parameters: Vec<OtherParameter>,
}

impl Fields<'_> {
    /// Reads a parameter of the query or form.
    fn pair(
        &mut self,
        location: Location,
        name: &str,
        value: &str,
        form: Option<BodyForm>,
        rules: &RequestRules,
    ) -> Result<(), ReadError> {
        let is_form = matches!(form, None | Some(BodyForm::Form | BodyForm::Multipart));
        if is_form && rules.wrapper == Some(name) {
            let others = self.reader.body(value).map_err(ReadError::Body)?;
            self.others(others);
            return Ok(());
        }
        let is_field = match self.reader.place(name) {
            Some(Place::Query) => location == Location::Query,
            // Where fields are in a body that is not a form, the query has none.
            Some(Place::Body) => rules.wrapper.is_none() && (is_form || location == Location::Form),
            Some(Place::Header) | None => false,
        };
        if !is_field {
            self.parameters.push(OtherParameter { location, name: name.to_owned(), value: value.to_owned() });
        } else if rules.blank == Blank::Keep || !is_blank(value) {
            self.reader.text(name, value);
        }
        Ok(())
    }

    /// Reads the headers that are fields.
    fn headers(&mut self, headers: &[(String, String)]) {
        for wire in self.reader.headers() {
            if let Some((_, value)) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wire)) {
                self.reader.text(wire, value);
            }
        }
    }

    /// Reads a body that is not a form.
    fn body(&mut self, sent: &SentRequest, form: Option<BodyForm>, rules: &RequestRules) -> Result<(), ReadError> {
        let others = match form {
            Some(BodyForm::Json) => self.reader.body(&sent.text()),
            Some(BodyForm::Xml) => self.reader.markup(&sent.text(), rules.xml_root),
            Some(BodyForm::Raw) => {
                let content_type = sent.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
                self.reader.raw(&sent.body, content_type.map_or("", |(_, value)| value));
                Ok(Vec::new())
            }
            Some(BodyForm::Form | BodyForm::Multipart) | None => Ok(Vec::new()),
        };
        self.others(others.map_err(ReadError::Body)?);
        Ok(())
    }

    /// Adds members of a body that are not fields.
    fn others(&mut self, others: Vec<(String, String)>) {
        let others = others.into_iter();
        self.parameters.extend(others.map(|(name, value)| OtherParameter { location: Location::Form, name, value }));
    }
}

impl ReadRequest {
    /// Returns the value of a parameter that is not a field.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value.as_str())
    }
}

/// Checks the required marks and limits of a request that was read, as a client checks it before it sends it.
///
/// # Errors
///
/// [`Error::Violations`] with every rule of the page that the request violates.
#[doc(hidden)]
pub fn check_request(object: &dyn Object, protocol: &Protocol, operation: &Operation) -> Result<(), Error> {
    let outgoing = Outgoing { name: operation.name(), path: operation.path(), operation, facts: &[], object };
    // The request is not sent, so any URL will do.
    encode::draft(&outgoing, Extra::default(), protocol, "https://localhost", Checks::On).map(drop)
}

impl fmt::Debug for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("SentRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("query", &names(&self.query))
            .field("form", &names(&self.form))
            .field("files", &self.files.len())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ReadRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parameters.iter().map(|parameter| &parameter.name).collect();
        f.debug_struct("ReadRequest").field("parameters", &names).field("coercions", &self.coercions).finish()
    }
}

impl fmt::Debug for OtherParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OtherParameter({:?} {})", self.location, crate::show::Line(&self.name))
    }
}
