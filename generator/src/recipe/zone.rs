//! Parses times and offsets of platform files.

use std::time::Duration;

/// Parses a fixed offset (`+08:00`, `-05:30`, `Z`) into seconds east of UTC.
#[must_use]
pub fn zone_offset(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Parses the time of a vector: RFC 3339, with or without a fraction, or Unix seconds or milliseconds. Seconds may have a fraction.
/// Returns the time since 1970; `None` before it.
pub(super) fn since_1970(text: &str) -> Option<Duration> {
    /// Seconds of the year 5138, and milliseconds of 1973.
    const MILLISECONDS: u64 = 100_000_000_000;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if is_number(whole) {
        let number: u64 = whole.parse().ok()?;
        return if number >= MILLISECONDS && fraction.is_empty() {
            Some(Duration::from_millis(number))
        } else {
            Some(Duration::new(number, nanoseconds(fraction)?))
        };
    }
    let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
    let (fraction, zone) = fraction.split_at(end);
    let is_fraction = fraction.is_empty() != text.contains('.');
    let seconds = instant(&format!("{whole}{zone}")).filter(|_| is_fraction)?;
    Some(Duration::new(u64::try_from(seconds).ok()?, nanoseconds(fraction)?))
}

fn nanoseconds(fraction: &str) -> Option<u32> {
    let is_fraction = fraction.len() <= 9 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_fraction.then(|| format!("{fraction:0<9}").parse().ok()).flatten()
}

/// Parses an RFC 3339 time without fraction (`2016-01-01T12:00:00+08:00`) into Unix seconds.
fn instant(text: &str) -> Option<i64> {
    let (date, rest) = text.split_once('T')?;
    let (time, zone) = rest.split_at_checked(8)?;
    let [year, month, day] = fields(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = fields(time, ':', [2, 2, 2])?;
    let fits = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    if !fits || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = i64::from(hour * 3600 + minute * 60 + second);
    Some(days_since_1970(year, month, day) * 86_400 + seconds - i64::from(zone_offset(zone)?))
}

fn fields(text: &str, separator: char, widths: [usize; 3]) -> Option<[i32; 3]> {
    let mut parts = text.split(separator);
    let mut next = |width| parts.next().and_then(|part| number(part, width));
    let [first, second, third] = widths;
    let read = [next(first)?, next(second)?, next(third)?];
    parts.next().is_none().then_some(read)
}

fn number(digits: &str, width: usize) -> Option<i32> {
    let plain = digits.len() == width && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_since_1970(year: i32, month: i32, day: i32) -> i64 {
    let leap_days = |year: i32| year / 4 - year / 100 + year / 400;
    let before = i64::from(year - 1970) * 365 + i64::from(leap_days(year - 1) - leap_days(1969));
    let this_year: i32 = (1..month).map(|month| days_in(year, month)).sum();
    before + i64::from(this_year + day - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read() {
        assert_eq!(zone_offset("+08:00"), Some(28_800));
        assert_eq!(zone_offset("-05:30"), Some(-19_800));
        assert_eq!(zone_offset("Z"), Some(0));
        for text in ["", "8", "+8:00", "+08", "+0800", "+24:00", "+08:60", "+08:00:00", "Asia/Shanghai", "＋08:00", "z"]
        {
            assert_eq!(zone_offset(text), None, "{text}");
        }
    }

    #[test]
    fn instants_are_read() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T08:00:00+08:00", 0),
            ("2026-01-02T03:04:05+08:00", 1_767_294_245),
            ("2021-09-01T04:00:00Z", 1_630_468_800),
            ("2000-02-29T00:00:00Z", 951_782_400),
            ("1969-12-31T23:59:59Z", -1),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
        ] {
            assert_eq!(instant(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn times_of_vectors_are_read() {
        for (text, milliseconds) in [
            ("2021-09-01T04:00:00Z", 1_630_468_800_000),
            ("2021-09-01T12:00:00.123+08:00", 1_630_468_800_123),
            ("1630468800", 1_630_468_800_000),
            ("1630468800.5", 1_630_468_800_500),
            ("1630468800123", 1_630_468_800_123),
            ("0", 0),
        ] {
            assert_eq!(since_1970(text), Some(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in [
            "",
            ".5",
            "1.5.5",
            "-1",
            "1e9",
            "2021-09-01T04:00:00.Z",
            "2021-09-01",
            "1969-12-31T23:59:59Z",
            "1.0123456789",
        ] {
            assert_eq!(since_1970(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2026-01-02",
            "2026-01-02 03:04:05Z",
            "2026-01-02T03:04:05",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00.5Z",
            "26-1-1T0:0:0Z",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
