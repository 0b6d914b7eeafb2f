//! Digests of files: equal ones stand for equal bytes.

use std::io::Read;
use std::sync::OnceLock;

use apograph_runtime::sign;
use serde::{Deserialize, Serialize};

use crate::files;

/// Size above which a program is not read.
const LARGEST_PROGRAM: u64 = 1024 * 1024 * 1024;

/// The SHA-256 digest of some bytes. Specs come from strangers, so a weaker digest would let them hide a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Digest(String);

impl Digest {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(sign::hex(&sign::sha256(bytes)))
    }

    /// Returns the digest of the program that runs: another build may write other files, whatever its version.
    pub(super) fn of_program() -> Option<Self> {
        static PROGRAM: OnceLock<Option<Digest>> = OnceLock::new();
        PROGRAM.get_or_init(read_program).clone()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn read_program() -> Option<Digest> {
    let path = std::env::current_exe().ok()?;
    let mut bytes = Vec::new();
    files::open_named(&path).ok()?.take(LARGEST_PROGRAM).read_to_end(&mut bytes).ok()?;
    Some(Digest::of(&bytes))
}
