//! The files a run works on, and places in them.
//!
//! A place is a file and, inside it, a [`SpecPath`] (`request.task_list.fields.source_id`) or a range of bytes.
//! Nothing here knows lines or columns: the renderer looks them up, and only for what it shows.

use std::ops::Range;
use std::sync::OnceLock;

mod path;

pub use path::{PathError, Segment, SpecPath};

use crate::yaml::Tree;

/// One file of [`Sources`]. Cheap to copy; valid only for the `Sources` that gave it out.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FileId(usize);

/// Every file read in this run: its path as people know it and its text.
#[derive(Default, Debug)]
pub struct Sources {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    path: String,
    text: String,
    /// Made when the first diagnostic asks for a position; most runs never do.
    tree: OnceLock<Tree>,
}

impl Sources {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a file. `path` is shown to people as it stands, separated by `/`.
    ///
    /// A folder, or a file that cannot be read, is kept with an empty text so that diagnostics can name it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let file = File { path: path.into(), text: text.into(), tree: OnceLock::new() };
        self.files.push(file);
        FileId(self.files.len() - 1)
    }

    /// The path as shown to people; empty if the id belongs to other sources.
    pub fn path(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |file| &file.path)
    }

    /// The text as read; empty if the id belongs to other sources.
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |file| &file.text)
    }

    /// The file's YAML with byte positions, read once.
    pub(crate) fn tree(&self, file: FileId) -> Option<&Tree> {
        let file = self.files.get(file.0)?;
        Some(file.tree.get_or_init(|| Tree::read(&file.text)))
    }
}

/// Something a diagnostic can point at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub at: Position,
}

/// A position inside a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Position {
    /// A node of the YAML. If the path does not exist there, its nearest existing ancestor is shown.
    Path(SpecPath, Part),
    /// A range of bytes of the text.
    Bytes(Range<usize>),
    /// The file as a whole.
    File,
}

/// Which half of `key: value` is meant.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// The key.
    Key,
    /// The value; of a mapping or a list, the key is shown instead of all its lines.
    Value,
}

impl Place {
    /// The value at `path`.
    pub fn value(file: FileId, path: SpecPath) -> Self {
        Self { file, at: Position::Path(path, Part::Value) }
    }

    /// The key at `path`.
    pub fn key(file: FileId, path: SpecPath) -> Self {
        Self { file, at: Position::Path(path, Part::Key) }
    }

    /// A range of bytes.
    pub fn bytes(file: FileId, bytes: Range<usize>) -> Self {
        Self { file, at: Position::Bytes(bytes) }
    }

    /// The file as a whole.
    pub fn file(file: FileId) -> Self {
        Self { file, at: Position::File }
    }
}
