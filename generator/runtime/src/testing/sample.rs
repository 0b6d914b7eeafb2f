//! Reads answers that are printed on pages.

use crate::coercion::Coercions;
use crate::decode;
use crate::error::Error;
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::Protocol;
use crate::received::Received;

/// Decodes an answer of `operation` into `target`, which must be empty, as a client does.
///
/// # Errors
///
/// As for [`Client::answer`](crate::Client::answer): the sample may also be that of an error.
#[doc(hidden)]
pub fn read_answer(
    response: http::Response<Vec<u8>>,
    protocol: &Protocol,
    operation: &Operation,
    target: &mut dyn Object,
) -> Result<Coercions, Error> {
    decode::answer(Received::from(response), operation, protocol, target).map(|reply| reply.coercions)
}
