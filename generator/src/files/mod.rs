//! The files of a run. Every file is read and written here.
//!
//! Specs arrive by pull request and pages from the web, so a file below a folder that the user names may be anything: a
//! link out of the folder, a pipe or a device that never ends, a file of any size. Only regular files are therefore read
//! and replaced, no link below such a folder is followed, and the size is checked before a file is read. The folder itself
//! may be a link, because the user chose it.
//!
//! The functions take that folder, the root, and the path of a file below it. For a file that the user names, the root is
//! the folder of the file. A program that exchanges folders for links during a run is not kept out.

mod identity;
mod kind;
mod list;
mod read;
mod sweep;
mod write;

pub use identity::{identity, stamp};
pub use kind::{Kind, kind, obstacle};
pub use list::{Entry, Found, list};
pub use read::{Limit, ReadError, open_named, optional, read, read_text};
pub use sweep::{is_leftover, sweep};
pub use write::{LARGEST_OUTPUT, Staged, WriteError, replace};
