//! Time: where "now" comes from, and how an instant is written in a fixed zone.

use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::{Offset, TimeZone};

/// Where the client reads the time. One reading serves one attempt at a request, so header and signature agree.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> SystemTime;
}

/// The machine's clock.
#[derive(Copy, Clone, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A clock that stands still: for tests and for reproducing a signature.
#[derive(Copy, Clone, Debug)]
pub struct FixedClock(SystemTime);

impl FixedClock {
    /// A clock that always shows `instant`.
    pub fn new(instant: SystemTime) -> Self {
        Self(instant)
    }

    /// A clock that always shows the instant `seconds` after the Unix epoch; the epoch itself if time does not reach
    /// that far.
    pub fn at_unix(seconds: u64) -> Self {
        Self(UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(UNIX_EPOCH))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> SystemTime {
        self.0
    }
}

/// A fixed offset from UTC, in seconds east. Protocols here name offsets, never zones with summer time.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub struct Zone {
    seconds: i32,
}

impl Zone {
    /// UTC itself.
    pub const UTC: Self = Self { seconds: 0 };

    /// The zone `seconds` east of UTC (negative: west): `28_800` is `+08:00`.
    pub const fn east(seconds: i32) -> Self {
        Self { seconds }
    }

    /// Seconds east of UTC.
    pub const fn seconds(self) -> i32 {
        self.seconds
    }

    pub(crate) fn offset(self) -> Option<Offset> {
        Offset::from_seconds(self.seconds).ok()
    }
}

/// `instant` written by a `strftime` pattern in `zone`; nothing if either is out of range or the pattern is unknown.
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
