//! Specs to names: the part of the way that every command walks and on which findings are made.

use crate::diagnostic::Diagnostics;
use crate::emit::{self, Options};
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

/// Resolves and names everything; `None` if anything is wrong, and the findings say what.
pub fn check(specs: &Specs, diagnostics: &mut Diagnostics) -> Option<Checked> {
    let model = resolve::resolve(specs, diagnostics)?;
    let names = names::assign(&model, diagnostics);
    (!diagnostics.has_errors()).then_some(Checked { model, names })
}

impl Checked {
    /// The files of the generated package.
    #[must_use]
    pub fn emit(&self, options: &Options) -> Tree {
        emit::emit(&self.model, &self.names, options)
    }
}
