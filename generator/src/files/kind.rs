//! What is at a path.

use std::fmt;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// The kind of what is at a path, without following a link.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Symlink,
    /// A pipe, a socket or a device.
    Special,
}

impl Kind {
    /// Returns the kind of an entry whose links were not followed.
    #[must_use]
    pub fn of(found: FileType) -> Self {
        if found.is_symlink() {
            Self::Symlink
        } else if found.is_dir() {
            Self::Folder
        } else if found.is_file() {
            Self::File
        } else {
            Self::Special
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "a file, not a folder",
            Self::Folder => "a folder, not a file",
            Self::Symlink => "a symbolic link",
            Self::Special => "neither a file nor a folder",
        })
    }
}

/// Returns the kind of what is at a path, or `None` if there is nothing.
///
/// # Errors
///
/// If a folder on the way cannot be read.
pub fn kind(path: &Path) -> io::Result<Option<Kind>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(Kind::of(found.file_type()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the first step from `root` to the folder of `path` that exists and is not a folder.
#[must_use]
pub fn obstacle(root: &Path, path: &Path) -> Option<(PathBuf, Kind)> {
    let below = path.strip_prefix(root).ok()?.parent()?;
    let mut way = root.to_owned();
    for step in below.components() {
        way.push(step);
        match kind(&way) {
            Ok(Some(Kind::Folder)) => {}
            Ok(Some(kind)) => return Some((way, kind)),
            // What is behind cannot be reached either, which its reader or writer reports.
            Ok(None) | Err(_) => return None,
        }
    }
    None
}
