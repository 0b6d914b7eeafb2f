//! Compares generated with handwritten code, in time and in memory.

use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

/// Rounds of each. They take turns, and the fastest ones are compared, because other work of the machine can only make a
/// round slower.
const ROUNDS: usize = 300;

/// Minimum time of a round, so that the clock's resolution does not matter.
const ROUND: Duration = Duration::from_millis(2);

/// Prints the speed and the peak memory of `generated` relative to `handwritten`.
pub(crate) fn print(task: &str, generated: &dyn Fn(), handwritten: &dyn Fn()) {
    let calls = calls_of_a_round(handwritten);
    let (mut our_time, mut their_time) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        our_time = our_time.min(round(generated, calls) / calls);
        their_time = their_time.min(round(handwritten, calls) / calls);
    }
    let (our_peak, their_peak) = (peak(generated), peak(handwritten));
    println!("\n{task}");
    println!("  speed: {:.2} (generated {our_time:?}, handwritten {their_time:?})", ratio(their_time, our_time));
    let memory = our_peak as f64 / their_peak as f64;
    println!("  peak memory: {memory:.2} (generated {our_peak} bytes, handwritten {their_peak} bytes)");
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn calls_of_a_round(run: &dyn Fn()) -> u32 {
    (0..).map(|power| 1 << power).find(|calls| round(run, *calls) >= ROUND).unwrap_or(1)
}

fn round(run: &dyn Fn(), calls: u32) -> Duration {
    let start = Instant::now();
    (0..calls).for_each(|_| run());
    start.elapsed()
}

/// Returns how many bytes a run has in use at most, in addition to what was in use before.
fn peak(run: &dyn Fn()) -> usize {
    let before = PeakAlloc.current_usage();
    PeakAlloc.reset_peak_usage();
    run();
    PeakAlloc.peak_usage() - before
}
