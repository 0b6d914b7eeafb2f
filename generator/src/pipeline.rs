//! Specs to names: the part of the way that every command walks and on which findings are made.

use crate::diagnostic::Diagnostics;
use crate::emit::{self, Options};
use crate::lock::{self, Lock};
use crate::model::Model;
use crate::names::{self, Names};
use crate::resolve;
use crate::spec::Specs;
use crate::tree::Tree;

/// Specs without errors: what they mean, and every Rust name. From here on nothing can fail until files are written.
#[derive(Debug)]
pub struct Checked {
    /// What the specs mean.
    pub model: Model,
    /// Every Rust identifier.
    pub names: Names,
}

/// Resolves and names everything afresh; `None` if anything is wrong, and the findings say what.
pub fn check(specs: &Specs, diagnostics: &mut Diagnostics) -> Option<Checked> {
    check_locked(specs, Lock::default(), diagnostics)
}

/// The same, where a lock keeps what has been named before.
pub fn check_locked(specs: &Specs, lock: Lock, diagnostics: &mut Diagnostics) -> Option<Checked> {
    let model = resolve::resolve_locked(specs, lock, diagnostics)?;
    let names = names::assign(&model, diagnostics);
    (!diagnostics.has_errors()).then_some(Checked { model, names })
}

impl Checked {
    /// The text of the lock that keeps these names.
    #[must_use]
    pub fn lock(&self) -> String {
        lock::text(&self.model, &self.names)
    }

    /// The files of the generated package.
    #[must_use]
    pub fn emit(&self, options: &Options) -> Tree {
        emit::emit(&self.model, &self.names, options)
    }
}
