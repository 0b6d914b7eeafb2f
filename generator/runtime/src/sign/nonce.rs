//! Nonces in the forms that platforms need.

use super::SignError;
use crate::nonce::Nonce;

/// Form of a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonceForm {
    /// A random UUID (version 4), lower case with hyphens.
    Uuid4,
    /// Random hexadecimal digits in lower case; the number is their count.
    Hex(u8),
    /// Random ASCII letters and digits; the number is their count.
    Alnum(u8),
    /// Random decimal digits; the number is their count.
    Digits(u8),
    /// A decimal number that increases with every call, at least the current Unix time in milliseconds.
    Increasing,
}

const ALNUM: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl NonceForm {
    /// Draws a new value. `millis` is the current Unix time in milliseconds.
    ///
    /// # Errors
    ///
    /// [`SignError::Nonce`] if the random source fails.
    pub(super) fn draw(self, source: &dyn Nonce, millis: u64) -> Result<String, SignError> {
        match self {
            Self::Uuid4 => uuid4(source),
            Self::Hex(count) => random_text(source, count, b"0123456789abcdef"),
            Self::Alnum(count) => random_text(source, count, ALNUM),
            Self::Digits(count) => random_text(source, count, b"0123456789"),
            Self::Increasing => Ok(source.increasing(millis).to_string()),
        }
    }
}

/// Draws bytes at or above the last whole multiple of the alphabet's size again, so that every character is equally
/// likely.
fn random_text(source: &dyn Nonce, count: u8, alphabet: &[u8]) -> Result<String, SignError> {
    let fair = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(usize::from(count));
    let mut bytes = [0; 64];
    while text.len() < usize::from(count) {
        source.fill(&mut bytes).map_err(|_| SignError::Nonce)?;
        let fit = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair);
        let drawn = fit.filter_map(|byte| alphabet.get(byte % alphabet.len()));
        text.extend(drawn.take(usize::from(count) - text.len()).map(|byte| char::from(*byte)));
    }
    Ok(text)
}

/// RFC 9562, section 5.4.
fn uuid4(source: &dyn Nonce) -> Result<String, SignError> {
    let mut bytes = [0; 16];
    source.fill(&mut bytes).map_err(|_| SignError::Nonce)?;
    let random = u128::from_be_bytes(bytes);
    let bits = (random & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32];
    let groups: Vec<&str> = groups.into_iter().filter_map(|range| hex.get(range)).collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;
    use crate::nonce::NonceError;

    /// Counts up: 0, 1, 2, …
    struct Counting(AtomicU8);

    impl Nonce for Counting {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NonceError> {
            bytes.iter_mut().for_each(|byte| *byte = self.0.fetch_add(1, Ordering::Relaxed));
            Ok(())
        }

        fn increasing(&self, millis: u64) -> u64 {
            millis + 1
        }
    }

    struct Broken;

    impl Nonce for Broken {
        fn fill(&self, _: &mut [u8]) -> Result<(), NonceError> {
            Err(NonceError)
        }

        fn increasing(&self, millis: u64) -> u64 {
            millis
        }
    }

    fn value(start: u8, form: NonceForm) -> String {
        form.draw(&Counting(AtomicU8::new(start)), 41).unwrap()
    }

    #[test]
    fn forms_are_written_from_bytes() {
        assert_eq!(value(0, NonceForm::Uuid4), "00010203-0405-4607-8809-0a0b0c0d0e0f");
        assert_eq!(value(240, NonceForm::Uuid4), "f0f1f2f3-f4f5-46f7-b8f9-fafbfcfdfeff");
        assert_eq!(value(9, NonceForm::Hex(8)), "9abcdef0");
        assert_eq!(value(0, NonceForm::Alnum(70)).len(), 70);
        assert_eq!(value(0, NonceForm::Increasing), "42");
    }

    /// Using 250 to 255 would make the first six digits more likely.
    #[test]
    fn unfair_bytes_are_drawn_again() {
        assert_eq!(value(249, NonceForm::Digits(3)), "901");
    }

    #[test]
    fn a_broken_source_is_an_error() {
        assert_eq!(NonceForm::Uuid4.draw(&Broken, 0), Err(SignError::Nonce));
        assert_eq!(NonceForm::Hex(1).draw(&Broken, 0), Err(SignError::Nonce));
    }
}
