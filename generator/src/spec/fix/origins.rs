//! Where the facts of a fixed transcript come from.

use std::collections::BTreeMap;

use crate::source::{FileId, Part, Place, SpecPath};

/// Which facts were set by a fix, and which fields were renamed or moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// Path in the transcript's file → entry of the fix file.
    facts: BTreeMap<SpecPath, (FileId, SpecPath)>,
    /// Renamed and moved fields in the order of the changes: path before, path after.
    moves: Vec<(SpecPath, SpecPath)>,
}

impl Origins {
    /// Returns where a fact of the fixed transcript comes from: the fix that set it, or else the transcript.
    pub fn place(&self, transcript: FileId, path: &SpecPath, part: Part) -> Place {
        let written = self.written(path);
        let mut at = Some(&written);
        while let Some(ancestor) = at {
            if let Some((file, fix)) = self.facts.get(ancestor) {
                return Place::value(*file, fix.extend(written.below(ancestor).unwrap_or_default()));
            }
            at = ancestor.parent();
        }
        match part {
            Part::Key => Place::key(transcript, written),
            Part::Value => Place::value(transcript, written),
        }
    }

    /// Whether a fix set the fact at this path of the fixed transcript.
    pub fn is_fixed(&self, path: &SpecPath) -> bool {
        self.facts.contains_key(&self.written(path))
    }

    pub(super) fn set(&mut self, fact: SpecPath, file: FileId, fix: SpecPath) {
        self.facts.insert(fact, (file, fix));
    }

    pub(super) fn moved(&mut self, from: SpecPath, to: SpecPath) {
        self.moves.push((from, to));
    }

    /// Converts a path of the transcript's file into a path of the fixed transcript.
    pub(super) fn current(&self, path: &SpecPath) -> SpecPath {
        self.moves.iter().fold(path.clone(), |path, (from, to)| rebase(path, from, to))
    }

    /// Converts a path of the fixed transcript into a path of the transcript's file.
    fn written(&self, path: &SpecPath) -> SpecPath {
        self.moves.iter().rev().fold(path.clone(), |path, (from, to)| rebase(path, to, from))
    }
}

fn rebase(path: SpecPath, from: &SpecPath, to: &SpecPath) -> SpecPath {
    match path.below(from) {
        Some(rest) => to.extend(rest),
        None => path,
    }
}
