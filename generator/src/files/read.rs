//! Reads regular files of a limited size.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use super::kind::{Kind, obstacle};
use crate::diagnostic::Code;

/// Maximum size of a file.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Limit(u64);

impl Limit {
    /// Returns a limit in MiB.
    #[must_use]
    pub const fn mib(count: u64) -> Self {
        Self(count * 1024 * 1024)
    }

    /// Returns a limit in bytes.
    #[must_use]
    pub const fn bytes(count: u64) -> Self {
        Self(count)
    }

    /// Returns the limit in bytes.
    #[must_use]
    pub const fn count(self) -> u64 {
        self.0
    }

    /// Whether a file of this many bytes may be read.
    #[must_use]
    pub const fn admits(self, bytes: u64) -> bool {
        bytes <= self.0
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} MiB", self.0 / 1024 / 1024)
    }
}

/// The reason why a file cannot be read. The message does not contain the path.
#[derive(Debug)]
pub enum ReadError {
    /// There is no file.
    Missing,
    /// The path is not that of a regular file.
    NotAFile(Kind),
    /// A folder of the path is not a folder.
    Behind(PathBuf, Kind),
    /// The file is larger than the limit.
    TooLarge(Limit),
    /// The file is not UTF-8. Contains its bytes.
    NotUtf8(FromUtf8Error),
    /// Error of the operating system.
    Io(io::Error),
}

impl ReadError {
    /// Returns the code of a finding about a spec or a lock that cannot be read.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::NotAFile(Kind::Symlink) | Self::Behind(_, Kind::Symlink) => Code::Symlink,
            Self::TooLarge(_) => Code::TooLarge,
            Self::NotUtf8(_) => Code::NotUtf8,
            Self::Missing | Self::NotAFile(_) | Self::Behind(..) | Self::Io(_) => Code::Unreadable,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the file does not exist"),
            Self::NotAFile(Kind::Symlink) => f.write_str("symbolic links are not allowed"),
            Self::NotAFile(kind) => write!(f, "{kind}"),
            Self::Behind(folder, kind) => write!(f, "cannot be read, because `{}` is {kind}", folder.display()),
            Self::TooLarge(limit) => write!(f, "the file is larger than {limit}"),
            Self::NotUtf8(_) => f.write_str("the file is not UTF-8"),
            Self::Io(error) => write!(f, "the file cannot be read: {error}"),
        }
    }
}

/// Reads a regular file below `root`.
///
/// # Errors
///
/// If there is no such file, if it is larger than the limit, or if it cannot be read.
pub fn read(root: &Path, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
    if let Some((folder, kind)) = obstacle(root, path) {
        return Err(ReadError::Behind(folder, kind));
    }
    let found = fs::symlink_metadata(path).map_err(failed)?;
    match Kind::of(found.file_type()) {
        Kind::File if limit.admits(found.len()) => {}
        Kind::File => return Err(ReadError::TooLarge(limit)),
        kind => return Err(ReadError::NotAFile(kind)),
    }
    let file = File::open(path).map_err(failed)?;
    if !is_same(&found, &file.metadata().map_err(failed)?) {
        return Err(ReadError::Io(io::Error::other("the file was replaced by another")));
    }
    let mut bytes = Vec::new();
    // The file may have grown.
    file.take(limit.0.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if limit.admits(bytes.len() as u64) { Ok(bytes) } else { Err(ReadError::TooLarge(limit)) }
}

/// Reads a regular file below `root` as UTF-8.
///
/// # Errors
///
/// As [`read`], and if the file is not UTF-8.
pub fn read_text(root: &Path, path: &Path, limit: Limit) -> Result<String, ReadError> {
    String::from_utf8(read(root, path, limit)?).map_err(ReadError::NotUtf8)
}

/// Opens what a user has named: a file, a pipe, or a link to one. The reader must limit what it reads.
///
/// # Errors
///
/// If it cannot be opened.
pub fn open_named(path: &Path) -> Result<impl Read, ReadError> {
    File::open(path).map_err(failed)
}

/// Turns a missing file into `None`.
///
/// # Errors
///
/// The error, if it is another.
pub fn optional<T>(read: Result<T, ReadError>) -> Result<Option<T>, ReadError> {
    match read {
        Ok(content) => Ok(Some(content)),
        Err(ReadError::Missing) => Ok(None),
        Err(error) => Err(error),
    }
}

fn failed(error: io::Error) -> ReadError {
    if error.kind() == io::ErrorKind::NotFound { ReadError::Missing } else { ReadError::Io(error) }
}

/// Whether the opened file is the one that was found before, and not the target of a link that has taken its path.
#[cfg(unix)]
fn is_same(found: &Metadata, opened: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (found.dev(), found.ino()) == (opened.dev(), opened.ino())
}

/// Whether the opened file may be the one that was found before. Only Unix numbers its files.
#[cfg(not(unix))]
fn is_same(_: &Metadata, opened: &Metadata) -> bool {
    opened.is_file()
}
