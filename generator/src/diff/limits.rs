//! Compares limits: tighter or looser.

use std::cmp::Ordering;

use crate::terms::DecimalText;

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
    match (DecimalText::read(left), DecimalText::read(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => Ordering::Equal,
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
