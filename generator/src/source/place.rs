//! What a finding points at.

use std::ops::Range;

use super::files::FileId;
use super::path::{Part, SpecPath};

/// Something a diagnostic can point at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub at: Position,
}

/// A position in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Position {
    /// A node of the YAML. If the path does not exist in the file, its nearest existing ancestor is shown.
    Path(SpecPath, Part),
    /// A range of bytes of the text.
    Bytes(Range<usize>),
    /// The file as a whole.
    File,
}

impl Place {
    /// Points at the value at `path`.
    pub fn value(file: FileId, path: SpecPath) -> Self {
        Self { file, at: Position::Path(path, Part::Value) }
    }

    /// Points at the key at `path`.
    pub fn key(file: FileId, path: SpecPath) -> Self {
        Self { file, at: Position::Path(path, Part::Key) }
    }

    /// Points at a range of bytes.
    pub fn bytes(file: FileId, bytes: Range<usize>) -> Self {
        Self { file, at: Position::Bytes(bytes) }
    }

    /// Points at the file as a whole.
    pub fn file(file: FileId) -> Self {
        Self { file, at: Position::File }
    }
}
