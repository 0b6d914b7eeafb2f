//! Typed values from the caller's own JSON: the output of [`to_json`](crate::to_json), or a fixture.

use super::budget::Budget;
use super::decoder::{Decoder, JsonText};
use super::ends::Ends;
use super::raw::{Form, Raw};
use super::{one_pass, text};
use crate::coercion::{Coercions, Ledger};
use crate::error::{DecodeError, DecodeProblem};
use crate::object::Object;

/// Decodes an object from JSON with wire names, and returns it with the deviations from its documentation.
///
/// # Errors
///
/// [`DecodeError`] if the text is not a JSON object, or if the decoded object would take much more memory than the text.
pub fn from_json<T: Object + Default>(json: &str) -> Result<(T, Coercions), DecodeError> {
    let mut value = T::default();
    let coercions = load(json, &mut value)?;
    Ok((value, coercions))
}

/// Fills `target`, which must be empty, as [`from_json`] does.
///
/// # Errors
///
/// As for [`from_json`].
pub fn load(json: &str, target: &mut dyn Object) -> Result<Coercions, DecodeError> {
    one_pass::object(json, target).map_or_else(|| tolerant(json, target), Ok)
}

/// Fills `target`, which must be empty, from JSON that may deviate from its documentation in many ways.
pub(super) fn tolerant(json: &str, target: &mut dyn Object) -> Result<Coercions, DecodeError> {
    let (mut ledger, mut budget) = (Ledger::default(), Budget::of(json.len()));
    let error = |problem| DecodeError::of_text(problem, json);
    let text = text::json(json, &mut ledger, &mut budget).map_err(error)?;
    let ends = Ends::of(&text, &mut budget);
    let raw = Raw::of_valid(&text).indexed(&ends);
    if raw.form() != Form::Object {
        return Err(error(DecodeProblem::NotAnObject));
    }
    let mut decoder = Decoder::new(JsonText::Always, ledger, budget);
    decoder.fill(raw, target);
    decoder.finish(target).map_err(error)
}
