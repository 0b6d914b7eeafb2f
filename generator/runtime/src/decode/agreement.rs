//! Compares the two readers: what is read in one pass must be what the tolerant reader makes of it. For tests.

use super::answer::tolerant;
use super::envelope::Metadata;
use super::{load, one_pass};
use crate::coercion::Coercions;
use crate::generic::equal;
use crate::object::Object;
use crate::operation::Endpoint;
use crate::protocol::Platform;
use crate::received::Received;

/// Decodes the answer with both readers. Returns whether it was read in one pass.
///
/// # Errors
///
/// How the readers differ.
pub fn readers_agree<E: Endpoint>(body: &[u8]) -> Result<bool, String> {
    let (operation, protocol) = (&E::OPERATION, &<E::Platform as Platform>::PROTOCOL);
    let (mut one, mut other) = (E::Response::default(), E::Response::default());
    let quick = one_pass::answer(body, operation, protocol, &mut one);
    let received = Received { body: body.to_vec(), ..Received::default() };
    let slow = tolerant(&received, operation, protocol, &mut other).ok();
    compare((&one, quick), (&other, slow), &E::Response::default())
}

/// Decodes the caller's own JSON with both readers. Returns whether it was read in one pass.
///
/// # Errors
///
/// How the readers differ.
pub fn readers_agree_on_text<T: Object + Default>(json: &str) -> Result<bool, String> {
    let (mut one, mut other) = (T::default(), T::default());
    let whole = |coercions| (Metadata::default(), coercions);
    let quick = one_pass::object(json, &mut one).map(whole);
    let slow = load::tolerant(json, &mut other).ok().map(whole);
    compare((&one, quick), (&other, slow), &T::default())
}

type Decoded<'a> = (&'a dyn Object, Option<(Metadata, Coercions)>);

fn compare(quick: Decoded<'_>, slow: Decoded<'_>, empty: &dyn Object) -> Result<bool, String> {
    match (quick, slow) {
        ((value, None), _) if equal(value, empty) => Ok(false),
        ((_, None), _) => Err("the value was not cleared".to_owned()),
        (_, (_, None)) => Err("read in one pass, but refused by the tolerant reader".to_owned()),
        ((one, _), (other, _)) if !equal(one, other) => Err("the values differ".to_owned()),
        ((_, Some((one, _))), (_, Some((other, _)))) if one != other => Err("the metadata differ".to_owned()),
        ((_, Some((_, one))), (_, Some((_, other)))) if one != other => {
            Err(format!("the coercions differ: {one:?}, {other:?}"))
        }
        _ => Ok(true),
    }
}
