//! Hostile answers, generated from seeds, and an oracle that is independent of the decoder.
//!
//! An answer starts as a documented sample (`sample`), is mutated (`mutate`), and gets an envelope (`envelope`). Nearly
//! every value in it is unique, so that the oracle can follow each one through the decoder: a value is in the decoded
//! object under its own name, or the coercions contain its loss.

mod envelope;
mod mutate;
mod node;
mod oracle;
mod sample;
mod xml;

pub use envelope::{Answer, Platform, Verdict, answer};
pub use node::{Leaf, Marks, Node};
pub use oracle::{Decoded, check};
pub use sample::{of_json, of_spec};
