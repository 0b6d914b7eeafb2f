//! The lock beside the specs: read before anything is named, written after everything else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lock::{self, Lock};
use crate::source::{FileId, Place, Sources};
use crate::tree::{FileState, Staged, TreeError};

/// The lock as it was found.
pub(super) struct LockFile {
    path: PathBuf,
    /// Nothing where there is none yet.
    text: Option<String>,
}

/// What of the lock holds in this run.
#[derive(Copy, Clone)]
pub(super) enum Keep<'a> {
    /// All of it.
    Everything,
    /// All but these APIs; nothing at all where none is named.
    AllBut(&'a [String]),
}

impl LockFile {
    /// Reads the lock; `None` if it cannot be read, and the findings say why.
    pub(super) fn read(
        path: Option<&Path>,
        specs: &Path,
        keep: Keep<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Self, Lock)> {
        let path = path.map_or_else(|| specs.join(lock::FILE), Path::to_owned);
        let Some(text) = text(&path, sources, diagnostics)? else {
            return Some((Self { path, text: None }, Lock::default()));
        };
        let file = sources.add(shown(&path), text.as_str());
        let lock = kept(file, keep, sources, diagnostics)?;
        Some((Self { path, text: Some(text) }, lock))
    }

    /// Where the lock is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How it stands to the text that would be written.
    pub(super) fn state(&self, text: &str) -> FileState {
        match &self.text {
            Some(found) if found == text => FileState::Unchanged,
            Some(_) => FileState::Stale,
            None => FileState::Missing,
        }
    }

    /// Puts the new text beside the lock; it takes its place when the crate is written. Nothing for a lock that stays.
    ///
    /// # Errors
    ///
    /// When the folder of the lock cannot be written.
    pub(super) fn stage(&self, text: &str) -> Result<Option<Staged>, TreeError> {
        if self.state(text) == FileState::Unchanged {
            return Ok(None);
        }
        Staged::new(&self.path, text).map(Some)
    }
}

/// The file's text; the inner `None` where there is no file.
fn text(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Option<String>> {
    let mut report = |code: Code, message: String| {
        let file = sources.add(shown(path), "");
        diagnostics.push(Diagnostic::new(code, Place::file(file), message));
    };
    if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        report(Code::Symlink, "symbolic links are refused".to_owned());
        return None;
    }
    match fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => Some(Some(text)),
        Ok(Err(_)) => {
            report(Code::NotUtf8, "the lock is not UTF-8".to_owned());
            None
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(None),
        Err(error) => {
            report(Code::Unreadable, format!("the lock cannot be read: {error}"));
            None
        }
    }
}

fn kept(file: FileId, keep: Keep<'_>, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Lock> {
    // A lock that nothing is kept of need not be in order, but a file that is none is somebody else's.
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
