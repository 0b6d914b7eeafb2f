//! How long a test with seeded cases runs: a fixed number of cases with fixed seeds by default, more of both on request.
//!
//! * `APOGRAPH_FUZZ_CASES=30000`: so many cases, with the fixed seeds.
//! * `APOGRAPH_FUZZ_SECONDS=60`: for so long, with new seeds.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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
    /// The seeds of a run that has `cases` cases unless the environment asks for more.
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
                let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64);
                Self { first: now, given: 0, end: End::Time(Instant::now() + Duration::from_secs(seconds)) }
            }
            (more, None) => Self { first: 0, given: 0, end: End::Cases(more.unwrap_or(cases)) },
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
