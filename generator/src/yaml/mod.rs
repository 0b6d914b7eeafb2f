//! Reading YAML with positions.
//!
//! Specs are read by typed serde, which keeps no positions and stops at the first error. When that fails, or a
//! diagnostic needs a line and a column, this second reader goes over the file: one pass over the parser's events
//! makes a tree with byte ranges, which is then checked against the schema of the file.

mod check;
pub(crate) mod schema;
mod tree;

pub(crate) use check::{check, is_more_than_data, is_readable};
pub(crate) use tree::{DEEPEST, Tree};
