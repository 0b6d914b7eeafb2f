//! A limit on the rate of calls, so that a client waits instead of being banned.

use core::time::Duration;
use std::sync::{Mutex, PoisonError};

/// How many calls may be sent in a period. Further calls wait for their turn.
///
/// Calls are distributed evenly: with `RateLimit::per_second(20)`, two calls are at least 50 ms apart. A
/// [burst](Self::with_burst) lets some calls through without a distance.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    calls: u32,
    period: Duration,
    burst: u32,
}

impl RateLimit {
    /// Allows `calls` in each `period`. Zero calls count as one.
    pub const fn new(calls: u32, period: Duration) -> Self {
        Self { calls, period, burst: 1 }
    }

    /// Allows `calls` in each second.
    pub const fn per_second(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(1))
    }

    /// Allows `calls` in each minute.
    pub const fn per_minute(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(60))
    }

    /// Lets up to `burst` calls through at once after a pause; the default is 1. A period may then have up to `burst - 1`
    /// calls more than allowed.
    #[must_use]
    pub const fn with_burst(self, burst: u32) -> Self {
        Self { burst, ..self }
    }

    /// Time between two calls in the long run.
    fn interval(&self) -> Duration {
        self.period / self.calls.max(1)
    }
}

/// The state of a rate limit, shared by the clones of a client.
///
/// Nothing is reserved for calls that wait: each asks again when its wait has passed. So a call that is given up leaves
/// nothing behind, and a ban holds the calls that wait, too.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: RateLimit,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// When the next call is due in an even stream.
    next: Duration,
    /// When the platform accepts calls again.
    paused_until: Duration,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, state: Mutex::default() }
    }

    /// Returns a limiter with the same limit for another server.
    pub(crate) fn fresh(&self) -> Self {
        Self::new(self.limit)
    }

    /// Lets a call through at the time `now`, or returns how long to wait before asking again.
    pub(crate) fn admit(&self, now: Duration) -> Result<(), Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let interval = self.limit.interval();
        let ahead = interval.saturating_mul(self.limit.burst.max(1) - 1);
        let due = state.next.saturating_sub(ahead).max(state.paused_until);
        if due > now {
            return Err(due - now);
        }
        state.next = state.next.max(now).saturating_add(interval);
        Ok(())
    }

    /// Lets no call through before `time`, because the platform refuses them until then.
    pub(crate) fn pause_until(&self, time: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.paused_until = state.paused_until.max(time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    /// How many calls are let through in each of the first seconds, if calls ask all the time.
    fn calls(limit: RateLimit, seconds: u64) -> Vec<usize> {
        let limiter = Limiter::new(limit);
        let admitted =
            |second: u64| (0..1000).filter(|at| limiter.admit(ms(5_000 + second * 1000 + at)).is_ok()).count();
        (0..seconds).map(admitted).collect()
    }

    #[test]
    fn no_period_has_more_calls_than_allowed() {
        assert_eq!(calls(RateLimit::per_second(20), 3), [20, 20, 20]);
        assert_eq!(calls(RateLimit::per_second(20).with_burst(5), 3), [24, 20, 20]);
        assert_eq!(calls(RateLimit::new(0, ms(500)), 2), [2, 2]);
    }

    #[test]
    fn calls_that_are_given_up_leave_nothing_behind() {
        let limiter = Limiter::new(RateLimit::per_second(1));
        assert_eq!(limiter.admit(ms(0)), Ok(()));
        for at in 0..100 {
            assert_eq!(limiter.admit(ms(at)), Err(ms(1000 - at)));
        }
        assert_eq!(limiter.admit(ms(1000)), Ok(()));
    }

    #[test]
    fn a_ban_holds_all_calls() {
        let limiter = Limiter::new(RateLimit::per_second(4));
        limiter.pause_until(ms(5000));
        limiter.pause_until(ms(2000));
        assert_eq!(limiter.admit(ms(1000)), Err(ms(4000)));
        assert_eq!(limiter.admit(ms(5000)), Ok(()));
        assert_eq!(limiter.admit(ms(5000)), Err(ms(250)));
        assert_eq!(limiter.fresh().admit(ms(0)), Ok(()));
    }
}
