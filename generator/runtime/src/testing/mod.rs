//! For tests: the server's half of the wire.

mod multipart;
mod path;
mod read;
mod sample;
#[cfg(test)]
mod tests;
mod write;

#[doc(hidden)]
pub use read::{ReadError, ReadRequest, SentParameter, SentRequest, check_request, read_request};
#[doc(hidden)]
pub use sample::read_answer;
#[doc(hidden)]
pub use write::{AnswerError, AnswerLayout, Written, write_answer, write_error};
