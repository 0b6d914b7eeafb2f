//! How much tests with many cases try.
//!
//! A test with seeded cases tries the first sixth of a fixed number of cases with fixed seeds by default, more of both on
//! request:
//!
//! * `APOGRAPH_FUZZ_CASES=30000`: so many cases, with the fixed seeds.
//! * `APOGRAPH_FUZZ_SECONDS=60`: for so long, with new seeds, or with the seeds from `APOGRAPH_FUZZ_SEED` on.
//!
//! Other tests try a sample of their cases by default, and all of them with `APOGRAPH_WHOLE=1`, as `.ci/run` does.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Whether tests try all of their cases instead of a sample.
#[must_use]
pub fn is_whole() -> bool {
    std::env::var_os("APOGRAPH_WHOLE").is_some_and(|value| value == "1")
}

/// Ordinary runs try one of so many cases.
const SAMPLED: u32 = 6;

/// The number of cases of a property: all of them, or the first sixth.
#[must_use]
pub fn cases(all: u32) -> u32 {
    if is_whole() { all } else { all.div_ceil(SAMPLED) }
}

/// The seeds of a run, one per case.
#[derive(Debug)]
pub struct Seeds {
    first: u64,
    given: u64,
    end: End,
}

#[derive(Debug)]
enum End {
    Cases(u64),
    Time(Instant),
}

impl Seeds {
    /// The seeds of a run: `cases` of them in a whole run, the first sixth otherwise, unless the environment asks for more.
    ///
    /// # Panics
    ///
    /// If a variable is not a number, or both are set.
    #[must_use]
    pub fn of(cases: u64) -> Self {
        match (number("APOGRAPH_FUZZ_CASES"), number("APOGRAPH_FUZZ_SECONDS")) {
            (Some(_), Some(_)) => panic!("set APOGRAPH_FUZZ_CASES or APOGRAPH_FUZZ_SECONDS, not both"),
            (None, Some(seconds)) => {
                // The time of day makes the seeds new; a failure names its seed.
                let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64);
                let first = number("APOGRAPH_FUZZ_SEED").unwrap_or_else(now);
                Self { first, given: 0, end: End::Time(Instant::now() + Duration::from_secs(seconds)) }
            }
            (more, None) => {
                let fixed = if is_whole() { cases } else { cases.div_ceil(u64::from(SAMPLED)) };
                Self { first: 0, given: 0, end: End::Cases(more.unwrap_or(fixed)) }
            }
        }
    }

    /// The number of cases so far.
    #[must_use]
    pub fn given(&self) -> u64 {
        self.given
    }
}

impl Iterator for Seeds {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let goes_on = match self.end {
            End::Cases(cases) => self.given < cases,
            End::Time(end) => Instant::now() < end,
        };
        goes_on.then(|| {
            self.given += 1;
            self.first.wrapping_add(self.given - 1)
        })
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} must be a number, not {text:?}")))
}
