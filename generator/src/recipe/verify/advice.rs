//! Advice about a recipe that does not reproduce a vector: the usual mistakes of clients are also those of recipes.

use std::rc::Rc;
use std::time::{Duration, UNIX_EPOCH};

use apograph_runtime::sign::Parts;

use super::field::line;
use super::{Check, Mistake, Verifier};
use crate::recipe::interpret::{Run, Trace};
use crate::recipe::scheme::{Assignment, Plan};

/// Returns what to change so that a field gets the expected value of a vector. `parts` is the request before the fields that
/// are set after signing, and `values` are the expected value and that of the recipe.
pub(in crate::recipe) fn advice(
    run: &Run<'_>,
    field: &Assignment,
    parts: &Parts,
    trace: &Trace,
    [expected, got]: [&str; 2],
) -> Option<String> {
    let server =
        Verifier { scheme: run.scheme, credentials: run.credentials, now: UNIX_EPOCH, tolerance: Duration::ZERO };
    let mut plan: Plan = run.plan.clone();
    plan.places.retain(|place| !super::same_field(place, field));
    plan.places.push(field.clone());
    let check = Check {
        server,
        plan: &plan,
        received: parts,
        signed: parts.clone(),
        credentials: run.credentials.to_vec(),
        problems: Vec::new(),
        signatures: Rc::default(),
    };
    let inputs = Trace { clocks: trace.clocks.clone(), nonces: trace.nonces.clone(), lets: Vec::new() };
    let mistake = check.mistake(field, expected, got, &inputs)?;
    // Only a digest has a length of its own.
    let is_told = super::is_digest(&plan, &field.template) || !matches!(mistake, Mistake::Length { .. });
    is_told.then(|| text(&mistake))
}

fn text(mistake: &Mistake) -> String {
    let listed = |names: &[String]| names.iter().map(|name| format!("`{}`", line(name))).collect::<Vec<_>>().join(", ");
    let change = match mistake {
        Mistake::LetterCase => "if upper and lower case are swapped: see `hex` and `HEX`".to_owned(),
        Mistake::OtherVariant(name) => format!("in the variant `{name}`"),
        Mistake::OtherEncoding => "in another encoding: see `hex`, `base64` and `base64url`".to_owned(),
        Mistake::OtherDigest(word) => format!("with the digest `{word}`"),
        Mistake::OtherOrder(word) => format!("with `sort: {word}` in the pairs"),
        Mistake::Length { received, expected } => {
            return format!(
                "the vector has {received} characters, the recipe gives {expected}: compare the digest and its encoding"
            );
        }
        Mistake::SecretMissing(secret) => format!("if `{secret}` is empty"),
        Mistake::SecretIs { secret, used } => format!("with `{used}` in place of `{secret}`"),
        Mistake::SecretWhiteSpace(secret) => format!("with other white space around `{secret}`"),
        Mistake::SecretOnce { secret, at_start: true } => format!("without `{secret}` at the start of the text"),
        Mistake::SecretOnce { secret, at_start: false } => format!("without `{secret}` at the end of the text"),
        Mistake::Unsigned(names) => format!("if {} is not signed: see `except`", listed(names)),
        Mistake::FormUnsigned => "if the form is not signed: see `from`".to_owned(),
        Mistake::QueryUnsigned => "if the query is not signed: see `from`".to_owned(),
        Mistake::BodyUnsigned => "if the body is not signed".to_owned(),
        Mistake::EmptySigned => "if `drop: [empty]` is added, or removed".to_owned(),
        Mistake::Joined(form) => format!("if the pairs are joined as `{form}`: see `item` and `join`"),
        Mistake::PercentEncoded => {
            "if the values are percent-encoded: add `value: [rfc3986]`, `[component]` or `[form]` to the pairs"
                .to_owned()
        }
        Mistake::EncodedTwice => "if the values are decoded: add `value: [unpercent]` to the pairs".to_owned(),
        Mistake::PlusAsSpace => "with `+` in place of each space".to_owned(),
        Mistake::NotUtf8 => "if characters outside of ASCII are replaced by `?`, which no recipe can do".to_owned(),
        Mistake::Trimmed => "without white space around values: add `value: [trim]` to the pairs".to_owned(),
        Mistake::LineFeed => "with a line feed at the end of the text".to_owned(),
        Mistake::OtherText { name: Some(name), form } => format!("if `{}` is signed as {form}", line(name)),
        Mistake::OtherText { name: None, form } => format!("if values that contain JSON are signed as {form}"),
    };
    format!("the recipe gives the expected value {change}")
}
