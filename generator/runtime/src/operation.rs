//! Endpoints: how they are called, and what their pages document.

use crate::object::Object;
use crate::protocol::{BodyForm, Platform};

/// A request type. Its fields are the request's parameters.
pub trait Endpoint: Object {
    /// Platform of the endpoint.
    type Platform: Platform;
    /// Type that the answer is decoded into.
    type Response: Object + Default;
    /// Constant facts of the endpoint.
    const OPERATION: Operation;
}

/// An HTTP method.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// `GET`: fields are sent in the query.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`: fields are sent in the query.
    Delete,
}

impl Method {
    /// Returns the method in capitals.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether a request with this method has its fields in the body.
    pub const fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}

/// Whether an endpoint needs a session (an access token).
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// The client's session is not sent. A session that is given with the call is.
    None,
    /// The session is sent if the credentials have one.
    Optional,
    /// The request fails if the credentials have no session.
    Required,
}

/// A row of a page's error table.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorRow {
    /// The error code, usually a sub code such as `isv.invalid-parameter`.
    pub code: &'static str,
    /// Meaning of the code.
    pub message: &'static str,
    /// What the page advises to do.
    pub solution: &'static str,
}

/// Names and values: documented statuses and signing facts.
type Table = &'static [(&'static str, &'static str)];

/// The constant facts of an endpoint.
#[derive(Debug)]
pub struct Operation {
    name: &'static str,
    method: Method,
    path: &'static str,
    session: Session,
    root: Option<&'static str>,
    errors: &'static [ErrorRow],
    statuses: Table,
    idempotent: bool,
    removed: bool,
    status_names: &'static [&'static str],
    message_names: &'static [&'static str],
    data: Option<&'static str>,
    body: Option<BodyForm>,
    facts: Table,
}

impl Operation {
    /// Describes the API `name`, called with `method` at `path` below the base URL. `{field}` in the path is replaced
    /// with the value of that field.
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            session: Session::Optional,
            root: None,
            errors: &[],
            statuses: &[],
            idempotent: false,
            removed: false,
            status_names: &[],
            message_names: &[],
            data: None,
            body: None,
            facts: &[],
        }
    }

    /// Sets whether a session is needed; the default is [`Session::Optional`].
    pub const fn session(mut self, session: Session) -> Self {
        self.session = session;
        self
    }

    /// Sets the answer's root member.
    pub const fn root(mut self, root: &'static str) -> Self {
        self.root = Some(root);
        self
    }

    /// Sets the page's error table.
    pub const fn errors(mut self, errors: &'static [ErrorRow]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets the page's status table: code and meaning.
    pub const fn statuses(mut self, statuses: Table) -> Self {
        self.statuses = statuses;
        self
    }

    /// Marks the call as safe to repeat.
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Marks the API as removed from the vendor's documentation; nothing is sent.
    pub const fn removed(mut self) -> Self {
        self.removed = true;
        self
    }

    /// Sets the endpoint's own names of the status member, in place of the platform's.
    pub const fn status_names(mut self, names: &'static [&'static str]) -> Self {
        self.status_names = names;
        self
    }

    /// Sets the endpoint's own names of the message member, in place of the platform's.
    pub const fn message_names(mut self, names: &'static [&'static str]) -> Self {
        self.message_names = names;
        self
    }

    /// Sets the path of the member that contains the business members. An answer without it has them beside the envelope's.
    pub const fn data(mut self, path: &'static str) -> Self {
        self.data = Some(path);
        self
    }

    /// Sets the endpoint's own form of the body, in place of the platform's.
    pub const fn body(mut self, form: BodyForm) -> Self {
        self.body = Some(form);
        self
    }

    /// Sets the facts that the platform's signature needs from every operation: name and value.
    pub const fn facts(mut self, facts: Table) -> Self {
        self.facts = facts;
        self
    }
}

impl Operation {
    /// Returns the API's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the HTTP method.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Returns the path below the base URL.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Returns whether a session is needed.
    pub const fn session_need(&self) -> Session {
        self.session
    }

    /// Whether repeating the call does no harm, according to the spec.
    pub const fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// Whether the API was removed from the vendor's documentation. Calls fail without being sent.
    pub const fn is_removed(&self) -> bool {
        self.removed
    }

    /// Returns the page's error table.
    pub const fn documented_errors(&self) -> &'static [ErrorRow] {
        self.errors
    }

    /// Returns the page's status table: code and meaning.
    pub const fn documented_statuses(&self) -> Table {
        self.statuses
    }

    /// Returns the facts that the signature needs.
    pub(crate) const fn signing_facts(&self) -> Table {
        self.facts
    }

    /// Returns the answer's root member.
    pub(crate) const fn root_key(&self) -> Option<&'static str> {
        self.root
    }

    /// Returns the endpoint's own names of the status member, or `common`, the platform's names, if it has none.
    pub(crate) const fn status_keys(&self, common: &'static [&'static str]) -> &'static [&'static str] {
        if self.status_names.is_empty() { common } else { self.status_names }
    }

    /// Returns the names of the message member; the platform's names are `common`.
    pub(crate) const fn message_keys(&self, common: &'static [&'static str]) -> &'static [&'static str] {
        if self.message_names.is_empty() { common } else { self.message_names }
    }

    /// Returns the path of the member that contains the business members.
    pub(crate) const fn data_path(&self) -> Option<&'static str> {
        self.data
    }

    /// Returns the form of the body; the platform's is `common`. `None` if the method has no body.
    pub fn body_form(&self, common: BodyForm) -> Option<BodyForm> {
        self.method.has_body().then(|| self.body.unwrap_or(common))
    }

    /// Returns the documented meaning of a status.
    pub(crate) fn meaning(&self, status: &str) -> Option<&'static str> {
        self.statuses.iter().find(|(code, _)| *code == status).map(|(_, meaning)| *meaning)
    }

    /// Returns the row of the error table for the sub code, or else for the code. Details after a colon are ignored.
    pub(crate) fn documented(&self, sub_code: Option<&str>, code: &str) -> Option<&'static ErrorRow> {
        let row = |code: &str| self.errors.iter().find(|row| row.code == code);
        let general = |code: &str| code.split_once(':').and_then(|(general, _)| row(general));
        sub_code.and_then(|code| row(code).or_else(|| general(code))).or_else(|| row(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: ErrorRow = ErrorRow { code: "isv.missing-parameter", message: "m", solution: "s" };
    const OPERATION: Operation =
        Operation::new("a.b", Method::Post, "").errors(&[ROW]).statuses(&[("-32", "no such task")]);

    #[test]
    fn errors_are_found_by_sub_code_without_its_detail() {
        assert_eq!(OPERATION.documented(Some("isv.missing-parameter"), "15"), Some(&ROW));
        assert_eq!(OPERATION.documented(Some("isv.missing-parameter:nicks"), "15"), Some(&ROW));
        assert_eq!(OPERATION.documented(Some("isv.other"), "15"), None);
        assert_eq!(OPERATION.documented(None, "isv.missing-parameter"), Some(&ROW));
    }

    #[test]
    fn own_names_come_first() {
        assert_eq!(OPERATION.status_keys(&["status"]), ["status"]);
        let own = Operation::new("a.b", Method::Get, "").status_names(&["code"]);
        assert_eq!(own.status_keys(&["status"]), ["code"]);
        assert_eq!(OPERATION.meaning("-32"), Some("no such task"));
    }
}
