//! The two kinds of calls: of a typed request, and of an API that is named by text.

use super::raw::{RawRequest, RawValue};
use super::table::TableRequest;
use crate::object::Object;
use crate::operation::{Endpoint, Operation};
use crate::value::Json;

/// The request of a [`Call`](super::Call), typed or not. Only this crate implements the trait.
pub trait Subject: sealed::Sealed {
    /// What an answer contains.
    type Value;
    /// What an answer is decoded into.
    #[doc(hidden)]
    type Target: Object;

    #[doc(hidden)]
    fn outgoing(&self) -> Outgoing<'_>;

    /// Creates the empty object that an answer is decoded into.
    #[doc(hidden)]
    fn target(&self) -> Self::Target;

    #[doc(hidden)]
    fn value(target: Self::Target) -> Self::Value;
}

/// The API that is called, and the values that are sent to it.
#[derive(Copy, Clone)]
pub struct Outgoing<'a> {
    pub(crate) name: &'a str,
    pub(crate) path: &'a str,
    pub(crate) operation: &'a Operation,
    /// Facts that the signature needs, besides those of the operation.
    pub(crate) facts: &'a [(String, String)],
    pub(crate) object: &'a dyn Object,
}

impl<'a> Outgoing<'a> {
    pub(crate) fn typed<E: Endpoint>(request: &'a E) -> Self {
        let operation = &E::OPERATION;
        Self { name: operation.name(), path: operation.path(), operation, facts: &[], object: request }
    }
}

impl<E: Endpoint> Subject for &E {
    type Target = E::Response;
    type Value = E::Response;

    fn outgoing(&self) -> Outgoing<'_> {
        Outgoing::typed(*self)
    }

    fn target(&self) -> Self::Target {
        E::Response::default()
    }

    fn value(target: Self::Target) -> Self::Value {
        target
    }
}

impl Subject for RawRequest {
    type Target = RawValue;
    type Value = Json;

    fn outgoing(&self) -> Outgoing<'_> {
        let Self { name, path, operation, facts, fields } = self;
        Outgoing { name, path, operation, facts, object: fields }
    }

    fn target(&self) -> Self::Target {
        RawValue::default()
    }

    fn value(target: Self::Target) -> Self::Value {
        target.into_json()
    }
}

impl<T: Object> Subject for TableRequest<'_, T> {
    type Target = T;
    type Value = T;

    fn outgoing(&self) -> Outgoing<'_> {
        let Self { operation, object, .. } = *self;
        Outgoing { name: operation.name(), path: operation.path(), operation, facts: &[], object }
    }

    fn target(&self) -> T {
        (self.answer)()
    }

    fn value(target: T) -> T {
        target
    }
}

mod sealed {
    pub trait Sealed {}

    impl<E: crate::Endpoint> Sealed for &E {}

    impl Sealed for crate::client::raw::RawRequest {}

    impl<T> Sealed for crate::client::table::TableRequest<'_, T> {}
}
