//! Checks YAML files against schemas, with positions.
//!
//! Typed serde reads specs, but it keeps no positions and stops at the first error. When it fails, this module goes over
//! the file again: it checks the position tree of the file ([`crate::source::tree`]) against the schema of the file and
//! collects every finding.

mod check;
pub(crate) mod schema;

pub(crate) use crate::source::tree::DEEPEST;
pub(crate) use check::{check, is_more_than_data, is_readable};
