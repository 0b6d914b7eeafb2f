//! The lock beside the specs. It is read before anything is named, and written last.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{self, Staged, WriteError};
use crate::lock::{self, Lock};
use crate::source::{FileId, Place, Sources};
use crate::tree::{FileState, Tree};

/// The lock as it was found.
pub(super) struct LockFile {
    path: PathBuf,
    /// `None` if there is no lock yet.
    text: Option<String>,
}

/// The part of the lock that is kept in this run.
#[derive(Copy, Clone)]
pub(super) enum Keep<'a> {
    /// All of it.
    Everything,
    /// Everything except these APIs, or nothing if the list is empty.
    AllBut(&'a [String]),
}

impl LockFile {
    /// Reads the lock. Reports why and returns `None` if it cannot be read.
    pub(super) fn read(
        path: Option<&Path>,
        specs: &Path,
        keep: Keep<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Self, Lock)> {
        let file = Self::open(path, specs, sources, diagnostics)?;
        let lock = file.lock(keep, sources, diagnostics)?;
        Some((file, lock))
    }

    /// Reads the text of the lock. Reports why and returns `None` if it cannot be read.
    pub(super) fn open(
        path: Option<&Path>,
        specs: &Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let path = path.map_or_else(|| specs.join(lock::FILE), Path::to_owned);
        let text = found(&path, sources, diagnostics)?;
        Some(Self { path, text })
    }

    /// Parses the lock. Reports why and returns `None` if that is impossible.
    pub(super) fn lock(&self, keep: Keep<'_>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Lock> {
        match &self.text {
            Some(text) => kept(sources.add(shown(&self.path), text.as_str()), keep, sources, diagnostics),
            None => Some(Lock::default()),
        }
    }

    /// Parses what the lock has about the APIs that `wanted` accepts by platform and name.
    pub(super) fn lock_of(
        &self,
        wanted: &dyn Fn(&str, &str) -> bool,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Lock {
        lock::read_some(sources.add(shown(&self.path), self.text()), wanted, sources, diagnostics)
    }

    /// Returns the text; empty if there is no lock yet.
    pub(super) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Returns the path of the lock.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Reports that there is no lock for a crate that was generated with one.
    pub(super) fn demand(&self, out: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) {
        if self.text.is_some() || !Tree::is_in(out) {
            return;
        }
        let file = sources.add(shown(&self.path), "");
        let message = format!("the lock is missing, and `{}` contains a crate that was generated with one", shown(out));
        let help = "restore the lock, for example with git; `--unlock` starts a new one, which can break callers";
        diagnostics.push(Diagnostic::new(Code::MissingLock, Place::file(file), message).help(help));
    }

    /// Compares the lock with the text that would be written.
    pub(super) fn state(&self, text: &str) -> FileState {
        match &self.text {
            Some(found) if found == text => FileState::Unchanged,
            Some(_) => FileState::Stale,
            None => FileState::Missing,
        }
    }

    /// Writes the new text to a file beside the lock, to be renamed when the crate is written. Returns `None` if the lock does
    /// not change.
    ///
    /// # Errors
    ///
    /// If the path of the lock is not that of a lock, or if its folder cannot be written.
    pub(super) fn stage(&self, text: &str) -> Result<Option<Staged>, WriteError> {
        let folder = folder(&self.path);
        files::sweep(folder);
        if self.state(text) == FileState::Unchanged {
            return Ok(None);
        }
        // The file was read as a lock, unless it has changed since.
        let is_lock = |found: &[u8]| self.text.as_deref().is_some_and(|text| text.as_bytes() == found);
        Staged::new(folder, &self.path, text, &is_lock).map(Some)
    }
}

/// Returns the lock's file, not parsed yet. `None` if there is no lock, or if it cannot be read, which is reported.
pub(super) fn file(
    path: Option<&Path>,
    specs: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    let path = path.map_or_else(|| specs.join(lock::FILE), Path::to_owned);
    let text = found(&path, sources, diagnostics).flatten()?;
    Some(sources.add(shown(&path), text))
}

/// Reads the file. The inner `None` means that there is no file.
fn found(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Option<String>> {
    match files::optional(files::read_text(folder(path), path, lock::LARGEST)) {
        Ok(text) => Some(text),
        Err(error) => {
            let file = sources.add(shown(path), "");
            let message = format!("cannot read the lock: {error}");
            diagnostics.push(Diagnostic::new(error.code(), Place::file(file), message));
            None
        }
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

fn kept(file: FileId, keep: Keep<'_>, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Lock> {
    // Nothing of the lock is kept, so it may be broken. A file that is not a lock is not ours to overwrite.
    if matches!(keep, Keep::AllBut([])) && lock::is_lock(sources.text(file)) {
        return Some(Lock::default());
    }
    let before = diagnostics.errors();
    let mut lock = lock::read(file, sources, diagnostics);
    if diagnostics.errors() > before {
        return None;
    }
    if let Keep::AllBut(apis) = keep
        && let Err(message) = lock.forget(apis)
    {
        diagnostics.push(Diagnostic::general(Code::UnlockedUnknown, message));
        return None;
    }
    Some(lock)
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
