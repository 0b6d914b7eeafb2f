//! Specs to names: the part of the way that every command walks, and on which findings are made.

mod conserve;
mod only;
mod outline;

pub use conserve::check_text;
pub use outline::{Outline, Outlines};

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::emit::{self, Options};
use crate::lock::{self, Lock};
use crate::model::{Counts, Model};
use crate::names::{self, Names};
use crate::resolve;
use crate::selection::{Selection, Unmatched};
use crate::spec::Specs;
use crate::tree::Tree;

/// Specs without errors: their meaning, and every Rust name. From here on nothing can fail until files are written.
#[derive(Debug)]
pub struct Checked {
    /// What the specs mean, tombstones included.
    pub model: Model,
    /// Every Rust identifier.
    pub names: Names,
    /// What the page of each API has and the model keeps, by platform and API.
    pub counts: BTreeMap<(String, String), Counts>,
    /// The APIs of which the model has only an outline.
    outlined: Outlines,
}

/// Resolves and names everything, around the names that the lock keeps.
///
/// `None` if anything in the specs, or between them and the lock, is wrong; the findings say what.
pub fn check(specs: &Specs, lock: Lock, diagnostics: &mut Diagnostics) -> Option<Checked> {
    check_beside(specs, lock, Outlines::default(), diagnostics)
}

/// Like [`check`], where specs and lock are without the APIs of the outlines, which an earlier run has checked.
pub(crate) fn check_beside(
    specs: &Specs,
    lock: Lock,
    outlined: Outlines,
    diagnostics: &mut Diagnostics,
) -> Option<Checked> {
    let model = resolve::resolve(specs, diagnostics);
    let is_complete = !diagnostics.has_errors();
    resolve::check_package(specs, diagnostics);
    // In an incomplete model whatever is missing would look removed.
    if !is_complete {
        return None;
    }
    lock::check_platforms(&lock, &model, diagnostics);
    let names = names::assign(&model, diagnostics);
    let others = outlined.placed(&model)?;
    let (model, names) = lock::apply_beside(model, names, lock, others);
    names::check(&model, &names, diagnostics);
    names::check_features(&model, diagnostics);
    only::check(specs, &model, diagnostics);
    let mut counts = resolve::check_conserved(specs, &model, diagnostics);
    counts.extend(outlined.counts());
    if diagnostics.has_errors() || !outlined.are_reached_as_before(&model) {
        return None;
    }
    Some(Checked { model, names, counts, outlined })
}

impl Checked {
    /// Returns the text of the lock that keeps these names.
    #[must_use]
    pub fn lock(&self) -> String {
        lock::text(&self.model, &self.names)
    }

    /// Returns the text of the lock that keeps these names. `before` is one that this program has written, and has all
    /// outlined APIs.
    pub(crate) fn lock_after(&self, before: &str) -> String {
        let mut known = lock::blocks(before);
        known.retain(|(platform, api), _| self.outlined.has(platform, api));
        lock::text_around(&self.model, &self.names, &known)
    }

    /// Keeps the selected APIs only, with the names that they have anyway.
    ///
    /// # Errors
    ///
    /// If a pattern of the selection matches no API.
    pub fn narrowed(self, selection: &Selection) -> Result<Self, Unmatched> {
        if selection.is_everything() {
            return Ok(self);
        }
        selection.check(&only::apis(&self.model))?;
        let Self { model, names, counts, outlined } = self;
        let (model, names) = only::narrow(model, names, selection);
        Ok(Self { model, names, counts, outlined })
    }

    /// What the pages of all APIs have and the model keeps.
    #[must_use]
    pub fn counted(&self) -> Counts {
        let families = self
            .model
            .platforms
            .iter()
            .flat_map(|platform| platform.families.iter().map(move |family| (&platform.name, family)));
        let apis = families.flat_map(|(platform, family)| {
            family.endpoints.iter().map(move |endpoint| (platform.clone(), endpoint.api.clone()))
        });
        apis.filter_map(|api| self.counts.get(&api).copied()).sum()
    }

    /// Returns the files of the generated package. Those of outlined APIs are kept.
    #[must_use]
    pub fn emit(&self, options: &Options) -> Tree {
        emit::emit_around(&self.model, &self.names, options, &|platform, api| self.outlined.has(platform, api))
    }

    /// Counts the tombstones.
    pub(crate) fn tombstones(&self) -> usize {
        lock::tombstones(&self.model) + self.outlined.tombstones_within()
    }

    /// Returns the outlines of all APIs.
    pub(crate) fn outlines(&self) -> Outlines {
        Outlines::of(&self.model, &self.names, &self.counts, &self.outlined)
    }

    /// Returns the APIs that emission reads as a whole for files of the crate, by platform.
    pub(crate) fn examples(&self) -> BTreeSet<(String, String)> {
        emit::examples(&self.model, &self.names)
    }

    /// Reports what the model has and the files lack.
    pub fn check_emitted(&self, tree: &Tree, diagnostics: &mut Diagnostics) {
        for (endpoint, how) in conserve::check_tree(&self.model, &self.names, tree) {
            diagnostics.push(resolve::not_conserved(how, endpoint.origin.place().clone()));
        }
    }
}
