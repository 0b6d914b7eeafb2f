//! The lock: names and types that callers use, kept over regenerations.

mod evolution;
mod keeping;
mod sequences;
mod tombstones;
