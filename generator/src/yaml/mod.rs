//! Checks YAML files against schemas, with positions.
//!
//! Typed serde reads specs, but it keeps no positions and stops at the first error. When it fails, this module goes over
//! the file again: it checks the position tree of the file ([`crate::source::tree`]) against the schema of the file and
//! collects every finding.
//!
//! Two parsers read each file, and YAML is a language that parsers read differently. A file is used only if it is plain
//! data and both see the same values in it.

mod agree;
mod check;
pub(crate) mod schema;

pub(crate) use agree::disagreement;
pub(crate) use check::{check, is_plain_data};
