//! Compares limits: tighter or looser.

use std::cmp::Ordering;

/// The direction of a changed limit.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Trend {
    Tightened,
    Loosened,
}

/// Compares maximum numbers of characters or elements.
pub(super) fn counts(old: Option<u64>, new: Option<u64>) -> Option<Trend> {
    trend(&old, &new, |old, new| new.cmp(old))
}

/// Compares maximum values.
pub(super) fn maxima(old: &Option<String>, new: &Option<String>) -> Option<Trend> {
    trend(old, new, |old, new| decimal_order(new, old))
}

/// Compares minimum values.
pub(super) fn minima(old: &Option<String>, new: &Option<String>) -> Option<Trend> {
    trend(old, new, |old, new| decimal_order(old, new))
}

/// `room` compares the room that both limits leave: greater if the new one leaves more.
fn trend<T: PartialEq>(old: &Option<T>, new: &Option<T>, room: impl Fn(&T, &T) -> Ordering) -> Option<Trend> {
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(Trend::Tightened),
        (Some(_), None) => Some(Trend::Loosened),
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => match room(old, new) {
            Ordering::Greater => Some(Trend::Loosened),
            // The same number in other digits, or no number at all: the careful answer.
            Ordering::Less | Ordering::Equal => Some(Trend::Tightened),
        },
    }
}

/// Compares decimal texts of any length. Texts that are not numbers count as equal.
fn decimal_order(left: &str, right: &str) -> Ordering {
    match (Decimal::read(left), Decimal::read(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => Ordering::Equal,
    }
}

/// Sign and digits, without leading zeros before and trailing zeros behind the point.
struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    part: &'a str,
}

impl<'a> Decimal<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let text = text.trim();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_ordered() {
        use Trend::{Loosened, Tightened};
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        assert_eq!(counts(Some(10), Some(9)), Some(Tightened));
        assert_eq!(counts(Some(10), None), Some(Loosened));
        assert_eq!(counts(None, Some(9)), Some(Tightened));
        assert_eq!(counts(Some(9), Some(9)), None);
        for (old, new, max, min) in [
            ("9", "10", Loosened, Tightened),
            ("-9", "-10", Tightened, Loosened),
            ("0.5", "0.45", Tightened, Loosened),
            ("99999999999999999999", "100000000000000000000", Loosened, Tightened),
            ("", "1", Tightened, Tightened),
            ("1", "", Loosened, Loosened),
            ("-0.1", "0.1", Loosened, Tightened),
            ("a", "b", Tightened, Tightened),
        ] {
            assert_eq!(maxima(&text(old), &text(new)), Some(max), "{old} {new}");
            assert_eq!(minima(&text(old), &text(new)), Some(min), "{old} {new}");
        }
    }
}
