//! Finds the object that each row of a table belongs to, with the samples as evidence.

pub(crate) mod flat;

use crate::terms::{About, Note};
use crate::transcribe::field::Field;
use crate::transcribe::types::Kind;

/// Settles what an untyped list contains: what its elements in the sample are, if they are scalars of one type.
pub(crate) fn items(field: &mut Field, elements: &[Kind]) {
    let mut words: Vec<&str> = elements.iter().map(|element| element.word()).collect();
    words.dedup();
    match words.as_slice() {
        [word] if elements.iter().all(|element| element.is_scalar()) => field.items = Some((*word).to_owned()),
        [] => field.doubt(About::Type, Note::SampleMissing),
        _ => field.doubt(About::Type, Note::Ambiguous),
    }
}
