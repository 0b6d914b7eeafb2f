//! Requests of an API whose tables are values, not constants: of one that a program reads from specs at run time.

use crate::object::Object;
use crate::operation::Operation;

/// A request of an API that no generated type represents.
pub struct TableRequest<'a, T> {
    /// Constant facts of the endpoint.
    pub operation: &'a Operation,
    /// The request.
    pub object: &'a dyn Object,
    /// Creates the empty object that an answer is decoded into.
    pub answer: &'a dyn Fn() -> T,
}
