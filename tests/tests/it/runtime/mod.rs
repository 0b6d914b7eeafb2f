//! Requests and answers through the generated crates.

mod answers;
mod client;
mod decoder;
mod leniency;
mod requests;
mod secrecy;
mod signatures;

/// The published answers of the golden case's signatures, which the generator wrote as a test.
#[rustfmt::skip]
#[path = "../../../golden/signing/expected/tests/signing.rs"]
mod golden_vectors;
