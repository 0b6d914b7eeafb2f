//! Replaces files: regular files of our own only, and never by halves.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::kind::{Kind, kind};
use super::read::{Limit, ReadError, read};
use super::sweep::temporary;

/// Maximum size of a file that a run compares and replaces. A larger one is taken for a file of somebody else: the largest file
/// of a crate with 937 APIs has 82 KB.
pub const LARGEST_OUTPUT: Limit = Limit::mib(256);

/// The reason why a file is not written. The old file is unchanged.
#[derive(Debug)]
pub enum WriteError {
    /// The file was not written by apograph.
    Foreign(PathBuf),
    /// Two files of a run have this path.
    Twice(PathBuf),
    /// The path, or a folder on the way, is something that is never replaced or followed.
    NotAFile(PathBuf, Kind),
    /// Error of the operating system.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error.
        source: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(path) => write!(
                f,
                "{}: apograph did not write this file, so it is not replaced\nhelp: move it away, or name another path",
                path.display()
            ),
            Self::Twice(path) => write!(f, "{}: two files would be written to this path", path.display()),
            Self::NotAFile(path, kind) => {
                write!(f, "{}: cannot be written, because it is {kind}", path.display())
            }
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Foreign(_) | Self::Twice(_) | Self::NotAFile(..) => None,
        }
    }
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    |source| WriteError::Io { path: path.to_owned(), source }
}

/// Replaces a file below `root` atomically, or creates it: readers see either the old or the new content. `is_ours` decides by
/// the content whether an existing file may be replaced.
///
/// # Errors
///
/// If something else is at the path, or if the file cannot be written; it is then unchanged.
pub fn replace(
    root: &Path,
    path: &Path,
    content: impl AsRef<[u8]>,
    is_ours: &dyn Fn(&[u8]) -> bool,
) -> Result<(), WriteError> {
    Staged::new(root, path, content, is_ours)?.commit()
}

/// New content of a file in a temporary file beside it, which is removed unless it is committed.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    beside: PathBuf,
    is_new: bool,
}

impl Staged {
    /// Writes the content to a temporary file beside the file.
    ///
    /// # Errors
    ///
    /// If something is at the path that may not be replaced, or if the folder cannot be created or written.
    pub fn new(
        root: &Path,
        path: &Path,
        content: impl AsRef<[u8]>,
        is_ours: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Self, WriteError> {
        let is_new = match read(root, path, LARGEST_OUTPUT) {
            Ok(found) if is_ours(&found) => false,
            Err(ReadError::Missing) => true,
            Ok(_) | Err(ReadError::TooLarge(_) | ReadError::NotUtf8(_)) => {
                return Err(WriteError::Foreign(path.to_owned()));
            }
            Err(ReadError::NotAFile(kind)) => return Err(WriteError::NotAFile(path.to_owned(), kind)),
            Err(ReadError::Behind(folder, kind)) => return Err(WriteError::NotAFile(folder, kind)),
            Err(ReadError::Io(error)) => return Err(io_error(path)(error)),
        };
        let (Some(_), Some(folder)) = (path.file_name(), path.parent()) else {
            return Err(io_error(path)(io::ErrorKind::InvalidFilename.into()));
        };
        make_folders(root, path)?;
        let staged = Self { path: path.to_owned(), beside: temporary(folder), is_new };
        staged.write(content.as_ref()).map_err(io_error(path))?;
        Ok(staged)
    }

    fn write(&self, content: &[u8]) -> io::Result<()> {
        // Fails if there is a file of this name already, and so follows no link.
        let mut file = File::create_new(&self.beside)?;
        file.write_all(content)?;
        if !self.is_new {
            fs::set_permissions(&self.beside, fs::metadata(&self.path)?.permissions())?;
        }
        Ok(())
    }

    /// Replaces the file.
    ///
    /// # Errors
    ///
    /// If something else has taken the path meanwhile, or if the file cannot be replaced; it is then unchanged.
    pub fn commit(self) -> Result<(), WriteError> {
        match kind(&self.path).map_err(io_error(&self.path))? {
            Some(Kind::File) if self.is_new => return Err(WriteError::Foreign(self.path.clone())),
            None | Some(Kind::File) => {}
            Some(kind) => return Err(WriteError::NotAFile(self.path.clone(), kind)),
        }
        fs::rename(&self.beside, &self.path).map_err(io_error(&self.path))
    }

    /// Whether both would replace the same file.
    #[must_use]
    pub fn is_at_path_of(&self, other: &Self) -> bool {
        let folder =
            |staged: &Self| staged.beside.canonicalize().ok().and_then(|path| path.parent().map(Path::to_owned));
        self.path.file_name() == other.path.file_name() && folder(self) == folder(other)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.beside); // A committed file no longer exists under this name.
    }
}

/// Creates the root, which may be a link, and the folders between it and the file, which may not.
fn make_folders(root: &Path, path: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(root).map_err(io_error(root))?;
    let Some(below) = path.strip_prefix(root).ok().and_then(Path::parent) else { return Ok(()) };
    let mut folder = root.to_owned();
    for step in below.components() {
        folder.push(step);
        if let Err(error) = fs::create_dir(&folder) {
            match kind(&folder) {
                Ok(Some(Kind::Folder)) => {}
                Ok(Some(kind)) => return Err(WriteError::NotAFile(folder, kind)),
                Ok(None) | Err(_) => return Err(io_error(&folder)(error)),
            }
        }
    }
    Ok(())
}
