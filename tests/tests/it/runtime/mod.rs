//! Requests and answers through the generated crates.

mod answers;
mod budget;
mod client;
mod credentials;
mod decoder;
mod explained;
mod hostile_answers;
mod leniency;
mod load;
mod mocks;
mod requests;
mod secrecy;
mod signatures;
mod signing_reports;
mod threads;
mod transport;
