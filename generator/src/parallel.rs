//! Work on many values at once, on all processors, with results in the order of the values.
//!
//! What a program writes must not depend on the number of threads, so the work on a value must not depend on the work on
//! another one.

use std::cell::Cell;
use std::num::NonZero;
use std::panic;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ScopedJoinHandle};

thread_local! {
    /// The number of threads that this thread may use. `None` before it is first asked for.
    static THREADS: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Returns the result of `work` for each value, in the order of the values.
///
/// Calls of it within `work` use one thread.
pub fn map<T: Send, R: Send>(
    values: impl IntoIterator<Item = T, IntoIter: Send>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let values = values.into_iter();
    let count = threads().min(values.size_hint().1.unwrap_or(usize::MAX));
    if count <= 1 {
        return values.map(work).collect();
    }
    let queue = Mutex::new(values.enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || limited(1, || std::iter::from_fn(next).map(|(at, value)| (at, work(value))).collect::<Vec<_>>());
    let mut results = thread::scope(|scope| {
        let others: Vec<ScopedJoinHandle<'_, _>> = (1..count).map(|_| scope.spawn(worker)).collect();
        let mut results = worker();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked)));
        }
        results
    });
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Runs `work` with at most this number of threads. Tests use it to show that the number changes nothing.
pub fn limited<R>(most: usize, work: impl FnOnce() -> R) -> R {
    let before = THREADS.replace(Some(most));
    let result = work();
    THREADS.set(before);
    result
}

fn threads() -> usize {
    THREADS.get().unwrap_or_else(|| {
        let found = thread::available_parallelism().map_or(1, NonZero::get);
        THREADS.set(Some(found));
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_values() {
        let values: Vec<u64> = (0..1000).collect();
        let uneven = |value: u64| (0..value % 7 * 100).fold(value, |sum, n| sum ^ (n % 2) ^ (n % 2));
        for threads in [1, 2, 3, 16] {
            assert_eq!(limited(threads, || map(values.clone(), uneven)), values);
        }
        assert_eq!(map(Vec::new(), uneven), [0; 0]);
    }

    #[test]
    fn work_within_work_has_one_thread() {
        let inner = limited(4, || map(0..8, |_| map(0..3, |_| thread::current().id())));
        assert!(inner.iter().all(|ids| ids.iter().all(|id| *id == ids[0])), "{inner:?}");
    }

    #[test]
    fn a_panic_is_passed_on() {
        let result = panic::catch_unwind(|| limited(2, || map(0..4, |value| assert_ne!(value, 2))));
        assert!(result.is_err());
    }
}
