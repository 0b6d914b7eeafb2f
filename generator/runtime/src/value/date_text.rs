//! Parses the texts that servers write for dates.
//!
//! A text has an instant only if it can mean one instant: a wrong instant is worse than none, because the text is kept.
// specs/top/PROTOCOL.md#dates

use core::ops::RangeInclusive;
use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::clock::Zone;

/// Years of dates that are written in digits only. `10101010` is more likely an identifier than a date.
const COMPACT_YEARS: RangeInclusive<i16> = 1900..=9999;

/// Maximum offset from UTC in hours, as in Java's `ZoneOffset`. The largest offset in use is +14:00.
const MAX_OFFSET: i32 = 18;

/// Parses `text`. `zone` is the time zone of a text that does not name one.
pub(super) fn parse(text: &str, zone: Zone) -> Option<SystemTime> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return number(text, zone);
    }
    if text.starts_with(|char: char| char.is_ascii_digit()) {
        return iso(text, zone);
    }
    let (civil, named) = java(text)?;
    local(civil, named)
}

/// Parses digits, whose number decides what they are: 8 and 14 are calendar forms, 10 seconds since the Unix epoch, and
/// 13 milliseconds. Both counts are of instants since 2001.
///
/// Any other number of digits could be something else: 12 are also `yyyyMMddHHmm` or `yyMMddHHmmss`, 11 a telephone
/// number, and 15 or more milliseconds or microseconds.
fn number(digits: &str, zone: Zone) -> Option<SystemTime> {
    match digits.len() {
        8 | 14 => local(compact(digits)?, zone),
        _ if digits.starts_with('0') => None,
        10 => shifted(UNIX_EPOCH, SignedDuration::from_secs(digits.parse().ok()?)),
        13 => shifted(UNIX_EPOCH, SignedDuration::from_millis(digits.parse().ok()?)),
        _ => None,
    }
}

/// Parses `yyyyMMdd` and `yyyyMMddHHmmss`.
fn compact(digits: &str) -> Option<DateTime> {
    let mut reader = Reader(digits);
    let date = reader.date()?;
    let time = if reader.is_empty() { Time::midnight() } else { reader.time()? };
    Some(date.to_datetime(time)).filter(|_| reader.is_empty() && COMPACT_YEARS.contains(&date.year()))
}

/// Parses the format of Java's `Date.toString()`, with a time zone by name; only unambiguous names are known.
fn java(text: &str) -> Option<(DateTime, Zone)> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let [day, month, number, time, zone, year] = words.as_slice() else {
        return None;
    };
    let east = match *zone {
        // CST also means American Central Standard Time, but these servers are in China.
        "CST" | "GMT+08:00" => 8 * 3600,
        "UTC" | "GMT" | "Z" => 0,
        _ => return None,
    };
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let civil = format!("{day} {month} {number} {time} {year}");
    let civil = strtime::parse("%a %b %d %H:%M:%S %Y", civil).ok()?.to_datetime().ok()?;
    Some((civil, Zone::east(east)))
}

/// Parses ISO 8601: a date, or a date and a time with or without an offset from UTC. A space may be used for the `T`.
fn iso(text: &str, zone: Zone) -> Option<SystemTime> {
    let mut reader = Reader(text);
    let date = reader.date()?;
    if reader.is_empty() {
        return local(date.at(0, 0, 0, 0), zone);
    }
    reader.takes(&['T', 't', ' ']).then_some(())?;
    let civil = date.to_datetime(reader.time()?);
    let zone = if reader.is_empty() { zone } else { reader.zone()? };
    reader.is_empty().then(|| local(civil, zone)).flatten()
}

/// The text that is still to be read.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Skips one of `chars`, if the text starts with it.
    fn takes(&mut self, chars: &[char]) -> bool {
        let rest = self.0.strip_prefix(chars);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Reads exactly `count` digits.
    fn digits(&mut self, count: usize) -> Option<i16> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
        self.0 = rest;
        Some(number)
    }

    fn pair(&mut self) -> Option<i8> {
        self.digits(2)?.try_into().ok()
    }

    /// Reads `yyyy-MM-dd` or `yyyyMMdd`.
    fn date(&mut self) -> Option<Date> {
        let year = self.digits(4).filter(|year| *year > 0)?;
        let has_dashes = self.takes(&['-']);
        let month = self.pair()?;
        if self.takes(&['-']) != has_dashes {
            return None;
        }
        Date::new(year, month, self.pair()?).ok()
    }

    /// Reads `HH:mm`, `HH:mm:ss` or `HHmmss`; seconds may have a fraction of up to nine digits.
    fn time(&mut self) -> Option<Time> {
        let hour = self.pair()?;
        let has_colons = self.takes(&[':']);
        let minute = self.pair()?;
        let has_seconds = if has_colons { self.takes(&[':']) } else { true };
        let second = if has_seconds { self.pair()? } else { 0 };
        let has_fraction = has_seconds && self.takes(&['.', ',']);
        let nanosecond = if has_fraction { self.fraction()? } else { 0 };
        Time::new(hour, minute, second, nanosecond).ok()
    }

    /// Reads the digits after a decimal point, as billionths.
    fn fraction(&mut self) -> Option<i32> {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(count).filter(|(digits, _)| (1..=9).contains(&digits.len()))?;
        self.0 = rest;
        format!("{digits:0<9}").parse().ok()
    }

    /// Reads `Z`, `+08`, `+08:00` or `+0800`. The name of a zone may follow in brackets, as Java's `ZonedDateTime`
    /// writes it; the offset counts.
    fn zone(&mut self) -> Option<Zone> {
        self.takes(&[' ']);
        let zone = if self.takes(&['Z', 'z']) { Zone::UTC } else { self.offset()? };
        if let Some(name) = self.0.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-:".contains(&byte);
            self.0 = if name.bytes().all(is_name) { "" } else { self.0 };
        }
        Some(zone)
    }

    fn offset(&mut self) -> Option<Zone> {
        let is_west = self.0.starts_with('-');
        self.takes(&['+', '-']).then_some(())?;
        let hours = i32::from(self.pair()?);
        let has_minutes = self.takes(&[':']) || self.0.starts_with(|char: char| char.is_ascii_digit());
        let minutes = if has_minutes { i32::from(self.pair()?) } else { 0 };
        let seconds = (hours * 60 + minutes) * 60;
        let is_valid = minutes < 60 && seconds <= MAX_OFFSET * 3600;
        is_valid.then(|| Zone::east(if is_west { -seconds } else { seconds }))
    }
}

pub(super) fn local(civil: DateTime, zone: Zone) -> Option<SystemTime> {
    let zoned = civil.to_zoned(TimeZone::fixed(zone.offset()?)).ok()?;
    instant(zoned.timestamp())
}

/// Checked, because the range of `SystemTime` may be smaller than jiff's.
pub(super) fn instant(timestamp: Timestamp) -> Option<SystemTime> {
    shifted(UNIX_EPOCH, timestamp.as_duration())
}

pub(super) fn shifted(from: SystemTime, by: SignedDuration) -> Option<SystemTime> {
    let distance: Duration = by.unsigned_abs();
    if by.is_negative() { from.checked_sub(distance) } else { from.checked_add(distance) }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use jiff::Timestamp;
    use jiff::fmt::strtime;
    use jiff::tz::{Offset, TimeZone};
    use proptest::prelude::*;

    use crate::clock::Zone;
    use crate::value::Date;

    const EAST: Zone = Zone::east(8 * 3600);

    fn parse(text: &str) -> Option<SystemTime> {
        Date::from(text).to_system_time(EAST)
    }

    fn unix(text: &str) -> Option<i64> {
        Some(Timestamp::try_from(parse(text)?).ok()?.as_second())
    }

    #[test]
    fn digits_are_a_calendar_form_or_a_count_by_their_number() {
        // 2024-03-12 14:05:56 in UTC+8.
        assert_eq!(unix("20240312140556"), Some(1_710_223_556));
        assert_eq!(unix("1710223556"), Some(1_710_223_556));
        assert_eq!(unix("1710223556000"), Some(1_710_223_556));
        assert_eq!(unix("20240312"), Some(1_710_172_800));
        assert_eq!(unix("99991231"), Some(253_402_185_600));
    }

    #[test]
    fn digits_that_could_be_two_instants_or_are_none_have_no_instant() {
        for text in [
            "0",
            "-1",
            "1710223",
            "171022355",
            "-20240312",
            "-1710223556",
            "-1710223556000",
            "-639129600000",
            "-20240312140556",
            "20241301",
            "20230229",
            "00000000",
            "10101010",
            "12345678",
            "20240312240000",
            "20240312146000",
            "20241312140556",
            "18991231235959",
            // 2024-03-12 14:05, and 14:05:56 with a year of two digits.
            "202403121405",
            "240312140556",
            "991231235959",
            "850615120000",
            // A telephone number; 1990-01-01 and 1972-02-03 in milliseconds.
            "13800000000",
            "631123200000",
            "65894400000",
            "0000000000",
            "0001710223556",
            "17102235560001",
            "171022355600012",
            "1710223556000123",
            "20240312140556123",
            "1710223556000123456",
            "99999999999999999999",
            "+1710223556",
            "1710223556.5",
            "１７１０２２３５５６",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_zone_that_the_text_names_counts() {
        for text in [
            "2024-03-12T14:05:56+08:00",
            "2024-03-12T14:05:56+0800",
            "2024-03-12T14:05:56+08",
            "2024-03-12 14:05:56 +0800",
            "2024-03-12T06:05:56Z",
            "2024-03-12t06:05:56z",
            "2024-03-12T01:05:56-05:00",
            "2024-03-12T14:05:56.000+0800",
            "2024-03-12T14:05:56.000000000+08:00",
            "2024-03-12T14:05:56,0+08:00",
            "20240312T140556+0800",
            "20240312T060556Z",
            "2024-03-12T14:05:56+08:00[Asia/Shanghai]",
            "2024-03-12 14:05:56",
            "2024-03-12T14:05:56.0",
            "20240312T140556",
        ] {
            assert_eq!(unix(text), Some(1_710_223_556), "{text}");
        }
        let half = UNIX_EPOCH + Duration::from_millis(1_710_223_556_500);
        assert_eq!(parse("2024-03-12T14:05:56.5+0800"), Some(half));
        assert_eq!(unix("2024-03-12 14:05"), Some(1_710_223_500));
    }

    #[test]
    fn what_contradicts_itself_has_no_instant() {
        for text in [
            // A zone by name would have to be looked up; its offset may be another than the caller's.
            "2024-03-12T14:05:56[America/New_York]",
            "2024-03-12T14:05:56 EST",
            "2024-03-12T14:05:56+25:00",
            "2024-03-12T14:05:56+19:00",
            "2024-03-12T14:05:56+08:60",
            "2024-03-12T14:05:56+08:00 +09:00",
            "2024-03-12T14:05:56Zulu",
            "2024-03-12Z",
            "2024-03-12+08:00",
            "2024-03-12T",
            "2024-03-12T14:05:56.",
            "2024-03-12T14:05:56.1234567890",
            "2024-03-12T14:5:56",
            "2024-03-12T24:00:00",
            "2024-03-12T23:59:60Z",
            "2024-3-12",
            "2024-03-12  14:05:56",
            "2024-0312",
            "202403-12",
            "0000-01-01",
            "0000-00-00 00:00:00",
            "-2024-03-12",
            "+002024-03-12",
            "2024-W11-2",
            "2024-072",
            "2023-02-29",
            "12-03-2024",
            "03/12/2024",
            "Tue Mar 12 14:05:56 CST 24",
            "Mon Mar 12 14:05:56 CST 2024",
            "Tue Mar 12 14:05:56 CST -2024",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    /// The patterns that are parsed to the second, each with whether it names its zone.
    const PATTERNS: &[(&str, bool)] = &[
        ("%Y-%m-%d %H:%M:%S", false),
        ("%Y-%m-%dT%H:%M:%S", false),
        ("%Y%m%d%H%M%S", false),
        ("%Y%m%dT%H%M%S", false),
        ("%Y-%m-%dT%H:%M:%S%:z", true),
        ("%Y-%m-%d %H:%M:%S%z", true),
        ("%Y-%m-%d %H:%M:%S %z", true),
        ("%Y%m%dT%H%M%S%z", true),
    ];

    proptest! {
        #[test]
        fn every_form_keeps_the_instant(
            second in -2_208_960_000_i64..253_402_200_000,
            quarters in -48_i32..=56,
            (pattern, names_zone) in proptest::sample::select(PATTERNS),
        ) {
            let offset = Offset::from_seconds(quarters * 900).expect("a small offset");
            let timestamp = Timestamp::from_second(second).expect("in range");
            let text = strtime::format(pattern, &timestamp.to_zoned(TimeZone::fixed(offset))).expect("a pattern");
            // A year of 1899 or 10000 in that zone has no such form.
            prop_assume!(timestamp.to_zoned(TimeZone::fixed(offset)).year() >= 1900 && !text.starts_with('+'));
            let zone = if names_zone { EAST } else { Zone::east(quarters * 900) };
            let parsed = Date::from(text.as_str()).to_system_time(zone);
            prop_assert_eq!(parsed, Some(SystemTime::from(timestamp)), "{}", text);
        }

        #[test]
        fn counts_keep_the_instant(second in 1_000_000_000_i64..10_000_000_000, milli in 0_i64..1_000) {
            let seconds = Timestamp::from_second(second).expect("in range");
            prop_assert_eq!(parse(&second.to_string()), Some(SystemTime::from(seconds)));
            let millis = second * 1_000 + milli;
            let exact = Timestamp::from_millisecond(millis).expect("in range");
            prop_assert_eq!(parse(&millis.to_string()), Some(SystemTime::from(exact)));
        }

        #[test]
        fn digits_have_the_year_that_they_show(text in "[0-9]{1,20}") {
            let Some(instant) = parse(&text) else { return Ok(()) };
            let timestamp = Timestamp::try_from(instant).expect("in range");
            let shown = |pattern| strtime::format(pattern, &timestamp.to_zoned(TimeZone::fixed(Offset::constant(8))));
            match text.len() {
                8 => prop_assert_eq!(shown("%Y%m%d").expect("a pattern"), text),
                14 => prop_assert_eq!(shown("%Y%m%d%H%M%S").expect("a pattern"), text),
                10 => prop_assert_eq!(timestamp.as_second().to_string(), text),
                13 => prop_assert_eq!(timestamp.as_millisecond().to_string(), text),
                _ => prop_assert!(false, "{} has an instant", text),
            }
        }

        #[test]
        fn a_text_like_a_date_has_the_day_that_it_shows(
            text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9][T ]?[0-9:.,]{0,12} ?[-+Z]?[0-9:]{0,5}[a-z\\[\\]]{0,2}"
        ) {
            let Some(instant) = parse(&text) else { return Ok(()) };
            let timestamp = Timestamp::try_from(instant).expect("in range");
            let day = |offset| timestamp.to_zoned(TimeZone::fixed(Offset::constant(offset))).date().to_string();
            let names_zone = text.get(10..).is_some_and(|time| time.contains(['Z', '+', '-']));
            let shown = if names_zone { (-18..=18).any(|hours| text.starts_with(&day(hours))) } else { text.starts_with(&day(8)) };
            prop_assert!(shown, "{} is {}", text, timestamp);
        }
    }
}
