//! The crates that golden and lock cases expect, so that what is expected compiles.

#[doc(inline)]
pub use {
    golden_envelopes, golden_names, golden_signing, golden_texts, golden_types, golden_wire, lock_names, lock_removed,
};
