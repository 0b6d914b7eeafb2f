//! The names of one Rust scope, and clashes in it.

use std::collections::BTreeMap;

use super::Identifier;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Place;

/// Help for a clash of names that the platform file gives.
pub(super) const RENAME: &str = "rename one of them";

/// Help for a clash of folders.
pub(super) const RENAME_FOLDER: &str = "rename one of the folders";

/// Help for a clash of fields.
pub(super) const FIX_FIELD: &str = "give one of them a `rust_name` in the fix file";

/// Help for a clash of APIs: module and file are named after the API's name without the family's prefix.
pub(super) const SPLIT_FAMILY: &str =
    "move one to a family with another prefix, or set `rust_name` for one if only their types clash";

/// The names given out in one Rust scope, with what each was given to.
#[derive(Clone)]
pub(super) struct Scope {
    given: BTreeMap<String, (String, Place)>,
    /// Help for a clash.
    help: &'static str,
}

impl Scope {
    /// An empty scope.
    pub(super) fn new(help: &'static str) -> Self {
        Self { given: BTreeMap::new(), help }
    }

    /// Gives the name out, or reports that something else already has it. Returns whether it was free.
    pub(super) fn claim(
        &mut self,
        name: &Identifier,
        what: &str,
        origin: &Place,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let taken = self.given.insert(name.as_str().to_owned(), (what.to_owned(), origin.clone()));
        let Some((other, place)) = taken else { return true };
        diagnostics.push(
            Diagnostic::new(
                Code::NameClash,
                origin.clone(),
                format!("`{what}` and `{other}` would both be named `{name}`"),
            )
            .label(place, format!("`{other}` is here"))
            .help(self.help),
        );
        false
    }
}
