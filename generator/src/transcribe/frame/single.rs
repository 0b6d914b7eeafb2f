//! Requests and answers that are one value: a text, a number, or a list of such. Transcripts describe the members of objects, so a
//! page about one value is refused: without its members, nothing of the answer would be left.

use std::ops::Range;

use super::parts::{Home, Outline};
use super::samples::{self, Named};
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::dialect::Dialect;
use crate::transcribe::row::Side;
use crate::transcribe::sample::json::Json;
use crate::transcribe::types;

/// Maximum characters of a line that names the type of the answer.
const LONGEST: usize = 60;

/// Whether a line names the type of a value as the answer: `返回 string`, `Returns a number`.
pub(super) fn is_named(text: &str, dialect: &Dialect) -> bool {
    let is_scalar = |word: &String| types::kind(word).is_scalar();
    text.chars().count() <= LONGEST && dialect.begins_answer(text) && dialect.types_within(text).iter().any(is_scalar)
}

/// Refuses an answer without a table whose samples, or whose text, show one value.
pub(super) fn check(outline: &Outline, named: &[Named]) -> Result<(), Refusal> {
    let has_table = outline.tables.iter().any(|table| table.home == Home::Side(Side::Response));
    if has_table {
        return Ok(());
    }
    let is_sampled = samples::is_all(named, Side::Response, is_value);
    let sample = named.iter().find(|sample| sample.side == Side::Response && is_sampled).map(|sample| &sample.at);
    let is_shown = named.iter().any(|sample| sample.side == Side::Response && !sample.values.is_empty());
    match sample.or(outline.single.as_ref().filter(|_| !is_shown)) {
        Some(at) => Err(refusal(Side::Response, at)),
        None => Ok(()),
    }
}

/// Whether a value has no object in it.
fn is_value(value: &Json) -> bool {
    match value {
        Json::Object(_) => false,
        Json::Array(elements) => !elements.is_empty() && elements.iter().all(is_value),
        Json::Text(_) | Json::Plain(_) | Json::Null => true,
    }
}

/// The error for a side that is one value.
pub(super) fn refusal(side: Side, at: &Range<usize>) -> Refusal {
    let what = if side == Side::Request { "request" } else { "answer" };
    let message = format!("the {what} is one value or a list of values, and not an object with members");
    Refusal::new(Code::NotRead, at.clone(), message)
        .help("transcripts have no fact for that; call this API without a transcript")
}
