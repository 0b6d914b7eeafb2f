//! The source of the current time, and instants written in a fixed zone.

use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::{Offset, TimeZone};

/// Source of the current time. The client reads it once per attempt, so that headers and signature agree, and once more if
/// the platform rejects the time of the request.
pub trait Clock: Send + Sync {
    /// Returns the current instant.
    fn now(&self) -> SystemTime;

    /// Returns the time since a fixed instant. It measures how long calls take, and never goes back.
    ///
    /// The default is the system's monotonic clock, whatever [`now`](Self::now) returns. `wasm32-unknown-unknown` has no
    /// such clock: there, it is the time from the Unix epoch to [`now`](Self::now).
    fn monotonic(&self) -> Duration {
        monotonic(self.now())
    }
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
fn monotonic(_: SystemTime) -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
fn monotonic(now: SystemTime) -> Duration {
    now.duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The system's clock.
#[cfg(any(feature = "system", test))]
#[derive(Copy, Clone, Debug, Default)]
pub struct SystemClock;

#[cfg(any(feature = "system", test))]
impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A clock that always returns the same instant, for tests and for reproducing a signature.
#[derive(Copy, Clone, Debug)]
pub struct FixedClock(SystemTime);

impl FixedClock {
    /// Creates a clock that always returns `instant`.
    pub fn new(instant: SystemTime) -> Self {
        Self(instant)
    }

    /// Creates a clock that always returns the instant `seconds` after the Unix epoch, or the epoch itself if
    /// `SystemTime` cannot represent that instant.
    pub fn at_unix(seconds: u64) -> Self {
        Self(UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(UNIX_EPOCH))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> SystemTime {
        self.0
    }
}

/// A fixed offset from UTC. The platforms document offsets, never zones with daylight saving time.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub struct Zone {
    seconds: i32,
}

impl Zone {
    /// UTC.
    pub const UTC: Self = Self { seconds: 0 };

    /// Creates the zone `seconds` east of UTC (negative: west): `28_800` is `+08:00`.
    pub const fn east(seconds: i32) -> Self {
        Self { seconds }
    }

    /// Returns the seconds east of UTC.
    pub const fn seconds(self) -> i32 {
        self.seconds
    }

    pub(crate) fn offset(self) -> Option<Offset> {
        Offset::from_seconds(self.seconds).ok()
    }
}

/// Formats `instant` with a `strftime` pattern in `zone`. Returns `None` if the instant, zone or pattern is invalid.
pub(crate) fn format_time(instant: SystemTime, pattern: &str, zone: Zone) -> Option<String> {
    let timestamp = Timestamp::try_from(instant).ok()?;
    let zoned = timestamp.to_zoned(TimeZone::fixed(zone.offset()?));
    strtime::format(pattern, &zoned).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_the_given_zone() {
        let pattern = "%Y-%m-%d %H:%M:%S";
        let east = Zone::east(8 * 3600);
        let at = |seconds| FixedClock::at_unix(seconds).now();
        // specs/top/PROTOCOL.md#dates
        assert_eq!(format_time(at(0), pattern, east).as_deref(), Some("1970-01-01 08:00:00"));
        assert_eq!(format_time(at(1_767_294_245), pattern, east).as_deref(), Some("2026-01-02 03:04:05"));
        assert_eq!(format_time(at(0), "%s", Zone::UTC).as_deref(), Some("0"));
    }

    #[test]
    fn what_cannot_be_written_is_nothing() {
        assert_eq!(format_time(UNIX_EPOCH, "%Y", Zone::east(i32::MAX)), None);
        assert_eq!(format_time(UNIX_EPOCH, "%!", Zone::UTC), None);
    }
}
