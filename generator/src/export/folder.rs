//! The folder of an export: files are written where they differ, and those of earlier exports are removed.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Document, Format};
use crate::files::{self, Entry, Found, Kind, LARGEST_OUTPUT, ReadError, WriteError};

/// Depth of the folders of an export: platform, family.
const DEPTH: usize = 2;

/// The start of a document is looked at to see whose it is.
const HEAD: usize = 256;

/// A folder with the files of an export.
#[derive(Debug)]
pub struct Folder<'p> {
    root: &'p Path,
    format: Format,
}

/// What is to be done in a folder.
#[derive(Debug, Default)]
pub struct Plan<'d> {
    /// Documents whose files are missing or differ, with their paths.
    pub changed: Vec<(PathBuf, &'d Document)>,
    /// Files of earlier exports.
    pub old: Vec<PathBuf>,
    /// Number of files that do not differ.
    pub unchanged: usize,
}

impl<'p> Folder<'p> {
    /// Names a folder, which need not exist.
    #[must_use]
    pub fn new(root: &'p Path, format: Format) -> Self {
        Self { root, format }
    }

    /// Compares the documents with the folder. Files of the same format that an earlier run wrote are old; other files do not count.
    ///
    /// # Errors
    ///
    /// If a file that this program did not write is in the way, or if a file cannot be read.
    pub fn plan<'d>(&self, documents: &'d [Document]) -> Result<Plan<'d>, WriteError> {
        let mut plan = Plan::default();
        for document in documents {
            let path = self.path(&document.path);
            match files::read(self.root, &path, LARGEST_OUTPUT) {
                Ok(found) if found == document.text.as_bytes() => plan.unchanged += 1,
                Ok(found) if self.is_ours(&found) => plan.changed.push((path, document)),
                Err(ReadError::Missing) => plan.changed.push((path, document)),
                Err(error) => return Err(obstacle(path, error)),
                Ok(_) => return Err(WriteError::Foreign(path)),
            }
        }
        plan.old = self.old(documents);
        Ok(plan)
    }

    /// Writes the changed documents and removes the old files.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or removed.
    pub fn apply(&self, plan: &Plan<'_>) -> Result<(), WriteError> {
        for (path, document) in &plan.changed {
            files::replace(self.root, path, &document.text, &|found| self.is_ours(found))?;
        }
        plan.old.iter().try_for_each(|path| self.remove(path))?;
        for leftover in self.entries().into_iter().filter(|entry| files::is_leftover(&entry.full)) {
            // A temporary file of a killed run that stays does no harm.
            let _ = fs::remove_file(leftover.full);
        }
        Ok(())
    }

    fn path(&self, below: &str) -> PathBuf {
        below.split('/').fold(self.root.to_owned(), |path, step| path.join(step))
    }

    /// Whether this program wrote a file with this content.
    fn is_ours(&self, content: &[u8]) -> bool {
        let head = String::from_utf8_lossy(content.get(..HEAD).unwrap_or(content)).into_owned();
        let mark = format!("\n  \"{}\": \"{}\",\n", self.format.mark(), self.format.command());
        // Line breaks may have been converted.
        head.replace('\r', "").lines().take(3).fold(String::new(), |head, line| head + line + "\n").contains(&mark)
    }

    /// Finds the files of earlier exports that are not part of this one.
    fn old(&self, documents: &[Document]) -> Vec<PathBuf> {
        let current: BTreeSet<&str> = documents.iter().map(|document| document.path.as_str()).collect();
        let candidates = self.entries().into_iter().filter(|entry| {
            matches!(entry.found, Found::File)
                && entry.path.ends_with(self.format.ending())
                && !current.contains(entry.path.as_str())
        });
        let is_ours =
            |path: &PathBuf| files::read(self.root, path, LARGEST_OUTPUT).is_ok_and(|content| self.is_ours(&content));
        candidates.map(|entry| entry.full).filter(is_ours).collect()
    }

    fn entries(&self) -> Vec<Entry> {
        match files::kind(self.root) {
            Ok(Some(Kind::Folder | Kind::Symlink)) => files::list(self.root, DEPTH, &|_| false),
            _ => Vec::new(),
        }
    }

    /// Removes a file and the folders that become empty.
    fn remove(&self, path: &Path) -> Result<(), WriteError> {
        fs::remove_file(path).map_err(|source| WriteError::Io { path: path.to_owned(), source })?;
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
        for folder in folders {
            if fs::remove_dir(folder).is_err() {
                break; // It contains something else.
            }
        }
        Ok(())
    }
}

fn obstacle(path: PathBuf, error: ReadError) -> WriteError {
    match error {
        ReadError::NotAFile(kind) => WriteError::NotAFile(path, kind),
        ReadError::Behind(folder, kind) => WriteError::NotAFile(folder, kind),
        ReadError::Io(source) => WriteError::Io { path, source },
        ReadError::Missing => WriteError::Io { path, source: io::ErrorKind::NotFound.into() },
        ReadError::TooLarge(_) | ReadError::NotUtf8(_) => WriteError::Foreign(path),
    }
}
