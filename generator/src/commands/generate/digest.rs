//! Digests of files: equal ones stand for equal bytes.

use apograph_runtime::sign;
use serde::{Deserialize, Serialize};

/// The SHA-256 digest of some bytes. Specs come from strangers, so a weaker digest would let them hide a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Digest(String);

impl Digest {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(sign::hex(&sign::sha256(bytes)))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}
