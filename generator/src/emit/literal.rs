//! Sample values of pages as Rust expressions that setters accept.

use core::cmp::Ordering;
use std::time::{Duration, SystemTime};

use apograph_runtime::sign::is_blank;
use apograph_runtime::{Date, Decimal, Json, Moment, SystemNonce, Zone, integer_against};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::docs;
use super::rt::{Rt, fixed};
use crate::model::{DateFormat, Field, Item, Limits};
use crate::terms::ScalarListForm;

/// Maximum length of a text in an example, in characters: longer ones make lines that readers have to scroll.
const MAX_TEXT: usize = 40;

/// 2026-01-02 12:00:00 UTC, in seconds since the Unix epoch.
const NOON: u64 = 1_767_355_200;

/// Maximum number of elements of a list or map in an example.
const MAX_ELEMENTS: usize = 2;

/// Splits the sample value of a list, which is a JSON array or separated by commas. Elements that cannot be sent and those
/// beyond the limit are left out.
pub(super) fn elements(field: &Field, text: &str, form: ScalarListForm) -> Vec<String> {
    let element = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let all: Vec<String> = match serde_json::from_str(text) {
        Ok(Value::Array(items)) => items.into_iter().map(element).collect(),
        _ => text.split(',').map(|part| part.trim().to_owned()).collect(),
    };
    let is_sent = |text: &String| form != ScalarListForm::Comma || !text.contains(',');
    all.into_iter().filter(is_sent).take(most_elements(field)).collect()
}

fn most_elements(field: &Field) -> usize {
    let most = field.limits.max_items.and_then(|most| usize::try_from(most).ok());
    most.map_or(MAX_ELEMENTS, |most| most.min(MAX_ELEMENTS))
}

/// Returns the expression of a page's value. `None` if it is not one of the field's type, or breaks the field's limits.
pub(super) fn known(field: &Field, text: &str) -> Option<TokenStream> {
    let limits = &field.limits;
    let is_shown = !is_blank(text) && text.chars().count() <= MAX_TEXT && !text.chars().any(docs::is_invisible);
    if !is_shown {
        return None;
    }
    let length = limits.max_length.unwrap_or(u64::MAX);
    match field.item {
        Item::Text => (text.chars().count() as u64 <= length).then(|| string(text)),
        Item::Integer => text.parse().ok().filter(|number| is_integer_within(limits, *number)).map(integer),
        Item::Decimal => (Decimal::from(text).to_f64().is_some() && is_within(limits, text)).then(|| string(text)),
        Item::Boolean => text.parse::<bool>().ok().map(|value| quote! { #value }),
        Item::Date => Date::from(text).to_system_time(Zone::UTC).map(|_| string(text)),
        Item::Json => (Json::from(text).is_valid() && text.chars().count() as u64 <= length).then(|| string(text)),
        Item::Opaque => Json::from(text).is_valid().then(|| string(text)),
        Item::Map => map(text),
        Item::File | Item::Enum(_) | Item::Object(_) => None,
    }
}

/// Returns a made-up value for a required field without a usable one on its page.
pub(super) fn invented(field: &Field, name: &str, dates: &DateFormat) -> Option<TokenStream> {
    let Limits { max_length, min, max, .. } = &field.limits;
    let number = min.as_deref().or(max.as_deref());
    match field.item {
        Item::Text => {
            let most = max_length.and_then(|most| usize::try_from(most).ok()).unwrap_or(MAX_TEXT);
            let words = format!("your {}", name.trim_matches('_').replace('_', " "));
            Some(string(&words.chars().take(most).collect::<String>()))
        }
        Item::Integer => invented_integer(&field.limits).map(integer),
        Item::Decimal => Some(string(number.unwrap_or("1.00"))),
        Item::Boolean => Some(quote! { true }),
        Item::Date => Some(invented_date(dates)),
        Item::Json | Item::Opaque => Some(string("{}")),
        Item::Map => Some(quote! { [("key", "value".into())] }),
        Item::File => {
            let name = fixed(Rt::File.word());
            Some(quote! { #name::new("file.txt", "content") })
        }
        Item::Enum(_) | Item::Object(_) => None,
    }
}

/// Returns the lower limit, the upper one, or 1.
fn invented_integer(limits: &Limits) -> Option<i64> {
    // Rounded to an integer within the limit.
    let rounded = |limit: &Option<String>, round: fn(f64) -> f64| {
        let limit = Decimal::from(limit.as_deref()?);
        #[expect(clippy::cast_possible_truncation, reason = "a limit beyond 64 bits becomes the nearest integer")]
        limit.to_i64().or_else(|| limit.to_f64().map(|limit| round(limit) as i64))
    };
    let number = rounded(&limits.min, f64::ceil).or_else(|| rounded(&limits.max, f64::floor)).unwrap_or(1);
    is_integer_within(limits, number).then_some(number)
}

/// Returns a date as the platform writes it. The current time would be another value in each run.
fn invented_date(DateFormat { pattern, offset_seconds }: &DateFormat) -> TokenStream {
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(NOON);
    let nonces = SystemNonce::default();
    let moment = Moment::new(noon, &nonces);
    let text = moment.datetime(pattern, *offset_seconds, -i64::from(*offset_seconds)).ok();
    let known = text.filter(|text| Date::from(text.as_str()).to_system_time(Zone::east(*offset_seconds)).is_some());
    known.map_or_else(|| quote! { std::time::SystemTime::now() }, |text| string(&text))
}

/// Whether an integer is within the limits, as the runtime compares them.
fn is_integer_within(limits: &Limits, number: i64) -> bool {
    let against = |limit: &Option<String>| limit.as_deref().and_then(|limit| integer_against(number, limit));
    against(&limits.min) != Some(Ordering::Less) && against(&limits.max) != Some(Ordering::Greater)
}

/// Whether a decimal number is within the limits, as the runtime compares them.
fn is_within(limits: &Limits, text: &str) -> bool {
    let number = |text: &str| Decimal::from(text).to_f64();
    let Some(value) = number(text) else { return false };
    limits.min.as_deref().and_then(number).is_none_or(|min| min <= value)
        && limits.max.as_deref().and_then(number).is_none_or(|max| value <= max)
}

fn integer(value: i64) -> TokenStream {
    // A number without a suffix would be an `i32` where it is converted.
    let literal = match i32::try_from(value) {
        Ok(value) => Literal::i32_unsuffixed(value),
        Err(_) => Literal::i64_suffixed(value),
    };
    quote! { #literal }
}

/// Returns a string literal, a raw one if the text has quotes.
fn string(text: &str) -> TokenStream {
    let is_plain = !text.contains(['"', '\\']) || text.contains("\"#");
    let raw = if is_plain { None } else { format!("r#\"{text}\"#").parse::<Literal>().ok() };
    let literal = raw.unwrap_or_else(|| Literal::string(text));
    quote! { #literal }
}

/// Returns the first entries of a JSON object of scalars.
fn map(text: &str) -> Option<TokenStream> {
    let Ok(Value::Object(entries)) = serde_json::from_str(text) else { return None };
    let entries = entries.iter().take(MAX_ELEMENTS).filter_map(|(key, value)| {
        let value = match value {
            Value::String(text) => string(text),
            Value::Bool(value) => quote! { #value },
            Value::Number(number) => integer(number.as_i64()?),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some(quote! { (#key, #value.into()) })
    });
    let entries: Vec<_> = entries.collect();
    (!entries.is_empty()).then(|| quote! { [#(#entries),*] })
}
