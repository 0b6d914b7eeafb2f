//! The crates that golden and lock cases expect, each a module, so that what is expected compiles.
//!
//! `golden/signing/expected` is also a member of the workspace: there its published answers run as those of every
//! generated crate do. The manifests of the others are only compared.

// What generated manifests allow, and fields that pages do not describe.
#![allow(deprecated, missing_docs, clippy::module_inception, clippy::should_implement_trait, clippy::wrong_self_convention)]

#[path = "../golden/envelopes/expected/src/lib.rs"]
pub mod golden_envelopes;
#[path = "../golden/names/expected/src/lib.rs"]
pub mod golden_names;
#[doc(inline)]
pub use golden_signing;
#[path = "../golden/texts/expected/src/lib.rs"]
pub mod golden_texts;
#[path = "../golden/types/expected/src/lib.rs"]
pub mod golden_types;
#[path = "../lock/names/expected/src/lib.rs"]
pub mod lock_names;
#[path = "../lock/removed/expected/src/lib.rs"]
pub mod lock_removed;
