//! Doubts and the fixes that settle them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::source::{FileId, Place, SpecPath};
use crate::spec::content;
use crate::spec::{DoubtSpec, EndpointSpec, FixSpec};
use crate::terms::{About, Note};

use super::every::Entry;

/// The doubts of a transcript and which of them are settled.
pub(super) struct Doubts {
    /// Path of the fact → the doubt's index in the transcript.
    facts: BTreeMap<SpecPath, usize>,
    /// Rows, statuses and samples that are in doubt as a whole → path of that fact. A fix of their text also settles the doubt.
    wholes: BTreeMap<SpecPath, SpecPath>,
    /// Facts that a fix settles.
    settled: BTreeSet<SpecPath>,
}

/// The path of the fix that settles a doubt: its `at`, a dot and its `about`.
fn fact(doubt: &DoubtSpec) -> SpecPath {
    doubt.at.key(doubt.about.word())
}

impl Doubts {
    pub(super) fn new(spec: &EndpointSpec, fixes: &[Entry<'_>]) -> Self {
        let mut doubts = Self { facts: BTreeMap::new(), wholes: BTreeMap::new(), settled: BTreeSet::new() };
        // Doubts without a valid subject have already been reported.
        for (index, doubt) in spec.doubts.iter().enumerate().filter(|(_, doubt)| content::is_sound(spec, doubt)) {
            doubts.facts.entry(fact(doubt)).or_insert(index);
            if matches!(doubt.about, About::Error | About::Status | About::Sample) {
                doubts.wholes.insert(doubt.at.clone(), fact(doubt));
            }
        }
        let settled = fixes.iter().filter_map(|(_, fix)| doubts.settled_by(&fix.at).cloned()).collect();
        Self { settled, ..doubts }
    }

    /// Returns the fact in doubt that a fix at this path settles.
    fn settled_by(&self, fix: &SpecPath) -> Option<&SpecPath> {
        if let Some((path, _)) = self.facts.get_key_value(fix) {
            return Some(path);
        }
        let mut at = Some(fix);
        while let Some(path) = at {
            if let Some(whole) = self.wholes.get(path) {
                return Some(whole);
            }
            at = path.parent();
        }
        None
    }

    /// Whether a fix settles a doubt.
    pub(super) fn have(&self, fix: &FixSpec) -> bool {
        self.settled_by(&fix.at).is_some()
    }

    /// Reports the doubts that no fix settles.
    pub(super) fn report_open(&self, transcript: FileId, spec: &EndpointSpec, diagnostics: &mut Diagnostics) {
        for (path, index) in self.facts.iter().filter(|(path, _)| !self.settled.contains(path)) {
            let Some(doubt) = spec.doubts.get(*index) else { continue };
            let at = Place::key(transcript, SpecPath::root().key("doubts").index(*index));
            diagnostics.push(match doubt.about {
                About::End => of_end(at, doubt.note),
                _ => of_fact(Place::value(transcript, path.clone()), path, doubt.note).label(at, "doubt"),
            });
        }
    }
}

/// The finding about a fact in doubt.
fn of_fact(place: Place, path: &SpecPath, note: Note) -> Diagnostic {
    let message = format!("{} is in doubt: {}", quoted(&path.to_string()), note.reason());
    let help = format!(
        "settle it in the fix file: `at: {path}` with `was` and `now`, or with neither if the transcript is right"
    );
    Diagnostic::new(Code::UnsettledDoubt, place, message).help(help)
}

/// The finding about a page that may be incomplete. Its end has no value that a fix could replace.
fn of_end(place: Place, note: Note) -> Diagnostic {
    let reason = match note {
        Note::LabelMissing => "it lacks the part that usually comes last",
        Note::PageCut => "it breaks off",
        other => other.reason(),
    };
    let help = "compare the transcript with the page on the vendor's site: if rows are missing, transcribe the whole page; \
                if none are, confirm it in the fix file with `- {at: end, why: …}`";
    Diagnostic::new(Code::UnsettledDoubt, place, format!("the page may be incomplete: {reason}")).help(help)
}
