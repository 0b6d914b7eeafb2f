//! The state of one call: attempts made, time left, and what follows a failure.

use core::time::Duration;

use super::RetryPolicy;
use crate::error::{Error, Timeout, TransportError};

/// Time limits of a call.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) attempt: Duration,
    pub(crate) total: Duration,
}

/// Whether a call may be repeated although the platform may have received it.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// If the spec marks the API as idempotent.
    #[default]
    AsDocumented,
    /// Yes: the caller states that repeating does no harm, or accepts the harm.
    Always,
}

/// One call's attempts. All times are those of one monotonic clock.
#[derive(Debug)]
pub(crate) struct Schedule {
    policy: RetryPolicy,
    limits: Limits,
    repeatable: bool,
    started: Duration,
    made: u32,
}

impl Schedule {
    pub(crate) fn new(policy: RetryPolicy, limits: Limits, repeatable: bool, now: Duration) -> Self {
        Self { policy, limits, repeatable, started: now, made: 0 }
    }

    /// Returns the number of attempts made.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// Returns the time that is left for the whole call.
    pub(crate) fn left(&self, now: Duration) -> Duration {
        self.limits.total.saturating_sub(now.saturating_sub(self.started))
    }

    /// Returns the error of a call that has no time left.
    pub(crate) fn expired(&self) -> TransportError {
        TransportError::timed_out(Timeout::Total, self.limits.total)
    }

    /// Starts an attempt, and returns how long it may take.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if the call has no time left.
    pub(crate) fn begin(&mut self, now: Duration) -> Result<Duration, TransportError> {
        let left = self.left(now);
        if left.is_zero() {
            return Err(self.expired());
        }
        self.made += 1;
        Ok(left.min(self.limits.attempt))
    }

    /// Adds to the time-out of an attempt which limit it was, if the transport does not know.
    pub(crate) fn name_timeout(&self, error: TransportError, allowed: Duration) -> TransportError {
        if allowed < self.limits.attempt {
            error.or_timeout(Timeout::Total, self.limits.total)
        } else {
            error.or_timeout(Timeout::Attempt, self.limits.attempt)
        }
    }

    /// Returns the wait before an attempt that follows at once, or `None` if there is no attempt left.
    pub(crate) fn again(&self) -> Option<Duration> {
        self.policy.wait(self.made, 0)
    }

    /// Returns how long to wait before the next attempt, or `None` if `error` ends the call.
    pub(crate) fn after(&self, error: &Error, now: Duration, random: u64) -> Option<Duration> {
        let is_safe = self.repeatable || !error.may_have_been_received();
        if !error.is_retryable() || !is_safe {
            return None;
        }
        let wait = self.policy.wait(self.made, random)?.saturating_add(error.retry_after().unwrap_or_default());
        (wait < self.left(now)).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::TransportProblem;

    const LIMITS: Limits = Limits { attempt: Duration::from_secs(30), total: Duration::from_secs(100) };

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn schedule(repeatable: bool) -> Schedule {
        Schedule::new(RetryPolicy::standard(), LIMITS, repeatable, at(1000))
    }

    fn broken() -> Error {
        TransportError::new(TransportProblem::Broken).into()
    }

    #[test]
    fn an_attempt_gets_what_is_left() {
        let mut schedule = schedule(true);
        assert_eq!(schedule.begin(at(1000)).ok(), Some(at(30)));
        assert_eq!(schedule.begin(at(1090)).ok(), Some(at(10)));
        assert_eq!(schedule.made(), 2);
        let error = schedule.begin(at(1100)).expect_err("no time left");
        assert_eq!(error.timeout(), Some((Timeout::Total, at(100))));
        let late = |allowed| schedule.name_timeout(TransportError::new(TransportProblem::Timeout), allowed).timeout();
        assert_eq!(late(at(30)), Some((Timeout::Attempt, at(30))));
        assert_eq!(late(at(10)), Some((Timeout::Total, at(100))));
    }

    #[test]
    fn what_may_have_been_received_is_repeated_only_if_that_is_safe() {
        let connect = || TransportError::new(TransportProblem::Connect).into();
        let certificate = || TransportError::new(TransportProblem::Certificate).into();
        for (repeatable, error, again) in [
            (true, broken(), true),
            (false, broken(), false),
            (false, connect(), true),
            (true, certificate(), false),
            (true, Error::Removed { api: "a.b" }, false),
        ] {
            let mut schedule = schedule(repeatable);
            assert!(schedule.begin(at(1000)).is_ok());
            assert_eq!(schedule.after(&error, at(1000), 0).is_some(), again, "{repeatable} {error:?}");
        }
    }

    #[test]
    fn attempts_and_time_end_a_call() {
        let mut schedule = schedule(true);
        for made in 1..=3 {
            assert!(schedule.begin(at(1000)).is_ok());
            assert_eq!(schedule.after(&broken(), at(1000), 0).is_some(), made < 3);
        }
        assert_eq!(self::schedule(true).after(&broken(), at(1100), 0), None);
    }
}
