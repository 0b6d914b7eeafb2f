//! For tests: a platform in the process.
//!
//! A [`Mock`] is a transport that answers calls with the closures of a test. A closure gets the request decoded back into
//! its type, and returns the answer as a value, which is written as the platform writes it: everything between the caller
//! and the closure is the code that runs in production. [`With`] builds answers in one expression.
//!
//! Failures come in sequence, and time does not pass: a time-out is a [`Failure`], and the waits between attempts take no
//! time.
//!
//! ```
//! use apograph_runtime::testing::{Failure, Mock, TestCredentials, With};
//! use apograph_runtime::{Endpoint, Error, Platform};
//!
//! fn example<E>(request: &E) -> Result<(), Error>
//! where
//!     E: Endpoint<Response: With, Platform: Platform<Credentials: TestCredentials>> + Default,
//! {
//!     let mock = Mock::<E::Platform>::new();
//!     mock.on::<E>(|_| Ok(E::Response::with(|_| { /* sets fields */ }))).fail_first([Failure::unreachable()]);
//!     let answer = mock.blocking_client().send(request)?;
//!     assert_eq!(answer.attempts(), 2);
//!     assert_eq!(mock.calls_of::<E>().len(), 2);
//!     Ok(())
//! }
//! ```
//!
//! The errors that a call returns can be built without a client: see [`Failure::error`].

mod call;
mod clock;
mod failure;
mod handler;
mod mock;
mod multipart;
mod path;
mod read;
mod sample;
#[cfg(test)]
mod tests;
mod values;
mod write;

pub use call::{MockCall, RecordedCall};
pub use failure::Failure;
pub use mock::{Expectation, Mock};
pub use values::{TestCredentials, With};
pub use write::AnswerLayout;

pub(crate) use call::Origin;

#[doc(hidden)]
pub use read::{OtherParameter, ReadError, ReadRequest, SentRequest, check_request, read_request};
#[doc(hidden)]
pub use sample::read_answer;
#[doc(hidden)]
pub use write::{AnswerError, Written, write_answer, write_error};
