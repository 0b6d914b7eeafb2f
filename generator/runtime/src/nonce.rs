//! Values that are used once: random bytes and increasing counters.

use core::fmt;
#[cfg(any(feature = "system", test))]
use core::sync::atomic::{AtomicU64, Ordering};

/// Source of nonces for signatures. One source serves every request of a client, from any thread.
pub trait Nonce: Send + Sync {
    /// Fills `bytes` with unpredictable bytes.
    ///
    /// # Errors
    ///
    /// [`NonceError`] if the source fails.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NonceError>;

    /// Returns a number greater than every earlier one, and at least `millis` (milliseconds since the Unix epoch).
    fn increasing(&self, millis: u64) -> u64;
}

/// The operating system's random source, with a counter.
#[cfg(any(feature = "system", test))]
#[derive(Debug, Default)]
pub struct SystemNonce {
    last: AtomicU64,
}

#[cfg(any(feature = "system", test))]
impl Nonce for SystemNonce {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NonceError> {
        getrandom::fill(bytes).map_err(|_| NonceError)
    }

    fn increasing(&self, millis: u64) -> u64 {
        let after = |last: u64| last.saturating_add(1).max(millis);
        let step = |last| Some(after(last));
        let last = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step);
        // The closure never returns `None`, and both cases hold the previous number.
        last.map_or_else(after, after)
    }
}

/// The source of random bytes failed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct NonceError;

impl fmt::Display for NonceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the source of random bytes failed")
    }
}

impl std::error::Error for NonceError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn increasing_never_repeats() {
        let nonce = SystemNonce::default();
        assert_eq!(nonce.increasing(5), 5);
        assert_eq!(nonce.increasing(5), 6);
        assert_eq!(nonce.increasing(3), 7);
        assert_eq!(nonce.increasing(100), 100);
    }

    #[test]
    fn random_bytes_differ() {
        let (mut one, mut two) = ([0; 16], [0; 16]);
        assert_eq!(SystemNonce::default().fill(&mut one), Ok(()));
        assert_eq!(SystemNonce::default().fill(&mut two), Ok(()));
        assert_ne!(one, two);
    }
}
