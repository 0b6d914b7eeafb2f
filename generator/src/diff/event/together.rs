//! Findings that have one cause although they differ: a family that moved, an object that moved with its members.

use std::collections::BTreeMap;

use super::EventKind;
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::{Kind, Mark};
use crate::source::SpecPath;

/// Findings of one cause, which make an event if they are several.
pub(super) struct Move {
    pub(super) kind: EventKind,
    pub(super) findings: Vec<usize>,
}

/// Finds APIs that moved or were renamed in the same way. One API that moved has two findings: its module and its feature.
pub(super) fn families(report: &Report) -> Vec<Move> {
    let mut groups: BTreeMap<(bool, [String; 2]), Vec<usize>> = BTreeMap::new();
    for (index, finding) in report.findings.iter().enumerate() {
        if let Some(homes) = homes(finding) {
            groups.entry((finding.approval.is_some(), homes)).or_default().push(index);
        }
    }
    groups.into_values().map(|findings| Move { kind: EventKind::FamilyMoved, findings }).collect()
}

/// Returns where an API was and is: the first words of its name if the vendor renamed it, otherwise its feature.
pub(super) fn homes(finding: &Finding) -> Option<[String; 2]> {
    let change = &finding.change;
    let (old, new) = (change.old.as_deref()?, change.new.as_deref()?);
    match change.kind {
        Kind::ApiWireRenamed => {
            let [mut old, mut new] = [old, new].map(|api| api.split('.').collect::<Vec<_>>());
            let same = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
            // One word of the API's own name stays.
            old.truncate(old.len() - same);
            new.truncate(new.len() - same);
            (same > 0).then(|| [old, new].map(|words| words.join(".")))
        }
        // `platform::family::api::Type`
        Kind::ApiMoved => {
            let home = |path: &str| path.rsplitn(3, "::").nth(2).map(|home| home.replace("::", "-"));
            let homes = [home(old)?, home(new)?];
            (homes[0] != homes[1]).then_some(homes)
        }
        Kind::ApiFeatureAdded | Kind::ApiFeatureMoved => Some([old.to_owned(), new.to_owned()]),
        _ => None,
    }
}

/// Finds objects that were renamed, became lists, or handed most of their members to another object.
pub(super) fn objects(report: &Report) -> Vec<Move> {
    let mut moves = Vec::new();
    let mut start = 0;
    for findings in report.findings.chunk_by(|one, other| one.subject == other.subject) {
        let of = Api { start, findings };
        if matches!(findings.first().map(|finding| &finding.subject), Some(Subject::Api { .. })) {
            moves.extend(of.handed_over());
            moves.extend(of.renamed());
        }
        start += findings.len();
    }
    moves
}

/// The findings of one API.
struct Api<'r> {
    /// Position of the first one.
    start: usize,
    findings: &'r [Finding],
}

impl<'r> Api<'r> {
    fn each(&self) -> impl Iterator<Item = (usize, &'r Finding)> {
        self.findings.iter().enumerate().map(|(offset, finding)| (self.start + offset, finding))
    }

    /// Objects that were renamed or moved as a whole, and what follows from that for the types of their members.
    fn renamed(&self) -> Vec<Move> {
        let is_move = |finding: &Finding| is_renamed(finding.change.kind) || is_moved(finding.change.kind);
        let mut moves = Vec::new();
        for (index, cause) in self.each().filter(|(_, finding)| is_move(finding)) {
            let follows = |finding: &Finding| {
                finding.approval.is_some() == cause.approval.is_some() && is_consequence(finding, &cause.change.path)
            };
            let rest = self.each().filter(|(_, finding)| follows(finding)).map(|(index, _)| index);
            let findings: Vec<usize> = std::iter::once(index).chain(rest).collect();
            let lists = |index: &usize| {
                let offset = index.checked_sub(self.start);
                offset.and_then(|offset| self.findings.get(offset)).is_some_and(|finding| is_list(finding.change.kind))
            };
            let is_list = findings.iter().any(lists);
            moves.push(Move {
                kind: if is_list { EventKind::ObjectToList } else { EventKind::ObjectRenamed },
                findings,
            });
        }
        moves
    }

    /// Members that moved from one object to another one, with the object that is gone and the one that is new.
    fn handed_over(&self) -> Vec<Move> {
        let mut groups: BTreeMap<(bool, [SpecPath; 2]), Vec<usize>> = BTreeMap::new();
        for (index, finding) in self.each().filter(|(_, finding)| is_moved(finding.change.kind)) {
            let change = &finding.change;
            let homes = [change.path_before(), &change.path].map(home);
            groups.entry((finding.approval.is_some(), homes)).or_default().push(index);
        }
        groups.into_iter().map(|((is_approved, homes), moved)| self.with_objects(is_approved, &homes, moved)).collect()
    }

    /// Adds the object that is gone, the one that is new, and what follows for the types of the members.
    fn with_objects(&self, is_approved: bool, [old, new]: &[SpecPath; 2], moved: Vec<usize>) -> Move {
        let is_of = |finding: &Finding, path: &SpecPath, mark: Mark| {
            finding.change.path == *path && finding.change.mark() == mark && finding.approval.is_some() == is_approved
        };
        let one = |path: &SpecPath, mark: Mark| self.each().find(|(_, finding)| is_of(finding, path, mark));
        let (gone, fresh) = (one(old, Mark::Removed), one(new, Mark::Added));
        let kind = if gone.is_some() && fresh.is_some() { EventKind::ObjectRenamed } else { EventKind::FieldsMoved };
        let paths: Vec<&SpecPath> =
            self.each().filter(|(index, _)| moved.contains(index)).map(|(_, finding)| &finding.change.path).collect();
        let follows = |finding: &Finding| {
            finding.approval.is_some() == is_approved && paths.iter().any(|path| is_consequence(finding, path))
        };
        let rest: Vec<usize> = self.each().filter(|(_, finding)| follows(finding)).map(|(index, _)| index).collect();
        let objects = gone.into_iter().chain(fresh).map(|(index, _)| index);
        Move { kind, findings: objects.chain(moved).chain(rest).collect() }
    }
}

/// Returns the object that a field is a member of, or the side of the call.
pub(super) fn home(path: &SpecPath) -> SpecPath {
    let level = path.parent().cloned().unwrap_or_default();
    match level.parent() {
        Some(object) if !object.is_root() => object.clone(),
        _ => level,
    }
}

pub(super) fn is_renamed(kind: Kind) -> bool {
    matches!(kind, Kind::ReqFieldRenamed | Kind::RespFieldRenamed)
}

pub(super) fn is_moved(kind: Kind) -> bool {
    matches!(kind, Kind::ReqNestingMoved | Kind::RespNestingMoved)
}

fn is_list(kind: Kind) -> bool {
    matches!(kind, Kind::ReqScalarToList | Kind::RespScalarToList | Kind::ReqListToScalar | Kind::RespListToScalar)
}

/// Returns whether a finding follows from the new name or place of the field at `path`.
fn is_consequence(finding: &Finding, path: &SpecPath) -> bool {
    let change = &finding.change;
    let is_of_field = change.field().as_ref() == Some(path) && change.path != *path;
    let is_below = change.path.below(path).is_some_and(|steps| !steps.is_empty());
    let of_field = matches!(
        change.kind,
        Kind::ReqTypeRenamed | Kind::RespTypeRenamed | Kind::ReqTypeWord | Kind::RespTypeWord | Kind::RespListWrapper
    );
    let of_members = matches!(
        change.kind,
        Kind::ReqTypeMergedSplit | Kind::RespTypeMergedSplit | Kind::ReqTypeRustRenamed | Kind::RespTypeRustRenamed
    );
    (is_of_field && (of_field || is_list(change.kind))) || (is_below && of_members)
}
