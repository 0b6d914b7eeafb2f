//! Writes the business members of answers, for servers in tests: the reverse of decoding.

use super::encoder::{Checks, Encoder, Lists, Rules};
use super::sent::Sent;
use super::xml::Markup;
use crate::object::{Object, View};
use crate::protocol::ValueRules;

/// Writes an object as the JSON of an answer. Absent members are left out.
pub(crate) fn json(object: &dyn Object, values: &ValueRules, lists: Lists) -> String {
    // An answer without types is its own JSON.
    let first = Sent::of(object).iter().next();
    if let (true, Some((_, _, View::Json(json)))) = (object.shape().is_whole(), first) {
        return json.as_str().to_owned();
    }
    let mut encoder = Encoder::new(Rules::answer(values, lists), Checks::Off);
    encoder.members(object, &[]);
    encoder.out
}

/// Writes the members of an object as XML elements. Absent members are left out.
// specs/top/PROTOCOL.md#xml-answers
pub(crate) fn xml(object: &dyn Object, values: &ValueRules) -> String {
    let mut encoder = Encoder::new(Rules::answer(values, Lists::Bare), Checks::Off);
    let mut markup = Markup::new(&mut encoder);
    markup.members(object, &[]);
    markup.finish()
}
