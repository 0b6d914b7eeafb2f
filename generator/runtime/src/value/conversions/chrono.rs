//! Dates of chrono.

use std::time::UNIX_EPOCH;

use ::chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeZone, Timelike};
use ::jiff::{SignedDuration, Timestamp, civil};

use crate::clock::Zone;
use crate::value::Date;
use crate::value::date_text::shifted;

const NANOSECONDS: i128 = 1_000_000_000;

impl Date {
    /// Returns the instant of [`Date::to_system_time`] with the offset of `zone`, which is also the time zone of a text
    /// that does not name one. Returns `None` if the text has no instant, or if the offset is a day or more.
    ///
    /// Pass the platform's time zone (`P::PROTOCOL.values.date.zone` for the platform `P`, with the trait
    /// [`Platform`](crate::Platform) in scope): its answers have dates without a zone. `naive_local()` of the result is then
    /// the day and time on the platform's clocks. The offset that a text names is not kept.
    pub fn to_chrono(&self, zone: Zone) -> Option<DateTime<FixedOffset>> {
        let nanoseconds = Timestamp::try_from(self.to_system_time(zone)?).ok()?.as_nanosecond();
        let seconds = i64::try_from(nanoseconds.div_euclid(NANOSECONDS)).ok()?;
        let rest = u32::try_from(nanoseconds.rem_euclid(NANOSECONDS)).ok()?;
        let offset = FixedOffset::east_opt(zone.seconds())?;
        Some(DateTime::from_timestamp(seconds, rest)?.with_timezone(&offset))
    }
}

/// The instant, which is sent in the platform's format and time zone. A leap second becomes the second that follows it.
impl<Tz: TimeZone> From<DateTime<Tz>> for Date {
    fn from(date: DateTime<Tz>) -> Self {
        let rest = i64::from(date.timestamp_subsec_nanos());
        let distance = SignedDuration::from_secs(date.timestamp()).checked_add(SignedDuration::from_nanos(rest));
        let instant = distance.and_then(|distance| shifted(UNIX_EPOCH, distance));
        // Only where `SystemTime` has a small range: before 1601, on Windows.
        instant.map_or_else(|| date.to_utc().to_rfc3339().into(), Self::from)
    }
}

/// The same day and time in the platform's format: the value is taken to be in the platform's time zone.
///
/// A value that no platform can be sent is kept as text, and a violation in a request
/// ([`Rule::NotADate`](crate::Rule::NotADate)): a leap second, and a year of more than four digits.
impl From<NaiveDateTime> for Date {
    fn from(date: NaiveDateTime) -> Self {
        civil(date).map_or_else(|| date.to_string().into(), Self::civil)
    }
}

fn civil(date: NaiveDateTime) -> Option<civil::DateTime> {
    let part = |number: u32| i8::try_from(number).ok();
    let year = i16::try_from(date.year()).ok()?;
    let (month, day) = (part(date.month())?, part(date.day())?);
    let (hour, minute, second) = (part(date.hour())?, part(date.minute())?, part(date.second())?);
    let nanosecond = i32::try_from(date.nanosecond()).ok()?;
    civil::DateTime::new(year, month, day, hour, minute, second, nanosecond).ok()
}
