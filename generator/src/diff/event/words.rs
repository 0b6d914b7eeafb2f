//! What there is to say about an event, and the English sentence.

use std::collections::BTreeSet;

use super::together::{home, homes, is_moved, is_renamed};
use super::{Event, EventKind};
use crate::diagnostic::counted;
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::{Kind, Phrase};

/// Names that a sentence lists; the others are counted.
const LISTED: usize = 4;

/// What a sentence about an event contains, in any language.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Told<'r> {
    /// The worst finding.
    pub(in crate::diff) worst: &'r Finding,
    /// Number of findings.
    pub(in crate::diff) findings: usize,
    /// Number of APIs, or of other files.
    pub(in crate::diff) subjects: usize,
    /// Names of the fields that moved, were added or were removed; for whole APIs, their names.
    pub(in crate::diff) names: Vec<&'r str>,
    /// The objects that fields were added to or removed from.
    pub(in crate::diff) objects: Vec<String>,
    /// Where it was and where it is: paths, families or the parts of names that differ.
    pub(in crate::diff) ends: Option<[String; 2]>,
    /// The field's name, if all findings are about fields of one name.
    pub(in crate::diff) field: Option<&'r str>,
}

impl<'r> Told<'r> {
    /// Returns whether the values of the findings differ, so that a sentence cannot show them.
    pub(in crate::diff) fn is_alike(&self) -> bool {
        super::kinds::is_alike(self.worst.change.kind)
    }

    /// Returns whether the vendor renamed APIs, as opposed to a new place in the crate.
    pub(in crate::diff) fn is_renamed(&self) -> bool {
        self.worst.change.kind == Kind::ApiWireRenamed
    }

    fn of(event: &Event, report: &'r Report) -> Option<Self> {
        let findings: Vec<&Finding> = event.findings(report).collect();
        let worst = *findings.first()?;
        let subjects: BTreeSet<&Subject> = findings.iter().map(|finding| &finding.subject).collect();
        // In the page's order.
        let mut in_order: Vec<usize> = event.findings.clone();
        in_order.sort_unstable();
        let mut names: Vec<&str> = Vec::new();
        for finding in in_order.iter().filter_map(|index| report.findings.get(*index)) {
            names.extend(event.name(finding).filter(|name| !names.contains(name)));
        }
        let objects: BTreeSet<(&Subject, String)> =
            findings.iter().map(|finding| (&finding.subject, home(&finding.change.path).to_string())).collect();
        let fields: BTreeSet<Option<&str>> = findings.iter().map(|finding| field(finding)).collect();
        let is_one = fields.len() == 1;
        Some(Self {
            worst,
            findings: findings.len(),
            subjects: subjects.len(),
            names,
            objects: objects.into_iter().map(|(_, object)| object).collect(),
            ends: findings.iter().find_map(|finding| ends(finding)),
            field: fields.into_iter().flatten().next().filter(|_| is_one),
        })
    }
}

impl Event {
    /// Returns what there is to say. `None` if the event is not of this report.
    pub(in crate::diff) fn told<'r>(&self, report: &'r Report) -> Option<Told<'r>> {
        Told::of(self, report)
    }

    fn name<'r>(&self, finding: &'r Finding) -> Option<&'r str> {
        match self.kind {
            EventKind::ApisAdded | EventKind::ApisGone => Some(finding.subject.name()),
            EventKind::FieldsMoved if !is_moved(finding.change.kind) => None,
            _ => finding.change.path.last_key(),
        }
    }

    /// Describes the event in one line, without the name of its API.
    pub fn sentence(&self, report: &Report) -> Phrase {
        let Some(told) = self.told(report) else { return Phrase::default() };
        let fields = counted(told.names.len(), "field");
        let apis = counted(told.subjects, "API");
        match self.kind {
            EventKind::Single => told.worst.describe(),
            EventKind::SameEdit => same_edit(&told),
            EventKind::ObjectRenamed => between("object renamed: ", &told),
            EventKind::ObjectToList => between("object became a list, or the reverse: ", &told),
            EventKind::FieldsMoved => listed(between(&format!("{fields} moved: "), &told).words(": "), &told.names),
            EventKind::FieldsGone => listed(of_objects(format!("{fields} removed from "), &told), &told.names),
            EventKind::FieldsAdded => listed(of_objects(format!("{fields} added to "), &told), &told.names),
            EventKind::ApisGone => listed(Phrase::new(format!("{apis} removed: ")), &told.names),
            EventKind::ApisAdded => listed(Phrase::new(format!("{apis} added: ")), &told.names),
            EventKind::FamilyMoved if told.subjects == 1 => told.worst.describe(),
            EventKind::FamilyMoved if told.is_renamed() => between(&format!("{apis} renamed: "), &told),
            EventKind::FamilyMoved => between(&format!("{apis} moved: "), &told),
        }
    }
}

/// Returns where a field, an API or a family was and is.
fn ends(finding: &Finding) -> Option<[String; 2]> {
    let change = &finding.change;
    let paths = [change.path_before(), &change.path];
    if is_renamed(change.kind) {
        return Some(paths.map(ToString::to_string));
    }
    if is_moved(change.kind) {
        return Some(paths.map(|path| home(path).to_string()));
    }
    homes(finding)
}

/// Returns the name of the field that a finding is about.
fn field(finding: &Finding) -> Option<&str> {
    let path = &finding.change.path;
    let field = finding.change.field()?;
    if field == *path { path.last_key() } else { path.parent()?.last_key() }
}

/// `` `code` in 12 places of 10 APIs: optional field added: `String` ``
fn same_edit(told: &Told<'_>) -> Phrase {
    let what = if told.is_alike() { told.worst.change.kind_in_words() } else { told.worst.describe() };
    let phrase = told.field.map(|name| Phrase::default().code(name).words(" ")).unwrap_or_default();
    let places = counted(told.findings, "place");
    let apis = counted(told.subjects, "API");
    let place = match told.subjects {
        1 => format!("in {places}: "),
        subjects if subjects == told.findings => format!("in {apis}: "),
        _ => format!("in {places} of {apis}: "),
    };
    phrase.words(place).and(what)
}

fn between(words: &str, told: &Told<'_>) -> Phrase {
    match &told.ends {
        Some([old, new]) => Phrase::new(words).code(old).words(" → ").code(new),
        None => told.worst.describe(),
    }
}

fn of_objects(words: String, told: &Told<'_>) -> Phrase {
    match told.objects.as_slice() {
        [object] => Phrase::new(words).code(object).words(": "),
        objects => Phrase::new(format!("{words}each of {} objects: ", objects.len())),
    }
}

/// Returns the first names, and the number of the others.
pub(in crate::diff) fn first_names<'n, 'r>(names: &'n [&'r str]) -> (&'n [&'r str], usize) {
    // One name takes no more room than the words `and 1 more`.
    let shown = if names.len() <= LISTED + 1 { names.len() } else { LISTED };
    (names.get(..shown).unwrap_or(names), names.len() - shown)
}

fn listed(phrase: Phrase, names: &[&str]) -> Phrase {
    let (shown, more) = first_names(names);
    let phrase = shown.iter().enumerate().fold(phrase, |phrase, (index, name)| {
        let phrase = if index > 0 { phrase.words(", ") } else { phrase };
        phrase.code(name)
    });
    if more > 0 { phrase.words(format!(" and {more} more")) } else { phrase }
}
