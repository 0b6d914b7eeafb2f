//! A server that behaves as the platforms do, for tests of clients: the gateway of `apograph mock`.
//!
//! [`Gateway`] answers requests and does no I/O: it finds the API, checks the request with the interpreted signing recipe
//! and with the marks and limits of the API's page, and answers with the page's sample or with the error that the platform
//! documents. [`Faults`] decides which answers fail, are late or break off. [`Server`] serves a gateway over HTTP.

mod body;
mod check;
mod connection;
mod credentials;
mod entry;
mod faults;
mod gateway;
mod issue;
mod layout;
mod route;
mod served;
mod server;
mod shared;

pub use credentials::Credentials;
pub use entry::{Entry, Outcome, Unread};
pub use faults::{Decider, Decision, Every, Fail, FailWith, FaultError, Faults, Latency, duration};
pub use gateway::{Gateway, Options, Reply, TOLERANCE};
pub use issue::Issue;
pub use served::Served;
pub use server::Server;
pub use shared::Limits;
