//! Calls of an API whose tables are values, not constants: of one that a program reads from specs at run time.

use super::{BlockingClient, Call, Client};
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{Platform, Protocol};

/// A request of an API that no generated type represents.
pub struct TableRequest<'a, T> {
    /// Constant facts of the endpoint.
    pub operation: &'a Operation,
    /// The request.
    pub object: &'a dyn Object,
    /// Creates the empty object that an answer is decoded into.
    pub answer: &'a dyn Fn() -> T,
}

impl<P: Platform> Client<P> {
    /// Returns the client with other rules for requests and answers than the constant of `P`, which is then never used.
    #[doc(hidden)]
    #[must_use]
    pub fn with_protocol(self, protocol: &'static Protocol) -> Self {
        Self { protocol, ..self }
    }

    /// Starts a call by tables.
    #[doc(hidden)]
    pub fn by_table<'a, T: Object>(&'a self, request: TableRequest<'a, T>) -> Call<'a, Self, P, TableRequest<'a, T>> {
        Call::new(self, request)
    }
}

impl<P: Platform> BlockingClient<P> {
    /// Starts a call by tables.
    #[doc(hidden)]
    pub fn by_table<'a, T: Object>(&'a self, request: TableRequest<'a, T>) -> Call<'a, Self, P, TableRequest<'a, T>> {
        Call::new(self, request)
    }
}
