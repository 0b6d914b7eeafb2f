//! What differs between two revisions of specs, as a flat list of typed changes.
//!
//! Compared is what the specs mean, never their text: order, YAML layout and moved files vanish. [`endpoint`] gives
//! the facts of one API, [`listing`] prints them without a verdict.

mod change;
mod compare;
mod endpoint;
mod facts;
mod fields;
mod kind;
mod limits;
mod listed;
mod listing;
mod matching;
mod order;
pub mod output;
mod package;
mod platform;
pub mod prose;
mod report;
mod revision;
mod rust;
mod shape;
mod signing;
mod similar;
mod tables;
mod values;
pub mod verdict;
mod witness;

pub use change::{Change, Mark};
pub use compare::{compare, compare_loose};
pub use endpoint::endpoint;
pub use kind::Kind;
pub use listing::listing;
pub use package::package;
pub use platform::platform;
pub use report::{Finding, Report, Subject};
pub use revision::{Revision, Texts, read};
pub use shape::Rules;

use endpoint::between;

#[cfg(test)]
mod tests;
