//! When a failed call is repeated, and how fast calls may follow each other.
//!
//! Nothing here waits, reads a clock or draws random numbers: the client passes them in.

mod outlook;
mod policy;
mod rate;
mod schedule;

pub(crate) use outlook::{Outlook, http_outlook};
pub use policy::RetryPolicy;
pub(crate) use rate::Limiter;
pub use rate::RateLimit;
pub(crate) use schedule::{Limits, Repeat, Schedule};
