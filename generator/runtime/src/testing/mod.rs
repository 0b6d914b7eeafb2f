//! For tests: a platform in the process.
//!
//! A [`Mock`] is a transport that answers calls with the closures of a test. A closure gets the request decoded back into
//! its type, and returns the answer as a value, which is written as the platform writes it: everything between the caller
//! and the closure is the code that runs in production. [`With`] builds answers in one expression.
//!
//! Failures come in sequence, and time does not pass: a time-out is a [`Failure`], and the waits between attempts take no
//! time.
//!
//! The docs of each platform's module contain a test of one of its APIs to copy. The pattern, for any API:
//!
//! ```
//! # extern crate apograph_runtime as apograph_apis;
//! use apograph_apis::testing::{Failure, Mock, TestCredentials, With};
//! use apograph_apis::{Endpoint, Error, Platform};
//!
//! fn test<E>(request: &E) -> Result<(), Error>
//! where
//!     E: Endpoint<Platform: Platform<Credentials: TestCredentials>> + Default,
//! {
//!     let mock = Mock::<E::Platform>::new();
//!     let api = mock
//!         .on::<E>(|_call| Ok(E::Response::with(|_answer| { /* sets fields */ })))
//!         .fail_first([Failure::unreachable()]);
//!     let answer = mock.blocking_client().send(request)?; // the code under test
//!     assert_eq!((answer.attempts(), api.calls(), api.remaining_failures()), (2, 2, 0));
//!     assert_eq!(mock.calls_of::<E>()[1].attempt(), 2);
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
mod phrase;
mod placed;
mod read;
mod sample;
#[cfg(test)]
mod tests;
mod texts;
mod values;
mod write;

pub use call::{MockCall, RecordedCall};
pub use failure::Failure;
pub use mock::{Expectation, Mock};
pub use values::{TestCredentials, With};
pub use write::AnswerLayout;

pub(crate) use call::Origin;

#[doc(hidden)]
pub use phrase::{PhraseError, check_phrase};
#[doc(hidden)]
pub use read::{OtherParameter, ReadError, ReadRequest, SentRequest, check_request, read_request};
#[doc(hidden)]
pub use sample::read_answer;
#[doc(hidden)]
pub use texts::AnswerError;
#[doc(hidden)]
pub use write::{Written, write_answer, write_error};
