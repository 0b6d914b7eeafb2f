//! Lock cases: specs in `before/`, the same specs later in `after/`, and what must come of `after/` with the lock of
//! `before/`: the crate in `expected/` and the lock in `expected.lock`.
//!
//! Each `expected/` is a module of `crates`, so that tombstones also compile.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::command::{Run, apograph};
use crate::folder;
use crate::root;

/// A specs folder of a test's own, and the crate that is made of it.
pub struct Workshop {
    folder: TempDir,
}

impl Workshop {
    /// The specs of a folder, nothing generated yet.
    ///
    /// # Panics
    ///
    /// If the specs cannot be copied.
    #[must_use]
    pub fn new(specs: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("a temporary folder: {error}"));
        let workshop = Self { folder };
        workshop.replace(specs);
        workshop
    }

    /// Exchanges the specs and keeps the lock.
    ///
    /// # Panics
    ///
    /// If the specs cannot be copied.
    pub fn replace(&self, specs: &Path) {
        let lock = fs::read(self.lock()).ok();
        let _ = fs::remove_dir_all(self.specs());
        folder::write(&self.specs(), &folder::read(specs));
        if let Some(lock) = lock {
            fs::write(self.lock(), lock).unwrap_or_else(|error| panic!("the lock: {error}"));
        }
    }

    /// The specs folder.
    #[must_use]
    pub fn specs(&self) -> PathBuf {
        self.folder.path().join("specs")
    }

    /// The lock's place.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.specs().join("api.lock")
    }

    /// The generated crate.
    #[must_use]
    pub fn out(&self) -> PathBuf {
        self.folder.path().join("crate")
    }

    /// Runs `generate` on the specs into the crate's folder.
    #[must_use]
    pub fn generate(&self, more: &[&str]) -> Run {
        self.generate_into(&self.out(), more)
    }

    /// Runs `generate` on the specs into a folder.
    #[must_use]
    pub fn generate_into(&self, out: &Path, more: &[&str]) -> Run {
        let mut arguments: Vec<std::ffi::OsString> = vec!["generate".into(), "--specs".into(), self.specs().into()];
        arguments.extend(["--out".into(), out.into()]);
        arguments.extend(["--runtime".into(), root().join("generator/runtime").into()]);
        arguments.extend(more.iter().map(Into::into));
        apograph(arguments)
    }
}
