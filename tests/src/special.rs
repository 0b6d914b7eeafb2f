//! Files of Unix that are not regular, for tests of what apograph reads and writes.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::{self, JoinHandle};

/// Makes a symbolic link.
///
/// # Panics
///
/// If it cannot be made.
pub fn link(target: &Path, path: &Path) {
    std::os::unix::fs::symlink(target, path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Makes a named pipe.
///
/// # Panics
///
/// If it cannot be made.
pub fn pipe(path: &Path) {
    let status = Command::new("mkfifo").arg(path).status();
    assert!(status.is_ok_and(|status| status.success()), "cannot make a pipe at {}", path.display());
}

/// Somebody who waits for a reader of a pipe.
pub struct Writer {
    path: PathBuf,
    thread: JoinHandle<()>,
}

/// Writes a text into a pipe as soon as somebody opens it, so that a reader gets the text instead of blocking the test.
#[must_use]
pub fn written(path: &Path, text: &'static str) -> Writer {
    let place = path.to_owned();
    let thread = thread::spawn(move || {
        // A reader that has closed the stream does not fail the test.
        let _ = OpenOptions::new().write(true).open(place).and_then(|mut pipe| pipe.write_all(text.as_bytes()));
    });
    Writer { path: path.to_owned(), thread }
}

impl Writer {
    /// Ends the writer, whether or not the pipe was read.
    ///
    /// # Panics
    ///
    /// If the pipe is gone.
    pub fn release(self) {
        // To open a pipe for both directions never waits.
        let both = OpenOptions::new().read(true).write(true).open(&self.path);
        assert!(both.is_ok(), "the pipe is gone");
        let _ = self.thread.join();
    }
}
