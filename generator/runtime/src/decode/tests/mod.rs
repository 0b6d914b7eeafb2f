//! Decoding as a whole: values, lists, envelopes.

mod budget;
mod depth;
mod envelopes;
mod failures;
mod lists;
mod losses;
mod one_pass;
mod properties;
mod strangers;
mod values;
mod whole;

use super::budget::Budget;
use super::decoder::{Decoder, JsonText, MAX_DEPTH};
use super::raw::Raw;
use super::{answer, from_json, load, readers_agree, readers_agree_on_text, text};
use crate::coercion::{CoercionKind, Coercions, Ledger};
use crate::fixture::{
    All, Channel, Evolved, FormAnswer, FormCall, FormPlatform, Gender, Item, JsonAnswer, JsonCall, JsonPlatform,
};
use crate::received::Received;
use crate::{Decimal, Endpoint, Error, Json, Map, MapValue, Object, Platform};

/// The coercions, as text.
fn shown(coercions: &Coercions) -> Vec<String> {
    coercions.iter().map(ToString::to_string).collect()
}

/// A value decoded as from an answer, and the coercions.
fn read<T: Object + Default>(json: &str) -> (T, Vec<String>) {
    let mut value = T::default();
    let mut decoder = Decoder::new(JsonText::IfValid, Ledger::default(), Budget::of(json.len()));
    decoder.fill(Raw::parse(json).map(|_| Raw::of_valid(json)).expect("valid"), &mut value);
    let coercions = decoder.finish(&mut value).expect("within the limit");
    (value, shown(&coercions))
}

fn received(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Received {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body).expect("a response").into()
}

fn reply<E: Endpoint>(status: u16, body: &str) -> Result<(E::Response, answer::Reply), Error> {
    let mut value = E::Response::default();
    let protocol = &<E::Platform as Platform>::PROTOCOL;
    let reply = answer(received(status, &[], body.as_bytes()), &E::OPERATION, protocol, &mut value)?;
    Ok((value, reply))
}

fn item(id: i64) -> Item {
    Item { id: Some(id), ..Item::default() }
}
