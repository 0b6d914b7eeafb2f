//! Time and random numbers in tests: the same in every run.

use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::clock::Clock;
use crate::nonce::{Nonce, NonceError};

/// 2026-01-02 03:04:05 in UTC.
const START: Duration = Duration::from_secs(1_767_323_045);

/// A clock that stands still. A call adds its own waits and time-outs to it.
#[derive(Copy, Clone, Debug)]
pub(super) struct TestClock;

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH.checked_add(START).unwrap_or(UNIX_EPOCH)
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

/// A source of nonces that is the same in every run.
#[derive(Debug, Default)]
pub(super) struct TestNonce {
    last: AtomicU64,
}

impl Nonce for TestNonce {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NonceError> {
        let number = mixed(self.last.fetch_add(1, Ordering::Relaxed)).to_le_bytes();
        bytes.iter_mut().zip(number.into_iter().cycle()).for_each(|(byte, value)| *byte = value);
        Ok(())
    }

    fn increasing(&self, millis: u64) -> u64 {
        millis.saturating_add(self.last.fetch_add(1, Ordering::Relaxed))
    }
}

/// Spreads small numbers over all 64 bits, so that waits, which are random, have different lengths (SplitMix64).
fn mixed(number: u64) -> u64 {
    let state = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
