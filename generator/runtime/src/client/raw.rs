//! Calls without types: an API that is named by text, its parameters by name, its answer as JSON.

use super::Client;
use crate::answer::Answer;
use crate::error::Error;
use crate::object::{Object, Value};
use crate::operation::{Method, Operation, Session};
use crate::protocol::Platform;
use crate::value::Json;

/// A request without types; see `raw` of a client.
pub struct RawRequest {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) operation: Operation,
    /// Names and values of the facts that the signature needs.
    pub(super) facts: Vec<(String, String)>,
    pub(super) fields: NoFields,
}

impl RawRequest {
    pub(super) fn new(name: impl Into<String>) -> Self {
        let (path, facts) = (String::new(), Vec::new());
        Self { name: name.into(), path, operation: operation(Method::Post), facts, fields: NoFields }
    }

    pub(super) fn set_method(&mut self, method: Method) {
        self.operation = operation(method);
    }
}

/// What is known about an API without its page. The session of the client is not sent to an API that may not need it.
fn operation(method: Method) -> Operation {
    Operation::new("", method, "").session(Session::None)
}

impl<P: Platform> Client<P> {
    /// Decodes the answer to a request without types, which [`Client::raw`] made. The value is one JSON object with all
    /// members of the answer, or with those inside its only root member on platforms that have one.
    ///
    /// # Errors
    ///
    /// As for [`Client::answer`].
    pub fn answer_raw(&self, response: http::Response<impl Into<Vec<u8>>>) -> Result<Answer<Json>, Error> {
        let mut value = RawValue::default();
        let answer = self.open(&operation(Method::Post), response.into(), &mut value)?;
        Ok(answer.with_value(value.into_json()))
    }
}

/// The typed part of a request without types.
#[derive(Default)]
pub(super) struct NoFields;

impl Object for NoFields {
    fn table(&self) -> &'static str {
        "RawRequest"
    }

    fn fields(&self) -> Vec<&dyn Value> {
        Vec::new()
    }

    fn fields_mut(&mut self) -> Vec<&mut dyn Value> {
        Vec::new()
    }
}

/// The members of an answer, those of its envelope included, as one JSON object.
#[derive(Default)]
pub struct RawValue {
    members: Option<Json>,
}

impl RawValue {
    pub(super) fn into_json(self) -> Json {
        self.members.unwrap_or_else(|| Json::from("{}"))
    }
}

impl Object for RawValue {
    fn table(&self) -> &'static str {
        // The only field has no name: it takes all members.
        "\0RawValue"
    }

    fn fields(&self) -> Vec<&dyn Value> {
        vec![&self.members]
    }

    fn fields_mut(&mut self) -> Vec<&mut dyn Value> {
        vec![&mut self.members]
    }
}
