//! Processes many pages on all cores.

use std::panic;
use std::thread;

/// Runs `work` for each item, and returns the results in the order of the items.
pub(super) fn map<T: Send, R: Send>(mut items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(cores).max(1);
    let mut parts = Vec::new();
    while items.len() > share {
        let rest = items.split_off(share);
        parts.push(std::mem::replace(&mut items, rest));
    }
    let work = &work;
    thread::scope(|scope| {
        let run = |part: Vec<T>| scope.spawn(move || part.into_iter().map(work).collect::<Vec<R>>());
        let threads: Vec<_> = parts.into_iter().map(run).collect();
        let last: Vec<R> = items.into_iter().map(work).collect();
        let joined = threads.into_iter().flat_map(|thread| match thread.join() {
            Ok(results) => results,
            Err(reason) => panic::resume_unwind(reason),
        });
        joined.chain(last).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0_usize, 1, 2, 3, 100] {
            let found = map((0..count).collect(), |n| n * 2);
            assert_eq!(found, (0..count).map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
