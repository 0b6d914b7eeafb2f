//! Applying people's fixes to a transcript.
//!
//! Every path in a fix is a path of the transcript as it stands in its file, also below fields that another fix
//! renames or moves: facts are set first, then fields renamed and moved, in the order of the fix file.

mod doubts;
mod moves;
mod origins;
mod slot;

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, differing, quoted};
use crate::source::{FileId, Place, SpecPath};

use super::{EndpointSpec, FixSpec, NowSpec};

use doubts::Doubts;
pub use origins::Origins;
use slot::{NotFound, find};

/// A fix file, read.
#[derive(Debug)]
pub(super) struct FixFile {
    pub(super) file: FileId,
    pub(super) entries: Vec<FixSpec>,
}

/// Applies the fixes; reports those that do not apply, and the doubts that none of them settles.
pub(super) fn apply(
    transcript: FileId,
    mut spec: EndpointSpec,
    fixes: Option<&FixFile>,
    diagnostics: &mut Diagnostics,
) -> (EndpointSpec, Origins) {
    let mut origins = Origins::default();
    let entries = fixes.map_or(&[][..], |fixes| &fixes.entries);
    let doubts = Doubts::new(&spec, entries);
    if let Some(fixes) = fixes {
        let mut fixer = Fixer { transcript, file: fixes.file, doubts: &doubts, origins: &mut origins, diagnostics };
        let fresh = fixer.without_repeated(entries);
        for (index, fix) in fresh.iter().filter(|(_, fix)| !moves::is_move(&fix.at)) {
            fixer.fact(*index, fix, &mut spec);
        }
        for (index, fix) in fresh.iter().filter(|(_, fix)| moves::is_move(&fix.at)) {
            fixer.restructure(*index, fix, &mut spec);
        }
    }
    doubts.report_open(transcript, &spec, diagnostics);
    (spec, origins)
}

struct Fixer<'a> {
    transcript: FileId,
    file: FileId,
    doubts: &'a Doubts,
    origins: &'a mut Origins,
    diagnostics: &'a mut Diagnostics,
}

impl Fixer<'_> {
    /// A place in entry `index` of the fix file.
    fn place(&self, index: usize, key: &str) -> Place {
        Place::value(self.file, SpecPath::root().index(index).key(key))
    }

    /// The fixes that are the first for their fact, each with its place in the file.
    fn without_repeated<'f>(&mut self, entries: &'f [FixSpec]) -> Vec<(usize, &'f FixSpec)> {
        let mut first: BTreeMap<&SpecPath, usize> = BTreeMap::new();
        let mut fresh = Vec::new();
        for (index, fix) in entries.iter().enumerate() {
            match first.get(&fix.at) {
                Some(before) => {
                    let message = format!("a second fix of {}", quoted(&fix.at.to_string()));
                    let diagnostic = Diagnostic::new(Code::RepeatedFix, self.place(index, "at"), message);
                    self.diagnostics.push(diagnostic.label(self.place(*before, "at"), "the first"));
                }
                None => {
                    first.insert(&fix.at, index);
                    fresh.push((index, fix));
                }
            }
        }
        fresh
    }

    /// Sets, removes or confirms one fact.
    fn fact(&mut self, index: usize, fix: &FixSpec, spec: &mut EndpointSpec) {
        let settles = self.doubts.have(fix);
        let confirms = fix.was.is_none() && fix.now.is_none();
        if confirms && settles {
            return;
        }
        let mut slot = match find(spec, &fix.at) {
            Ok(slot) => slot,
            Err(unknown) => return self.unknown(index, fix, &unknown),
        };
        if confirms {
            return self.idle(index, "this fix sets nothing, and there is no such doubt to confirm");
        }
        let before = slot.get();
        if before != fix.was {
            return self.differs(index, fix, before.as_deref());
        }
        if let Err(expected) = slot.set(fix.now.as_ref()) {
            return self.bad_value(index, fix, &expected);
        }
        let changed = slot.get() != before || matches!(fix.now, Some(NowSpec::Values(_)));
        if changed {
            let key = if fix.now.is_some() { "now" } else { "at" };
            self.origins.set(fix.at.clone(), self.file, SpecPath::root().index(index).key(key));
        } else if !settles {
            self.idle(index, "this fix changes nothing and settles no doubt");
        }
    }

    fn idle(&mut self, index: usize, message: &str) {
        self.diagnostics.push(Diagnostic::new(Code::IdleFix, self.place(index, "at"), message).help("take it out"));
    }

    fn bad_value(&mut self, index: usize, fix: &FixSpec, expected: &str) {
        let key = if fix.now.is_some() { "now" } else { "at" };
        let message = format!("{} {expected}", quoted(&fix.at.to_string()));
        self.diagnostics.push(Diagnostic::new(Code::BadFixValue, self.place(index, key), message));
    }

    /// The transcript says something else than the fix expects.
    fn differs(&mut self, index: usize, fix: &FixSpec, says: Option<&str>) {
        let key = if fix.was.is_some() { "was" } else { "at" };
        let path = quoted(&fix.at.to_string());
        let (message, help) = match (&fix.was, says) {
            (Some(was), Some(says)) => {
                let (was, says) = differing(was, says);
                (
                    format!("the transcript says {says} at {path}, and not {was}"),
                    "look at the page again, then mend `was`, or take the fix out",
                )
            }
            (Some(was), None) => (
                format!("the transcript says nothing at {path}, and not {}", quoted(was)),
                "look at the page again, then take `was` out, or the fix",
            ),
            (None, says) => (
                format!("the transcript does say {} at {path}", quoted(says.unwrap_or_default())),
                "write as `was` what the transcript says",
            ),
        };
        let place = Place::value(self.transcript, fix.at.clone());
        let label = if says.is_some() { "what the transcript says" } else { "what the transcript has" };
        let diagnostic = Diagnostic::new(Code::WasDiffers, self.place(index, key), message);
        self.diagnostics.push(diagnostic.label(place, label).help(help));
    }

    fn unknown(&mut self, index: usize, fix: &FixSpec, unknown: &NotFound) {
        let message = format!("{} is no fact to fix: {}", quoted(&fix.at.to_string()), unknown.reason);
        let mut diagnostic = Diagnostic::new(Code::UnknownPath, self.place(index, "at"), message);
        if !unknown.known.is_root() {
            let known = Place::key(self.transcript, unknown.known.clone());
            diagnostic = diagnostic.label(known, "as far as the path is known");
        }
        if let Some(nearest) = &unknown.nearest {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        } else if !unknown.candidates.is_empty() {
            diagnostic = diagnostic.help(format!("there are {}", unknown.candidates.join(", ")));
        }
        self.diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests;
