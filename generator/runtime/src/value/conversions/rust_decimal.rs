//! Decimal numbers of rust_decimal.

use ::rust_decimal::{Decimal as Number, Error};

use crate::value::Decimal;
use crate::value::decimal::{Parts, parts};

/// Maximum number of zeros that an exponent can add. A number of rust_decimal has at most 29 digits; the limit also keeps
/// `1e999999999` from using much memory.
const MAX_ZEROS: i64 = 29;

/// The same number with the same scale: `0.10` stays `0.10`.
impl From<Number> for Decimal {
    fn from(number: Number) -> Self {
        number.to_string().into()
    }
}

/// The same number with the same scale. Only the sign of a zero is lost, and an exponent is written out: `1.5e3` becomes
/// `1500`.
///
/// # Errors
///
/// If the text is not a number, or is one that rust_decimal cannot represent exactly: its numbers have at most 28 decimal
/// places, and without their decimal point they are less than 2^96 (28 digits always fit). Nothing is rounded.
/// The error implements `std::error::Error` with rust_decimal's feature `std`, which is one of its default features.
impl TryFrom<&Decimal> for Number {
    type Error = Error;

    fn try_from(decimal: &Decimal) -> Result<Self, Error> {
        let no_number = || Error::from("not a decimal number");
        let Parts { negative, whole, fraction, exponent } = parts(decimal.as_str().trim()).ok_or_else(no_number)?;
        let digits = [whole, fraction].concat();
        let exponent: i64 = exponent.parse().map_err(|_| no_number())?;
        let places = i64::try_from(fraction.len()).ok().and_then(|places| places.checked_sub(exponent));
        let places = places.ok_or(Error::ExceedsMaximumPossibleValue)?;
        let zeros = if digits.bytes().all(|digit| digit == b'0') { 0 } else { (-places).max(0) };
        if zeros > MAX_ZEROS {
            return Err(Error::ExceedsMaximumPossibleValue);
        }
        let scale = u32::try_from(places.max(0)).unwrap_or(u32::MAX);
        let sign = if negative { "-" } else { "" };
        let zeros = "0".repeat(usize::try_from(zeros).unwrap_or_default());
        let number = format!("{sign}{digits}{zeros}").parse().map_err(|_| Error::ExceedsMaximumPossibleValue)?;
        Self::try_from_i128_with_scale(number, scale)
    }
}

/// Like the conversion of a reference.
impl TryFrom<Decimal> for Number {
    type Error = Error;

    fn try_from(decimal: Decimal) -> Result<Self, Error> {
        (&decimal).try_into()
    }
}
