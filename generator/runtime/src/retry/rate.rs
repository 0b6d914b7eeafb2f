//! A limit on the rate of calls, so that a client waits instead of being banned.

use core::time::Duration;
use std::sync::{Mutex, PoisonError};

/// How many calls may be sent in a period. Further calls wait.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    calls: u32,
    period: Duration,
}

impl RateLimit {
    /// Allows `calls` in each `period`, evenly distributed; up to `calls` may follow each other directly after a pause.
    /// Zero calls count as one.
    pub const fn new(calls: u32, period: Duration) -> Self {
        Self { calls, period }
    }

    /// Allows `calls` in each second.
    pub const fn per_second(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(1))
    }

    /// Allows `calls` in each minute.
    pub const fn per_minute(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(60))
    }

    /// Time between two calls in the long run.
    fn interval(&self) -> Duration {
        self.period / self.calls.max(1)
    }
}

/// The state of a rate limit, shared by the clones of a client.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: RateLimit,
    /// When the last call that was let through would have left in an even stream.
    last: Mutex<Option<Duration>>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, last: Mutex::new(None) }
    }

    /// Reserves the next call at the time `now`, and returns how long to wait before it. Reserves nothing and returns the
    /// wait as an error if it exceeds `patience`.
    pub(crate) fn reserve(&self, now: Duration, patience: Duration) -> Result<Duration, Duration> {
        let interval = self.limit.interval();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let even = last.map_or(now, |last| last.saturating_add(interval).max(now));
        let ahead = interval.saturating_mul(self.limit.calls.max(1) - 1);
        let wait = even.saturating_sub(ahead).saturating_sub(now);
        if wait > patience {
            return Err(wait);
        }
        *last = Some(even);
        Ok(wait)
    }

    /// Lets no call through before `time`, because the platform refuses them until then.
    pub(crate) fn pause_until(&self, time: Duration) {
        let ahead = self.limit.interval().saturating_mul(self.limit.calls.max(1) - 1);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let until = time.saturating_add(ahead).saturating_sub(self.limit.interval());
        *last = Some(last.map_or(until, |last| last.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_burst_then_an_even_stream() {
        let limiter = Limiter::new(RateLimit::per_second(4));
        let waits: Vec<_> = (0..7).map(|_| limiter.reserve(ms(1000), Duration::MAX)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 250, 500, 750].map(|wait| Ok(ms(wait))));
        assert_eq!(limiter.reserve(ms(1750), Duration::MAX), Ok(ms(250)));
        // After a pause, nothing is left of the past.
        assert_eq!(limiter.reserve(ms(9000), Duration::MAX), Ok(Duration::ZERO));
    }

    #[test]
    fn an_impatient_call_reserves_nothing() {
        let limiter = Limiter::new(RateLimit::per_second(1));
        assert_eq!(limiter.reserve(ms(0), Duration::MAX), Ok(ms(0)));
        assert_eq!(limiter.reserve(ms(0), ms(999)), Err(ms(1000)));
        assert_eq!(limiter.reserve(ms(0), ms(1000)), Ok(ms(1000)));
    }

    #[test]
    fn a_ban_holds_all_calls() {
        let limiter = Limiter::new(RateLimit::per_second(4));
        limiter.pause_until(ms(5000));
        assert_eq!(limiter.reserve(ms(1000), Duration::MAX), Ok(ms(4000)));
        assert_eq!(limiter.reserve(ms(1000), Duration::MAX), Ok(ms(4250)));
    }
}
