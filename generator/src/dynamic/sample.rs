//! The answer of an API: the page's sample, or an answer made from the examples of its fields.

use apograph_runtime as rt;
use apograph_runtime::testing::read_answer;
use serde_json::{Map, Value};

use super::{Api, Platform, Record};
use crate::model::{Arity, Endpoint, Field, Item, Side};

/// Objects below this depth are left out of an answer made from examples: types may contain themselves.
const MAX_DEPTH: usize = 8;

/// Whether a sample of a page, by its name, is one of a successful answer.
#[must_use]
pub fn is_answer(name: &str) -> bool {
    name.starts_with("response_") && !name.contains("error")
}

/// Returns a successful answer: the first of these samples that is one, or else one made from examples.
#[must_use]
pub fn sample_answer<'s>(
    samples: impl IntoIterator<Item = &'s str>,
    platform: &Platform<'_>,
    endpoint: &Endpoint,
    api: &Api,
) -> Record {
    let decoded = samples.into_iter().find_map(|sample| decoded(sample, platform, api));
    decoded.unwrap_or_else(|| from_examples(endpoint, api))
}

/// Returns the sample of a page. `None` if it is not a successful answer.
fn decoded(sample: &str, platform: &Platform<'_>, api: &Api) -> Option<Record> {
    let mut record = api.response();
    let response = http::Response::new(sample.as_bytes().to_vec());
    let coercions = read_answer(response, platform.protocol(), api.operation(), &mut record).ok()?;
    // A sample of another API, or one that lost its structure, would be an empty answer.
    let is_lost = coercions.count_of(rt::CoercionKind::Misfit) > 0;
    (!is_lost && rt::to_json(&record) != "{}").then_some(record)
}

fn from_examples(endpoint: &Endpoint, api: &Api) -> Record {
    let json = Value::Object(object(&endpoint.response, &endpoint.response.root, 0)).to_string();
    let mut record = api.response();
    match rt::load(&json, &mut record) {
        Ok(_) => record,
        Err(_) => api.response(),
    }
}

fn object(side: &Side, fields: &[Field], depth: usize) -> Map<String, Value> {
    let members = fields.iter().filter_map(|field| {
        let value = value(side, field, depth)?;
        Some((field.wire.clone(), if matches!(field.arity, Arity::Many) { Value::Array(vec![value]) } else { value }))
    });
    members.collect()
}

fn value(side: &Side, field: &Field, depth: usize) -> Option<Value> {
    let example = || field.example.clone().filter(|text| !text.trim().is_empty());
    let text = |fallback: &str| Value::String(example().unwrap_or_else(|| fallback.to_owned()));
    let number = || example().and_then(|text| text.trim().parse::<i64>().ok()).unwrap_or(1);
    Some(match field.item {
        Item::Text => text("text"),
        Item::Integer => Value::from(number()),
        Item::Decimal => {
            example().filter(|text| text.trim().parse::<f64>().is_ok()).map_or_else(|| "1.00".into(), Value::String)
        }
        Item::Boolean => Value::Bool(example().is_none_or(|text| !text.trim().eq_ignore_ascii_case("false"))),
        Item::Date => text("2026-01-02 03:04:05"),
        Item::Json | Item::Opaque => example().filter(|text| is_json(text)).map_or_else(|| "{}".into(), Value::String),
        Item::Map => example().and_then(|text| serde_json::from_str(&text).ok()).filter(Value::is_object)?,
        Item::File => return None,
        Item::Enum(id) => Value::String(side.enums.get(id.0)?.values.first()?.wire.clone()),
        Item::Object(id) if depth < MAX_DEPTH => {
            Value::Object(object(side, &side.objects.get(id.0)?.fields, depth + 1))
        }
        Item::Object(_) => return None,
    })
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
