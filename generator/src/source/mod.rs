//! The files of a run, and positions in them.
//!
//! A [`Place`] is a file and, inside it, a [`SpecPath`] (`request.task_list.fields.source_id`) or a range of bytes. Lines
//! and columns are computed by the renderer, only for what it shows.

pub(crate) mod characters;
mod files;
mod lines;
mod path;
mod place;
#[doc(hidden)]
pub mod tree;

pub use files::{FileId, Sources};
pub use path::{Part, PathError, Segment, SpecPath};
pub use place::{Place, Position};
