//! Decodes well-formed answers in one pass, straight into the table of fields.
//!
//! Most answers are valid JSON in their platform's usual envelope. They are read once, without a pass that only checks
//! the syntax. A single value that is not as documented is left to the tolerant decoder, with its path, so that the same
//! coercions are counted. For any other deviation (an error of the platform, an unusual envelope, invalid JSON, repairs,
//! an exhausted budget) the whole answer is left to the tolerant reader: then nothing here decides what becomes of it.

mod envelope;
mod reader;
mod scanner;

pub(super) use envelope::{answer, object};
