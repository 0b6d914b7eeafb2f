//! Work on two threads.

use std::thread;

/// Number of files from which two threads are faster than one.
const MANY: usize = 20;

/// Runs two things, on two threads if there are many files.
pub(super) fn at_once<T: Send>(files: usize, one: impl FnOnce() -> T, other: impl FnOnce() -> T + Send) -> (T, T) {
    if files < MANY {
        return (one(), other());
    }
    let (one, other) = thread::scope(|scope| {
        let other = scope.spawn(other);
        (one(), other.join())
    });
    (one, other.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}
