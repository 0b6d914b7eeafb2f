//! Numbers as pages write them.

use std::cmp::Ordering;

/// A number written in decimal digits, of any length: `-0.5`. An exponent, a space or a word is not part of one.
///
/// Leading zeros before and trailing zeros behind the point are left out, so that equal numbers are equal.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct DecimalText<'a> {
    negative: bool,
    whole: &'a str,
    part: &'a str,
}

impl<'a> DecimalText<'a> {
    /// Reads a number. Returns `None` if the text is not one.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(part) || (whole.is_empty() && part.is_empty()) {
            return None;
        }
        let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
        let zero = whole.is_empty() && part.is_empty();
        Some(Self { negative: negative && !zero, whole, part })
    }
}

impl Ord for DecimalText<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |left: &Self, right: &Self| {
            let whole = left.whole.len().cmp(&right.whole.len()).then_with(|| left.whole.cmp(right.whole));
            whole.then_with(|| left.part.cmp(right.part))
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for DecimalText<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_with_a_sign_and_a_point_are_a_number() {
        for text in ["0", "-1", "+7", "0.5", ".5", "5.", "00012.340", "100000000000000000000000"] {
            assert!(DecimalText::read(text).is_some(), "{text}");
        }
        for text in [
            "", " 1", "1 ", "NaN", "nan", "inf", "-inf", "infinity", "1e5", "0x10", "1_000", "1,000", ".", "-", "--1",
            "１",
        ] {
            assert_eq!(DecimalText::read(text), None, "{text}");
        }
        assert_eq!(DecimalText::read("-0.0"), DecimalText::read("0"));
    }
}
