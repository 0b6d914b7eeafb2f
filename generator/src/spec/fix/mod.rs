//! Applies people's fixes to a transcript.
//!
//! Every path in a fix refers to the transcript as written in its file, even below a field that another fix renames or
//! moves: facts are set first, then fields are renamed and moved, in the order of the fix file. The texts that fixes quote
//! are those of the file, too.

mod doubts;
mod every;
mod evidence;
mod moves;
mod origins;
mod slot;

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, differing, quoted};
use crate::source::{FileId, Place, SpecPath};

use super::{EndpointSpec, FixSpec, NowSpec};

use doubts::Doubts;
use every::Entry;
pub use origins::Origins;
use slot::{NotFound, find};

/// Maximum length of a list of names in a message, in bytes.
const MOST_LISTED: usize = 4_000;

/// A parsed fix file.
#[derive(Debug)]
pub(super) struct FixFile {
    pub(super) file: FileId,
    pub(super) entries: Vec<FixSpec>,
}

/// Applies the fixes. Reports those that do not apply and the doubts that no fix settles.
pub(super) fn apply(
    transcript: FileId,
    mut spec: EndpointSpec,
    fixes: Option<&FixFile>,
    diagnostics: &mut Diagnostics,
) -> (EndpointSpec, Origins) {
    let mut origins = Origins::default();
    let Some(fixes) = fixes else {
        Doubts::new(&spec, &[]).report_open(transcript, &spec, diagnostics);
        return (spec, origins);
    };
    let entries = every::each(without_repeated(fixes, diagnostics), &mut spec);
    let doubts = Doubts::new(&spec, &entries);
    let mut fixer = Fixer { transcript, file: fixes.file, doubts: &doubts, origins: &mut origins, diagnostics };
    let mut sound = entries;
    sound.retain(|(index, fix)| fixer.has_evidence(*index, fix, &mut spec));
    let (moves, facts): (Vec<Entry<'_>>, Vec<_>) = sound.into_iter().partition(|(_, fix)| moves::is_move(&fix.at));
    for (index, fix) in facts {
        fixer.fact(index, &fix, &mut spec);
    }
    for (index, fix) in moves {
        fixer.restructure(index, &fix, &mut spec);
    }
    doubts.report_open(transcript, &spec, diagnostics);
    (spec, origins)
}

/// Returns the place of a key in entry `index` of a fix file.
fn place(file: FileId, index: usize, key: &str) -> Place {
    Place::value(file, SpecPath::root().index(index).key(key))
}

/// Reports repeated fixes of the same fact. Returns the first fix of each fact with its index in the file.
fn without_repeated<'f>(fixes: &'f FixFile, diagnostics: &mut Diagnostics) -> Vec<(usize, &'f FixSpec)> {
    let mut first: BTreeMap<&SpecPath, usize> = BTreeMap::new();
    let mut fresh = Vec::new();
    for (index, fix) in fixes.entries.iter().enumerate() {
        match first.get(&fix.at) {
            Some(before) => {
                let message = format!("duplicate fix of {}", quoted(&fix.at.to_string()));
                let diagnostic = Diagnostic::new(Code::RepeatedFix, place(fixes.file, index, "at"), message);
                diagnostics.push(diagnostic.label(place(fixes.file, *before, "at"), "first fix"));
            }
            None => {
                first.insert(&fix.at, index);
                fresh.push((index, fix));
            }
        }
    }
    fresh
}

struct Fixer<'a> {
    transcript: FileId,
    file: FileId,
    doubts: &'a Doubts,
    origins: &'a mut Origins,
    diagnostics: &'a mut Diagnostics,
}

impl Fixer<'_> {
    /// Returns the place of a key in entry `index` of the fix file.
    fn place(&self, index: usize, key: &str) -> Place {
        place(self.file, index, key)
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
            Err(unknown) => {
                return match every::idle(fix) {
                    Some(message) => self.idle(index, &message),
                    None => self.unknown(index, "at", &fix.at, &unknown),
                };
            }
        };
        if confirms {
            return self.idle(index, "this fix has neither `was` nor `now`, and there is no such doubt to confirm");
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
        self.diagnostics.push(Diagnostic::new(Code::IdleFix, self.place(index, "at"), message).help("remove it"));
    }

    fn bad_value(&mut self, index: usize, fix: &FixSpec, expected: &str) {
        let key = if fix.now.is_some() { "now" } else { "at" };
        let message = format!("{} {expected}", quoted(&fix.at.to_string()));
        self.diagnostics.push(Diagnostic::new(Code::BadFixValue, self.place(index, key), message));
    }

    /// Reports a `was` that differs from the value in the transcript.
    fn differs(&mut self, index: usize, fix: &FixSpec, found: Option<&str>) {
        let key = if fix.was.is_some() { "was" } else { "at" };
        let path = quoted(&fix.at.to_string());
        let (message, help) = match (&fix.was, found) {
            (Some(was), Some(found)) => {
                let (was, found) = differing(was, found);
                (
                    format!("{path} is {found} in the transcript, but `was` is {was}"),
                    "compare the fix with the page, then correct `was` or remove the fix",
                )
            }
            (Some(was), None) => (
                format!("{path} is not in the transcript, but `was` is {}", quoted(was)),
                "compare the fix with the page, then remove `was` or the fix",
            ),
            (None, found) => (
                format!("{path} is {} in the transcript, but the fix has no `was`", quoted(found.unwrap_or_default())),
                "add `was` with the value in the transcript",
            ),
        };
        let place = Place::value(self.transcript, fix.at.clone());
        let label = if found.is_some() { "value in the transcript" } else { "the transcript has no such value here" };
        let diagnostic = Diagnostic::new(Code::WasDiffers, self.place(index, key), message);
        self.diagnostics.push(diagnostic.label(place, label).help(help));
    }

    /// Reports the path in a key of a fix that leads to no fact.
    fn unknown(&mut self, index: usize, key: &str, path: &SpecPath, unknown: &NotFound) {
        let verb = if key == "at" { "fixed" } else { "quoted" };
        let message = format!("{} cannot be {verb}: {}", quoted(&path.to_string()), unknown.reason);
        let mut diagnostic = Diagnostic::new(Code::UnknownPath, self.place(index, key), message);
        if !unknown.known.is_root() {
            let known = Place::key(self.transcript, unknown.known.clone());
            diagnostic = diagnostic.label(known, "the path is valid up to here");
        }
        if path.last_key() == Some(every::EVERY) {
            diagnostic = diagnostic.help(format!("name the fact of every field: `{path}.required`"));
        } else if let Some(nearest) = &unknown.nearest {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        } else if !unknown.candidates.is_empty() {
            diagnostic = diagnostic.help(format!("valid here: {}", listed(&unknown.candidates)));
        }
        self.diagnostics.push(diagnostic);
    }
}

/// Joins names up to a readable length.
fn listed(names: &[String]) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        if text.len() + name.len() > MOST_LISTED {
            return text + comma + "…";
        }
        text.push_str(comma);
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests;
