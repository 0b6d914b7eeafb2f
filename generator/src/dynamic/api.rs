//! One endpoint as the runtime's tables.

use apograph_runtime::Operation;

use super::body::Body;
use super::operation;
use super::record::Record;
use super::shape::Types;
use crate::model::Endpoint;

/// The tables of one endpoint.
#[derive(Copy, Clone, Debug)]
pub struct Api {
    operation: &'static Operation,
    request: &'static Types,
    response: &'static Types,
}

impl Api {
    /// Converts an endpoint.
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        Self {
            operation: Box::leak(Box::new(operation::table(endpoint))),
            request: Types::of(&endpoint.request, &endpoint.api),
            response: Types::of(&endpoint.response, &format!("{} answer", endpoint.api)),
        }
    }

    /// Returns the endpoint's constant facts.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns an empty request.
    #[must_use]
    pub fn request(&self) -> Record {
        Record::root(self.request)
    }

    /// Reads a request from valid JSON, strictly.
    #[must_use]
    pub fn read_request(&self, json: &str) -> Body {
        Body::read(json, self.request)
    }

    /// Returns an empty answer.
    #[must_use]
    pub fn response(&self) -> Record {
        Record::root(self.response)
    }
}
