//! Calls by tables that are values.

use super::{BlockingClient, Call, Client, TableRequest};
use crate::object::Object;
use crate::protocol::{Platform, Protocol};

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
