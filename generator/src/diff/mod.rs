//! What differs between two revisions of specs, as a flat list of typed changes.
//!
//! Compared is what the specs mean, never their text: order, YAML layout and moved files vanish. [`endpoint`] gives
//! the facts of one API, [`listing`] prints them without a verdict.

mod change;
mod endpoint;
mod facts;
mod fields;
mod kind;
mod limits;
mod listing;
mod matching;
mod order;
mod shape;
mod similar;
mod tables;
mod values;

pub use change::{Change, Mark};
pub use endpoint::endpoint;
pub use kind::Kind;
pub use listing::listing;
pub use shape::Rules;

#[cfg(test)]
mod tests;
