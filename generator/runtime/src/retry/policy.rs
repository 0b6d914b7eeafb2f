//! How often and after which wait a failed attempt is repeated.

use core::time::Duration;

/// Attempts of the standard policy, the first one included.
const ATTEMPTS: u32 = 3;

/// Longest random wait before the second attempt; the platforms' own clients wait as long.
// specs/top/PROTOCOL.md#retries
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// Longest random wait before any attempt.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// How often a call is attempted, and how long to wait before each further attempt.
///
/// A failed attempt is repeated if the error [is retryable](crate::Error::is_retryable) and repeating is safe: the API is
/// idempotent, or the platform cannot have received the request. Each attempt is signed again.
///
/// The wait is random, between zero and a limit that doubles from attempt to attempt. If the platform states how long to
/// wait, that time is added. A call ends with its error if its time limit leaves no room for the wait.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
}

impl RetryPolicy {
    /// One attempt only.
    pub const fn off() -> Self {
        Self::standard().with_attempts(1)
    }

    /// Three attempts; waits of up to 100 ms, 200 ms, … 20 s.
    pub const fn standard() -> Self {
        Self { attempts: ATTEMPTS, first_wait: FIRST_WAIT, longest_wait: LONGEST_WAIT }
    }

    /// Sets the number of attempts, the first one included. Zero counts as one.
    #[must_use]
    pub const fn with_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Sets the limit of the random wait before the second attempt, and the limit that no random wait exceeds. A wait that
    /// the platform asks for is added to it.
    #[must_use]
    pub const fn with_waits(self, first: Duration, longest: Duration) -> Self {
        Self { first_wait: first, longest_wait: longest, ..self }
    }

    /// Returns the wait before the next attempt after `made` attempts, or `None` if there is no further one. `random` is
    /// a number from the whole range of its type.
    pub(crate) fn wait(&self, made: u32, random: u64) -> Option<Duration> {
        if made >= self.attempts {
            return None;
        }
        let factor = 1_u32.checked_shl(made.saturating_sub(1)).unwrap_or(u32::MAX);
        let limit = self.first_wait.saturating_mul(factor).min(self.longest_wait);
        let nanos = (limit.as_nanos().saturating_mul(u128::from(random))) >> 64;
        Some(Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX)))
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_of_the_wait_doubles_up_to_the_longest() {
        let policy = RetryPolicy::standard()
            .with_attempts(50)
            .with_waits(Duration::from_millis(100), Duration::from_millis(500));
        let longest = |made| policy.wait(made, u64::MAX).map(|wait| wait.as_micros().div_ceil(1000));
        assert_eq!([1, 2, 3, 4, 49].map(longest), [100, 200, 400, 500, 500].map(Some));
        assert_eq!(longest(50), None);
        assert_eq!(policy.wait(3, 0), Some(Duration::ZERO));
        assert_eq!(policy.wait(2, u64::MAX / 2 + 1), Some(Duration::from_millis(100)));
    }

    #[test]
    fn no_numbers_overflow() {
        let policy = RetryPolicy::standard().with_attempts(u32::MAX).with_waits(Duration::MAX, Duration::MAX);
        assert_eq!(policy.wait(1000, u64::MAX), Some(Duration::from_nanos(u64::MAX)));
        assert_eq!(RetryPolicy::off().wait(1, 0), None);
        assert_eq!(RetryPolicy::off().with_attempts(0).wait(1, 0), None);
    }
}
