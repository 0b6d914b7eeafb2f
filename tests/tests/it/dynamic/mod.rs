//! Calls by tables: the tool's own tables of an API are those of the generated crate.

mod calls;
mod placed;
mod tables;
