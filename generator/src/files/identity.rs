//! Which file is at a path, whatever it contains.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Returns the place of a file on its disk and the time when it was created: another file at the same path, such as a copy, has
/// others. `None` if there is no regular file, or if the file system does not record the time.
#[must_use]
pub fn identity(path: &Path) -> Option<String> {
    let found = fs::symlink_metadata(path).ok().filter(Metadata::is_file)?;
    let created = found.created().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", place(&found), created.as_nanos()))
}

/// Returns the [`identity`] of a program with its size and the time when it was written: another build has others. `None` as there.
#[must_use]
pub fn stamp(program: &Path) -> Option<String> {
    let program = program.canonicalize().ok()?;
    let (identity, found) = (identity(&program)?, fs::metadata(&program).ok()?);
    let written = found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{identity} {} {}", found.len(), written.as_nanos()))
}

#[cfg(unix)]
fn place(found: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt as _;
    format!("{} {}", found.dev(), found.ino())
}

/// Only Unix numbers its files.
#[cfg(not(unix))]
fn place(_: &Metadata) -> String {
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_another_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
        fs::write(&one, "x").expect("a file");
        let before = identity(&one).expect("a file system that records when files are created");
        fs::copy(&one, &other).expect("a copy");
        assert_ne!(identity(&other).as_ref(), Some(&before));
        fs::write(&one, "y").expect("a file");
        assert_eq!(identity(&one), Some(before));
        assert_eq!((identity(folder.path()), identity(&folder.path().join("none"))), (None, None));
    }

    #[test]
    fn another_build_at_the_same_place_has_another_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("program");
        fs::write(&program, "one").expect("a file");
        let before = stamp(&program).expect("a file system that records when files are created");
        assert_eq!(stamp(&program).as_ref(), Some(&before));
        fs::write(&program, "other").expect("a file");
        assert_ne!(stamp(&program), Some(before));
        assert_eq!(stamp(&folder.path().join("none")), None);
    }
}
