//! Requests and answers through the generated crates.

mod answers;
mod client;
mod decoder;
mod hostile_answers;
mod leniency;
mod requests;
mod secrecy;
mod signatures;
mod transport;
