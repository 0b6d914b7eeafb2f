//! Decimal numbers that keep their text.

use core::fmt;

/// A decimal number (Price, BigDecimal, Double), as the text that was received or will be sent: `0.10` stays `0.10`.
///
/// Compared and displayed as text, and parsed only on demand, so that no digit is lost.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal(String);

impl Decimal {
    /// Returns the text, unchanged.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the nearest `f64`, if the text is a number.
    pub fn to_f64(&self) -> Option<f64> {
        // `f64::from_str` also accepts "inf" and "nan", which no platform uses.
        self.0.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Whether the text is that of an infinite `f64` or NaN, which no request may contain.
    pub(crate) fn is_not_finite(&self) -> bool {
        matches!(self.0.as_str(), "NaN" | "inf" | "-inf")
    }

    /// Returns the integer, if the text is exactly one (`5`, `5.00` and `5e2` are) and it fits in 64 bits.
    pub fn to_i64(&self) -> Option<i64> {
        integer(self.0.trim())
    }
}

/// Shows the text, unchanged. Only `Debug` hides values.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::show::text(f, "Decimal", &self.0)
    }
}

impl From<&str> for Decimal {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Decimal {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self(number.to_string())
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

/// Converts to the shortest text that parses as the same number, without an exponent: `0.1` becomes `0.1`.
///
/// Infinity and NaN become text that no request may contain ([`Rule::InvalidNumber`](crate::Rule::InvalidNumber)).
impl From<f64> for Decimal {
    fn from(number: f64) -> Self {
        Self(number.to_string())
    }
}

/// The parts of a decimal number's text. `exponent` is not checked.
pub(super) struct Parts<'a> {
    pub(super) negative: bool,
    pub(super) whole: &'a str,
    pub(super) fraction: &'a str,
    pub(super) exponent: &'a str,
}

/// Splits the text of a decimal number. Returns `None` if the parts before the exponent are not digits.
pub(super) fn parts(text: &str) -> Option<Parts<'_>> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = !whole.is_empty() && digits(whole) && digits(fraction);
    is_number.then_some(Parts { negative, whole, fraction, exponent })
}

/// Returns the integer that a JSON number represents exactly, if it fits in 64 bits: `-5`, `5.0`, `12.50e1`.
pub(crate) fn integer(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number).filter(|_| !text.starts_with('+'));
    }
    let Parts { negative, whole, fraction, exponent } = parts(text)?;
    let fraction = fraction.trim_end_matches('0');
    let number = [whole, fraction].concat();
    let number = number.trim_start_matches('0');
    if number.is_empty() {
        return Some(0);
    }
    let shift = exponent.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    scaled(number, shift, negative)
}

/// Returns `digits` (without a leading zero) times ten to the power `shift`, if that is a 64-bit integer.
fn scaled(digits: &str, shift: i64, negative: bool) -> Option<i64> {
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let sign = if negative { "-" } else { "" };
    if shift >= 0 {
        // A 64-bit integer has at most 19 digits; the limit also keeps `1e999999999` from using much memory.
        let shift = usize::try_from(shift).ok().filter(|shift| *shift <= 19)?;
        return format!("{sign}{digits}{}", "0".repeat(shift)).parse().ok();
    }
    let cut = usize::try_from(shift.unsigned_abs()).ok().filter(|cut| *cut <= zeros)?;
    format!("{sign}{}", digits.get(..digits.len().checked_sub(cut)?)?).parse().ok()
}

/// Whether `text` is a number in JSON's syntax.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let starts_well = text.starts_with(|char: char| char.is_ascii_digit());
    starts_well && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() && !text.ends_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_stays() {
        assert_eq!(Decimal::from("0.10").as_str(), "0.10");
        assert_ne!(Decimal::from("0.10"), Decimal::from("0.1"));
        assert_eq!(Decimal::from("200.07").to_f64(), Some(200.07));
        assert_eq!(Decimal::from("nan").to_f64(), None);
        assert_eq!(Decimal::from(5).to_i64(), Some(5));
        assert_eq!(format!("{}|{:>6}", Decimal::from("0.10"), Decimal::from("x")), "0.10|     x");
    }

    #[test]
    fn numbers_are_written_as_rust_writes_them() {
        assert_eq!(Decimal::from(u64::MAX).as_str(), "18446744073709551615");
        let cases = [(0.1, "0.1"), (-2.0, "-2"), (1e21, "1000000000000000000000"), (0.1 + 0.2, "0.30000000000000004")];
        for (number, text) in cases {
            let decimal = Decimal::from(number);
            assert_eq!(decimal.as_str(), text);
            assert!(is_number(text) && decimal.to_f64() == Some(number) && !decimal.is_not_finite());
        }
        for number in [f64::MAX, f64::MIN_POSITIVE, -0.0] {
            let decimal = Decimal::from(number);
            assert!(is_number(decimal.as_str()) && decimal.to_f64() == Some(number));
        }
        for number in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let decimal = Decimal::from(number);
            assert!(decimal.is_not_finite() && !is_number(decimal.as_str()), "{number}");
        }
    }

    #[test]
    fn integers_are_exact_or_nothing() {
        let cases = [
            ("0", Some(0)),
            ("-0.0", Some(0)),
            ("5.0", Some(5)),
            ("1e3", Some(1000)),
            ("-12.50e1", Some(-125)),
            ("100e-2", Some(1)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808.0", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("5.5", None),
            ("1e-1", None),
            ("1e999999999999", None),
            ("1e99999999999999999999", None),
            ("", None),
            ("-", None),
            ("+5", None),
            ("５", None),
            ("1.", Some(1)),
            ("abc", None),
        ];
        for (text, expected) in cases {
            assert_eq!(integer(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_as_json_writes_them() {
        for text in ["0", "-1", "1.50", "1e5", "123456789012345678901234567890"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", " 1", "1 ", "01", "1.", "+1", "--1", "x", "{}", "NaN"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
