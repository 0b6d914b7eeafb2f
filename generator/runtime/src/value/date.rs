//! Dates that keep their text.

use core::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

use super::date_text;
use crate::clock::{Zone, format_time};

/// A date or a point in time.
///
/// In an answer it keeps the server's text unchanged, because servers do not always use the documented format: parse it
/// with [`Date::to_system_time`]. In a request it is one of these:
///
/// * the caller's own text, sent untouched
/// * an instant (`SystemTime`; with the feature `chrono` or `jiff` also theirs), which is written in the platform's format
///   and time zone when the request is encoded
/// * a civil date and time (with the feature `chrono` or `jiff`), which has no time zone. It is taken to be in the
///   platform's: `2024-03-12 14:05:56` is sent in the platform's format, as the same day and time.
///
/// Parts that the platform's format lacks, usually fractions of a second, are not sent.
///
/// `Display` shows the text. A civil date and time is shown as `2024-03-12T14:05:56`. An instant is shown as RFC 3339 in
/// UTC (`2026-01-01T19:04:05Z`), or as milliseconds since the Unix epoch if its year does not have four digits. That form
/// is for people; no platform uses it.
// specs/top/PROTOCOL.md#dates
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date(Inner);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Inner {
    Text(String),
    Instant(SystemTime),
    /// Without a time zone.
    #[cfg_attr(not(any(feature = "chrono", feature = "jiff", test)), allow(dead_code))]
    Civil(civil::DateTime),
}

impl Date {
    /// A date and time without a time zone.
    #[cfg(any(feature = "chrono", feature = "jiff", test))]
    pub(super) fn civil(civil: civil::DateTime) -> Self {
        Self(Inner::Civil(civil))
    }

    /// Returns the text, unless the date was created from an instant or from a civil date and time.
    pub fn as_text(&self) -> Option<&str> {
        match &self.0 {
            Inner::Text(text) => Some(text),
            Inner::Instant(_) | Inner::Civil(_) => None,
        }
    }

    /// Returns the instant, if the text has one of the formats that servers use. `zone` is the time zone of a text that
    /// does not name one, and of a civil date and time.
    ///
    /// Formats:
    ///
    /// * `2024-03-12 14:05:56`, `2024-03-12`, and ISO 8601 and RFC 3339 in general: `2024-03-12T14:05:56.5+08:00`, `+0800`
    ///   or `Z`
    /// * `20240312` and `20240312140556`
    /// * the time since the Unix epoch: seconds with 10 digits, milliseconds with 13 digits, both from September 2001 on
    /// * `Thu Mar 14 15:16:52 CST 2024`, the format of Java's `Date.toString()`; `CST` is read as China's time zone, UTC+8
    ///
    /// A text that could be two instants has none, and neither has a date that does not exist. Examples are other
    /// numbers of digits, such as `202403121405` and `13800000000`, and a zone that is named without its offset.
    pub fn to_system_time(&self, zone: Zone) -> Option<SystemTime> {
        match &self.0 {
            Inner::Text(text) => date_text::parse(text.trim(), zone),
            Inner::Instant(instant) => Some(*instant),
            Inner::Civil(civil) => date_text::local(*civil, zone),
        }
    }

    /// Whether this is a text without an instant.
    pub(crate) fn is_invalid(&self, zone: Zone) -> bool {
        self.as_text().is_some_and(|text| date_text::parse(text.trim(), zone).is_none())
    }

    /// Returns the text to send: the caller's text, or the instant formatted with `pattern` in `zone`, which is also the
    /// time zone of a civil date and time. Returns `None` if the instant cannot be written.
    pub(crate) fn written(&self, pattern: &str, zone: Zone) -> Option<String> {
        match &self.0 {
            Inner::Text(text) => Some(text.clone()),
            Inner::Instant(instant) => format_time(*instant, pattern, zone),
            Inner::Civil(civil) => format_time(date_text::local(*civil, zone)?, pattern, zone),
        }
    }

    /// Returns the text of a dump, which is read without knowing the platform's time zone: a civil date and time stays
    /// without one.
    pub(crate) fn dumped(&self, pattern: &str, zone: Zone) -> Option<String> {
        match &self.0 {
            Inner::Civil(civil) => Some(civil.to_string()),
            Inner::Text(_) | Inner::Instant(_) => self.written(pattern, zone),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Text(text) => f.pad(text),
            Inner::Instant(instant) => f.pad(&displayed(*instant)),
            Inner::Civil(civil) => f.pad(&civil.to_string()),
        }
    }
}

/// Never fails, because a `Display` that fails makes `to_string` panic.
fn displayed(instant: SystemTime) -> String {
    let timestamp = Timestamp::try_from(instant).ok();
    // Years in RFC 3339 have four digits and no sign.
    if let Some(timestamp) = timestamp.filter(|timestamp| TimeZone::UTC.to_datetime(*timestamp).year() >= 0) {
        return timestamp.to_string();
    }
    match instant.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_millis().to_string(),
        Err(before) => format!("-{}", before.duration().as_millis()),
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Text(text) => crate::show::text(f, "Date", text),
            Inner::Instant(_) => f.write_str("Date(instant)"),
            Inner::Civil(_) => f.write_str("Date(civil)"),
        }
    }
}

impl From<&str> for Date {
    fn from(text: &str) -> Self {
        Self(Inner::Text(text.to_owned()))
    }
}

impl From<String> for Date {
    fn from(text: String) -> Self {
        Self(Inner::Text(text))
    }
}

impl From<SystemTime> for Date {
    fn from(instant: SystemTime) -> Self {
        Self(Inner::Instant(instant))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const EAST: Zone = Zone::east(8 * 3600);

    fn unix(text: &str) -> Option<u128> {
        let instant = Date::from(text).to_system_time(EAST)?;
        Some(instant.duration_since(UNIX_EPOCH).ok()?.as_millis())
    }

    #[test]
    fn the_forms_that_are_seen() {
        // 2026-01-02 03:04:05 in UTC+8: specs/top/PROTOCOL.md#dates
        let expected = Some(1_767_294_245_000);
        for text in [
            "2026-01-02 03:04:05",
            "2026-01-02T03:04:05",
            "2026-01-02T03:04:05+08:00",
            "2026-01-02T03:04:05+0800",
            "2026-01-01T19:04:05Z",
            "1767294245000",
            "Fri Jan 02 03:04:05 CST 2026",
            " Fri Jan 2 03:04:05 CST 2026 ",
            "Thu Jan 01 19:04:05 UTC 2026",
        ] {
            assert_eq!(unix(text), expected, "{text}");
        }
        assert_eq!(unix("2026-01-02"), Some(1_767_283_200_000));
        assert_eq!(unix("2026-01-02T03:04:05.250Z"), Some(1_767_323_045_250));
    }

    #[test]
    fn other_text_is_kept_and_has_no_instant() {
        for text in ["", "soon", "2026-13-45", "Thu Mar 14 15:16:52 XYZ 2024", "99999999999999999999999", "12:30"] {
            assert_eq!(unix(text), None, "{text}");
            assert_eq!(Date::from(text).as_text(), Some(text));
        }
    }

    #[test]
    fn an_instant_is_written_in_the_platforms_form() {
        let date = Date::from(UNIX_EPOCH);
        assert_eq!(date.as_text(), None);
        assert_eq!(date.written("%Y-%m-%d %H:%M:%S", EAST).as_deref(), Some("1970-01-01 08:00:00"));
        assert_eq!(date.to_system_time(EAST), Some(UNIX_EPOCH));
    }

    #[test]
    fn displayed_as_text_or_in_utc() {
        let at = |millis: i64| {
            let distance = Duration::from_millis(millis.unsigned_abs());
            let instant = if millis < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
            instant.map(Date::from)
        };
        for text in ["2024-03-12 14:05:56", " soon", ""] {
            assert_eq!(Date::from(text).to_string(), text);
        }
        for (millis, text) in [(1_767_294_245_000, "2026-01-01T19:04:05Z"), (-1_500, "1969-12-31T23:59:58.5Z")] {
            let date = at(millis);
            assert_eq!(date.as_ref().map(ToString::to_string).as_deref(), Some(text));
            assert_eq!(Date::from(text).to_system_time(EAST), date.and_then(|date| date.to_system_time(EAST)));
        }
        // So many digits could be milliseconds or microseconds, so they are not parsed.
        for (millis, text) in [(253_500_000_000_000, "253500000000000"), (-62_200_000_000_500, "-62200000000500")] {
            assert_eq!(at(millis).map(|date| date.to_string()).as_deref(), Some(text));
            assert_eq!(Date::from(text).to_system_time(EAST), None);
        }
        assert_eq!(format!("{:>5}", Date::from("now")), "  now");
    }
}
