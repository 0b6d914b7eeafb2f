//! Known answers and round trips of the conversions.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ::chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use ::jiff::{Timestamp, Zoned, civil};
use ::rust_decimal::{Decimal as Number, Error};
use proptest::prelude::*;

use crate::clock::Zone;
use crate::value::{Date, Decimal};

const EAST: Zone = Zone::east(8 * 3600);
const PATTERN: &str = "%Y-%m-%d %H:%M:%S";

/// 2026-01-02 03:04:05 in UTC+8.
const SECONDS: i64 = 1_767_294_245;

fn sent(date: impl Into<Date>) -> Option<String> {
    date.into().written(PATTERN, EAST)
}

fn naive(text: &str) -> NaiveDateTime {
    text.parse().expect("a date and time")
}

#[test]
fn an_instant_is_sent_in_the_platforms_zone() {
    let expected = Some("2026-01-02 03:04:05".to_owned());
    let utc = DateTime::<Utc>::from_timestamp(SECONDS, 999_999_999).expect("in range");
    let west = utc.with_timezone(&FixedOffset::west_opt(5 * 3600).expect("an offset"));
    assert_eq!(sent(utc), expected);
    assert_eq!(sent(west), expected);

    let timestamp = Timestamp::from_second(SECONDS).expect("in range");
    let zoned: Zoned = "2026-01-01T14:04:05-05:00[-05:00]".parse().expect("a zoned date and time");
    assert_eq!(sent(timestamp), expected);
    assert_eq!(sent(&zoned), expected);
    assert_eq!(sent(zoned), expected);
}

#[test]
fn a_civil_date_and_time_is_sent_as_it_is() {
    let expected = Some("2026-01-02 03:04:05".to_owned());
    let civil: civil::DateTime = "2026-01-02T03:04:05".parse().expect("a date and time");
    assert_eq!(sent(civil), expected);
    assert_eq!(sent(naive("2026-01-02T03:04:05.5")), expected);
    // In a format with another time zone, it is the same day and time too.
    let date = Date::from(civil);
    assert_eq!(date.written("%Y%m%d%H%M%S%z", Zone::UTC).as_deref(), Some("20260102030405+0000"));
    assert_eq!(date.to_system_time(Zone::UTC), Some(UNIX_EPOCH + Duration::from_secs(1_767_323_045)));
    assert_eq!((date.as_text(), date.is_invalid(EAST)), (None, false));
    assert_eq!(format!("{date}|{date:?}"), "2026-01-02T03:04:05|Date(civil)");
    assert_eq!(date, naive("2026-01-02T03:04:05").into());
}

#[test]
fn a_dump_gives_no_time_zone_to_a_civil_date_and_time() {
    let date = Date::from(naive("2026-01-02T03:04:05.5"));
    let dumped = date.dumped("%Y-%m-%dT%H:%M:%S%.fZ", Zone::UTC);
    assert_eq!(dumped.as_deref(), Some("2026-01-02T03:04:05.5"));
    assert_eq!(dumped.and_then(|text| Date::from(text).to_system_time(EAST)), date.to_system_time(EAST));
}

#[test]
fn an_answer_converts_back_in_a_zone() {
    for text in ["2026-01-02 03:04:05", "2026-01-01T19:04:05Z", "1767294245000"] {
        let date = Date::from(text);
        let chrono = date.to_chrono(EAST).expect("a date");
        assert_eq!(chrono.to_rfc3339(), "2026-01-02T03:04:05+08:00", "{text}");
        let jiff = date.to_jiff(EAST).expect("a date");
        assert_eq!(jiff.to_string(), "2026-01-02T03:04:05+08:00[+08:00]", "{text}");
    }
    for text in ["", "soon", "2026-02-30"] {
        assert_eq!((Date::from(text).to_chrono(EAST), Date::from(text).to_jiff(EAST)), (None, None), "{text}");
    }
    // No zone is a day or more away from UTC.
    let far = Zone::east(26 * 3600);
    assert_eq!((Date::from(UNIX_EPOCH).to_chrono(far), Date::from(UNIX_EPOCH).to_jiff(far)), (None, None));
}

#[test]
fn what_no_platform_can_be_sent_is_a_violation() {
    let leap = NaiveDate::from_ymd_opt(2016, 12, 31).and_then(|date| date.and_hms_milli_opt(23, 59, 59, 1_500));
    let leap = leap.expect("a leap second");
    let year = NaiveDate::from_ymd_opt(10_000, 1, 1).and_then(|date| date.and_hms_opt(0, 0, 0)).expect("a date");
    for date in [leap, year, NaiveDateTime::MIN, NaiveDateTime::MAX] {
        assert!(Date::from(date).is_invalid(EAST), "{date}");
    }
    // With its zone, a leap second is an instant: the next second.
    assert_eq!(sent(leap.and_utc()).as_deref(), Some("2017-01-01 08:00:00"));
    // An instant of such a year cannot be written either.
    assert_eq!(sent(DateTime::<Utc>::MAX_UTC), None);
    assert_eq!(Date::from(DateTime::<Utc>::MIN_UTC).to_chrono(EAST), None);
}

#[test]
fn decimals_are_exact_or_an_error() {
    let parsed = |text: &str| Number::try_from(Decimal::from(text)).map(|number| number.to_string());
    for (text, expected) in [
        ("0.10", "0.10"),
        (" -12.50 ", "-12.50"),
        ("-0.0", "0.0"),
        ("1.5e3", "1500"),
        ("15e-4", "0.0015"),
        ("0e99", "0"),
        ("0001.", "1"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("7.9228162514264337593543950335", "7.9228162514264337593543950335"),
        ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
    ] {
        assert_eq!(parsed(text).as_deref(), Ok(expected), "{text}");
    }
    for text in ["", "-", "+1", ".5", "1_000", "1e", "1e5x", "NaN", "inf", "５"] {
        assert_eq!(parsed(text), Err(Error::from("not a decimal number")), "{text}");
    }
    for text in [
        "79228162514264337593543950336",
        "1e29",
        "1e999999999",
        "99999999999999999999999999999999999999999",
        "0.00000000000000000000000000001",
        "1.00000000000000000000000000000",
        "1e-9223372036854775807",
    ] {
        assert!(parsed(text).is_err(), "{text}");
    }
}

fn instant(seconds: i64, nanoseconds: u32) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let whole = if seconds < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance };
    whole + Duration::from_nanos(nanoseconds.into())
}

proptest! {
    #[test]
    fn instants_come_back_to_the_nanosecond(
        // The years 0 to 9999.
        seconds in -62_167_219_200_i64..253_402_300_800,
        nanoseconds in 0_u32..1_000_000_000,
        quarters in -56_i32..=56,
    ) {
        let zone = Zone::east(quarters * 900);
        let expected = instant(seconds, nanoseconds);
        let chrono = DateTime::<Utc>::from_timestamp(seconds, nanoseconds).expect("in range");
        prop_assert_eq!(Date::from(chrono).to_system_time(EAST), Some(expected));
        prop_assert_eq!(Date::from(expected).to_chrono(zone).map(Date::from), Some(Date::from(chrono)));
        let jiff = Date::from(expected).to_jiff(zone);
        // jiff's range is a day and a bit shorter at its end.
        prop_assert_eq!(jiff.map(Date::from), Timestamp::try_from(expected).ok().map(Date::from));
    }

    #[test]
    fn civil_dates_and_times_come_back_in_every_zone(
        seconds in -62_000_000_000_i64..253_402_100_000,
        nanoseconds in 0_u32..1_000_000_000,
        quarters in -56_i32..=56,
    ) {
        let zone = Zone::east(quarters * 900);
        let chrono = DateTime::<Utc>::from_timestamp(seconds, nanoseconds).expect("in range").naive_utc();
        let back = Date::from(chrono).to_chrono(zone).map(|date| date.naive_local());
        prop_assert_eq!(back, Some(chrono));
        let jiff = Date::from(chrono).to_jiff(zone).map(|date| date.datetime()).expect("a date");
        prop_assert_eq!(Date::from(jiff), Date::from(chrono));
        prop_assert_eq!(jiff.to_string(), Date::from(chrono).to_string());
        // What is sent is the same day and time, without the fraction of a second.
        prop_assert_eq!(Date::from(jiff).written(PATTERN, zone), Some(chrono.format(PATTERN).to_string()));
    }

    #[test]
    fn decimals_keep_number_and_scale(mantissa in -(1_i128 << 96) + 1..(1_i128 << 96), scale in 0_u32..=28) {
        let number = Number::from_i128_with_scale(mantissa, scale);
        let back = Number::try_from(&Decimal::from(number)).expect("its own text");
        prop_assert_eq!((back.mantissa(), back.scale()), (mantissa, scale));
    }

    #[test]
    fn texts_of_decimals_come_back_unless_they_are_refused(text in "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?") {
        prop_assume!(!text.starts_with("-0") || text.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']));
        let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
        let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        match Number::try_from(Decimal::from(text.as_str())) {
            Ok(number) => prop_assert_eq!(number.to_string(), text),
            Err(error) => prop_assert!(digits > 28 || places > 28, "{}: {}", text, error),
        }
    }
}
