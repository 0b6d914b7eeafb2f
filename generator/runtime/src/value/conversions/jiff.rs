//! Dates of jiff.

use ::jiff::tz::TimeZone;
use ::jiff::{Timestamp, Zoned, civil};

use crate::clock::Zone;
use crate::value::Date;
use crate::value::date_text::instant;

impl Date {
    /// Returns the instant of [`Date::to_system_time`] in `zone`, which is also the time zone of a text that does not name
    /// one. Returns `None` if the text has no instant.
    ///
    /// Pass the platform's time zone (`P::PROTOCOL.values.date.zone` for the platform `P`, with the trait
    /// [`Platform`](crate::Platform) in scope): its answers have dates without a zone. `datetime()` of the result is then
    /// the day and time on the platform's clocks. The offset that a text names is not kept.
    pub fn to_jiff(&self, zone: Zone) -> Option<Zoned> {
        let timestamp = Timestamp::try_from(self.to_system_time(zone)?).ok()?;
        Some(timestamp.to_zoned(TimeZone::fixed(zone.offset()?)))
    }
}

/// The instant, which is sent in the platform's format and time zone.
impl From<Timestamp> for Date {
    fn from(timestamp: Timestamp) -> Self {
        // Only where `SystemTime` has a small range: before 1601, on Windows.
        instant(timestamp).map_or_else(|| timestamp.to_string().into(), Self::from)
    }
}

/// The instant, which is sent in the platform's format and time zone, whatever the zone of the value is.
impl From<Zoned> for Date {
    fn from(zoned: Zoned) -> Self {
        zoned.timestamp().into()
    }
}

/// The instant, which is sent in the platform's format and time zone, whatever the zone of the value is.
impl From<&Zoned> for Date {
    fn from(zoned: &Zoned) -> Self {
        zoned.timestamp().into()
    }
}

/// The same day and time in the platform's format: the value is taken to be in the platform's time zone.
impl From<civil::DateTime> for Date {
    fn from(date: civil::DateTime) -> Self {
        Self::civil(date)
    }
}
