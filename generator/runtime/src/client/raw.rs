//! Calls without types: an API that is named by text, its parameters by name, its answer as JSON.

use crate::object::{Field, Object, Shape, Value};
use crate::operation::{Method, Operation, Session};
use crate::value::Json;

/// A request without types; see `raw` of a client.
pub struct RawRequest {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) operation: Operation,
    pub(super) fields: NoFields,
}

impl RawRequest {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), path: String::new(), operation: operation(Method::Post), fields: NoFields }
    }

    pub(super) fn set_method(&mut self, method: Method) {
        self.operation = operation(method);
    }
}

/// What is known about an API without its page: a session is sent if there is one.
fn operation(method: Method) -> Operation {
    Operation::new("", method, "").session(Session::Optional)
}

/// The typed part of a request without types.
#[derive(Default)]
pub(super) struct NoFields;

impl Object for NoFields {
    fn shape(&self) -> &'static Shape {
        const SHAPE: Shape = Shape::new("RawRequest", &[]);
        &SHAPE
    }

    fn field(&self, _: usize) -> Option<&dyn Value> {
        None
    }

    fn field_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        None
    }
}

/// The business members of an answer, as one JSON object.
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
    fn shape(&self) -> &'static Shape {
        const SHAPE: Shape = Shape::whole("RawValue", &[Field::new("")]);
        &SHAPE
    }

    fn field(&self, index: usize) -> Option<&dyn Value> {
        (index == 0).then_some(&self.members as _)
    }

    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        (index == 0).then_some(&mut self.members as _)
    }
}
