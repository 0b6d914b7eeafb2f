//! How far this machine's clock is from the server's.

use core::fmt;
use core::sync::atomic::{AtomicI64, Ordering};
use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::fmt::rfc2822;

/// The difference between this machine's clock and the server's, as its `Date` header shows it: exact to a second, or to
/// the duration of the call.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct ClockSkew {
    /// Milliseconds that the server's clock is ahead.
    pub(crate) millis: i64,
}

impl ClockSkew {
    /// Compares the instant `now` with a `Date` header.
    pub(crate) fn measure(date: &str, now: SystemTime) -> Option<Self> {
        let server = SystemTime::from(rfc2822::parse(date).ok()?.timestamp());
        let millis = millis_of(server)?.checked_sub(millis_of(now)?)?;
        Some(Self { millis })
    }

    /// Returns the difference without its direction.
    pub fn size(&self) -> Duration {
        Duration::from_millis(self.millis.unsigned_abs())
    }

    /// Whether this machine's clock is ahead of the server's.
    pub fn is_ahead(&self) -> bool {
        self.millis < 0
    }
}

/// Milliseconds since the Unix epoch, negative before it.
fn millis_of(instant: SystemTime) -> Option<i64> {
    match instant.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).ok(),
        Err(before) => i64::try_from(before.duration().as_millis()).ok().map(|millis| -millis),
    }
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.is_ahead() { "ahead of" } else { "behind" };
        write!(f, "this machine's clock is {} s {direction} the server's", self.size().as_secs())
    }
}

/// What is added to the clock of a client, because the platform rejected its time. Shared by the client's clones.
#[derive(Debug, Default)]
pub(crate) struct ClockCorrection {
    millis: AtomicI64,
}

impl ClockCorrection {
    /// Returns `now` as the server sees it.
    pub(crate) fn apply(&self, now: SystemTime) -> SystemTime {
        let millis = self.millis.load(Ordering::Relaxed);
        let by = Duration::from_millis(millis.unsigned_abs());
        let corrected = if millis < 0 { now.checked_sub(by) } else { now.checked_add(by) };
        corrected.unwrap_or(now)
    }

    /// Replaces the correction with a difference that was measured against the uncorrected clock, and returns whether that
    /// changes the time that is sent. A difference of days is not believed: no certificate would be valid then.
    pub(crate) fn replace(&self, skew: ClockSkew) -> bool {
        let before = self.millis.load(Ordering::Relaxed);
        let changes = skew.millis.abs_diff(before) >= SIGNIFICANT && skew.millis.unsigned_abs() <= LARGEST;
        if changes {
            self.millis.store(skew.millis, Ordering::Relaxed);
        }
        changes
    }
}

/// Smallest change of the correction in milliseconds: the header counts seconds, and the answer took some time.
const SIGNIFICANT: u64 = 2_000;

/// Largest correction in milliseconds: a day, for clocks with a wrong time zone.
const LARGEST: u64 = 24 * 3600 * 1000;

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Fri, 02 Jan 2026 03:04:05 GMT";

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn the_difference_has_a_size_and_a_direction() {
        // 2026-01-02T03:04:05Z
        let server = 1_767_323_045;
        let ahead = ClockSkew::measure(DATE, at(server + 700)).expect("a date");
        assert_eq!(ahead.to_string(), "this machine's clock is 700 s ahead of the server's");
        let behind = ClockSkew::measure(DATE, at(server - 5)).expect("a date");
        assert_eq!(behind.to_string(), "this machine's clock is 5 s behind the server's");
        assert!(ahead.is_ahead());
        let correction = ClockCorrection::default();
        assert_eq!(correction.apply(at(9)), at(9));
        for skew in [ahead, behind] {
            assert!(correction.replace(skew));
            let own = if skew.is_ahead() { server + 700 } else { server - 5 };
            assert_eq!(correction.apply(at(own)), at(server));
        }
    }

    #[test]
    fn a_correction_changes_only_if_it_explains_the_rejection() {
        let by = |seconds: i64| ClockSkew { millis: seconds * 1000 };
        let correction = ClockCorrection::default();
        assert!(!correction.replace(by(1)));
        assert!(correction.replace(by(1000)));
        assert!(!correction.replace(by(1001)), "the time was right already");
        // The machine's clock was mended.
        assert!(correction.replace(by(0)));
        assert!(!correction.replace(by(25 * 3600)));
        assert_eq!(correction.apply(at(9)), at(9));
    }

    #[test]
    fn odd_headers_measure_nothing() {
        for date in ["", "yesterday", "2026-01-02T03:04:05Z", "Fri, 99 Jan 2026 03:04:05 GMT"] {
            assert_eq!(ClockSkew::measure(date, at(0)), None, "{date}");
        }
    }
}
