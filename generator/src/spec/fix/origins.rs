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
    /// Path before → its positions in `moves`, in ascending order.
    from: BTreeMap<SpecPath, Vec<usize>>,
    /// Path after → its positions in `moves`, in ascending order.
    to: BTreeMap<SpecPath, Vec<usize>>,
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

    /// Whether a fix set the fact at this path of the transcript's file.
    pub fn has_fix(&self, written: &SpecPath) -> bool {
        self.facts.contains_key(written)
    }

    pub(super) fn set(&mut self, fact: SpecPath, file: FileId, fix: SpecPath) {
        self.facts.insert(fact, (file, fix));
    }

    pub(super) fn moved(&mut self, from: SpecPath, to: SpecPath) {
        self.from.entry(from.clone()).or_default().push(self.moves.len());
        self.to.entry(to.clone()).or_default().push(self.moves.len());
        self.moves.push((from, to));
    }

    /// Converts a path of the transcript's file into a path of the fixed transcript.
    pub(super) fn current(&self, path: &SpecPath) -> SpecPath {
        let mut path = path.clone();
        let mut next = 0;
        // Only moves of the path and of what is around it matter: visiting all of them for each path would take the
        // square of their number.
        while let Some(index) =
            around(&path, &self.from, |at| at.get(at.partition_point(|at| *at < next)..)?.first()).min()
        {
            let Some((from, to)) = self.moves.get(index) else { break };
            path = rebase(path, from, to);
            next = index + 1;
        }
        path
    }

    /// Converts a path of the fixed transcript into a path of the transcript's file.
    fn written(&self, path: &SpecPath) -> SpecPath {
        let mut path = path.clone();
        let mut end = self.moves.len();
        while let Some(index) = around(&path, &self.to, |at| at.get(..at.partition_point(|at| *at < end))?.last()).max()
        {
            let Some((from, to)) = self.moves.get(index) else { break };
            path = rebase(path, to, from);
            end = index;
        }
        path
    }
}

/// The position that `pick` chooses for each of a path and its ancestors.
fn around<'a>(
    path: &'a SpecPath,
    moves: &'a BTreeMap<SpecPath, Vec<usize>>,
    pick: impl Fn(&'a [usize]) -> Option<&'a usize>,
) -> impl Iterator<Item = usize> {
    let ancestors = std::iter::successors(Some(path).filter(|_| !moves.is_empty()), |path| path.parent());
    ancestors.filter_map(move |path| moves.get(path).and_then(|positions| pick(positions)).copied())
}

fn rebase(path: SpecPath, from: &SpecPath, to: &SpecPath) -> SpecPath {
    match path.below(from) {
        Some(rest) => to.extend(rest),
        None => path,
    }
}
