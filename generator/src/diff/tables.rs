//! The page's tables beside the fields: errors, statuses, samples, facts for the signature, doubts.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::SpecPath;
use crate::spec::{DoubtSpec, EndpointSpec, Entries, ErrorSpec};

use super::{Change, Kind, order, similar};

/// Below this, two meanings of one code have too little in common to be two wordings.
const SAME_MEANING: f64 = 0.3;

/// Compares all tables.
pub(super) fn compare(old: &EndpointSpec, new: &EndpointSpec, to: &mut Vec<Change>) {
    errors(&old.errors, &new.errors, to);
    statuses(&old.statuses, &new.statuses, to);
    samples(&old.samples, &new.samples, to);
    op(&old.op, &new.op, to);
    doubts(&old.doubts, &new.doubts, to);
}

/// A row, its index and what tells it from the others: its code, or its message where it has none, and how often
/// that stood above it.
type Keyed<'a> = Vec<(String, usize, &'a ErrorSpec)>;

fn keyed(rows: &[ErrorSpec]) -> Keyed<'_> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut keyed = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let name = match (&row.code, &row.message) {
            (Some(code), _) => code.clone(),
            (None, message) => format!(" {}", message.as_deref().unwrap_or_default()),
        };
        let times = seen.entry(name.clone()).and_modify(|times| *times += 1).or_insert(0);
        keyed.push((format!("{name} {times}"), index, row));
    }
    keyed
}

fn errors(old: &[ErrorSpec], new: &[ErrorSpec], to: &mut Vec<Change>) {
    if old == new {
        return;
    }
    let (old, new) = (keyed(old), keyed(new));
    let root = SpecPath::root().key("errors");
    let lacks = |rows: &Keyed<'_>, key: &str| !rows.iter().any(|(known, ..)| known == key);
    let mut renumbered = BTreeSet::new();
    for (key, index, row) in &new {
        let path = root.index(*index);
        if let Some((_, before, known)) = old.iter().find(|(known, ..)| known == key) {
            error_texts(&root, [*before, *index], known, row, to);
            continue;
        }
        let same = |known: &ErrorSpec| row.message.is_some() && known.message == row.message;
        let mut moved = old.iter().filter(|(known, _, before)| same(before) && lacks(&new, known));
        match (moved.next(), moved.next()) {
            (Some((known, before, was)), None) if !renumbered.contains(known) => {
                renumbered.insert(known.clone());
                let change = Change::new(Kind::ErrRenumbered, path.key("code"), was.code.clone(), row.code.clone());
                to.push(Change { old_path: Some(root.index(*before).key("code")), ..change });
            }
            _ => to.push(Change::new(Kind::ErrAdded, path, None, Some(headline(row)))),
        }
    }
    for (_, index, row) in old.iter().filter(|(key, ..)| lacks(&new, key) && !renumbered.contains(key)) {
        to.push(Change::new(Kind::ErrRemoved, root.index(*index), Some(headline(row)), None));
    }
    tables_order(&root, old.iter().map(|(key, ..)| key.as_str()), new.iter().map(|(key, ..)| key.as_str()), to);
}

fn headline(row: &ErrorSpec) -> String {
    row.code.clone().or_else(|| row.message.clone()).or_else(|| row.solution.clone()).unwrap_or_default()
}

fn error_texts(root: &SpecPath, [before, now]: [usize; 2], old: &ErrorSpec, new: &ErrorSpec, to: &mut Vec<Change>) {
    let mut text = |key: &str, kind: Kind, old: &Option<String>, new: &Option<String>| {
        if old != new {
            let change = Change::new(kind, root.index(now).key(key), old.clone(), new.clone());
            to.push(Change { old_path: (before != now).then(|| root.index(before).key(key)), ..change });
        }
    };
    let meaning = meaning(&old.message, &new.message, Kind::ErrMeaning, Kind::ErrText);
    text("message", meaning, &old.message, &new.message);
    text("solution", Kind::ErrText, &old.solution, &new.solution);
}

/// Whether another text is another meaning.
fn meaning(old: &Option<String>, new: &Option<String>, other: Kind, same: Kind) -> Kind {
    match (old, new) {
        (Some(old), Some(new)) if similar::texts(old, new) < SAME_MEANING => other,
        _ => same,
    }
}

fn tables_order<'a>(
    path: &SpecPath,
    old: impl Iterator<Item = &'a str>,
    new: impl Iterator<Item = &'a str>,
    to: &mut Vec<Change>,
) {
    if order::differs(old, new) {
        to.push(Change::new(Kind::OrderTables, path.clone(), None, None));
    }
}

fn statuses(old: &Entries<String>, new: &Entries<String>, to: &mut Vec<Change>) {
    let root = SpecPath::root().key("statuses");
    let mut renumbered = Vec::new();
    for (code, text) in new.iter() {
        let path = root.key(code);
        match old.get(code) {
            Some(before) if before == text => {}
            Some(before) => {
                let (before, text) = (Some(before.clone()), Some(text.clone()));
                let kind = meaning(&before, &text, Kind::StatusMeaning, Kind::StatusText);
                to.push(Change::new(kind, path, before, text));
            }
            None => match old.iter().find(|(known, before)| *before == text && new.get(known).is_none()) {
                Some((known, _)) if !text.is_empty() && !renumbered.contains(&known) => {
                    renumbered.push(known);
                    let change =
                        Change::new(Kind::StatusRenumbered, path, Some(known.to_owned()), Some(code.to_owned()));
                    to.push(Change { old_path: Some(root.key(known)), ..change });
                }
                _ => to.push(Change::new(Kind::StatusAdded, path, None, Some(text.clone()))),
            },
        }
    }
    for (code, text) in old.iter().filter(|(code, _)| new.get(code).is_none() && !renumbered.contains(code)) {
        to.push(Change::new(Kind::StatusRemoved, root.key(code), Some(text.clone()), None));
    }
    tables_order(&root, old.names(), new.names(), to);
}

/// A change of each entry whose text differs, is new or is gone.
fn entries(
    root: &SpecPath,
    old: &Entries<String>,
    new: &Entries<String>,
    kind: impl Fn(&str) -> Kind,
    to: &mut Vec<Change>,
) {
    for (name, text) in new.iter().filter(|(name, text)| old.get(name) != Some(text)) {
        to.push(Change::new(kind(name), root.key(name), old.get(name).cloned(), Some(text.clone())));
    }
    for (name, text) in old.iter().filter(|(name, _)| new.get(name).is_none()) {
        to.push(Change::new(kind(name), root.key(name), Some(text.clone()), None));
    }
}

fn samples(old: &Entries<String>, new: &Entries<String>, to: &mut Vec<Change>) {
    let root = SpecPath::root().key("samples");
    let kind = |name: &str| match name {
        name if name.contains("error") => Kind::DocSampleErr,
        name if name.starts_with("request") => Kind::DocSampleReq,
        _ => Kind::DocSampleResp,
    };
    entries(&root, old, new, kind, to);
    tables_order(&root, old.names(), new.names(), to);
}

fn op(old: &Entries<String>, new: &Entries<String>, to: &mut Vec<Change>) {
    entries(&SpecPath::root().key("op"), old, new, |_| Kind::SignFact, to);
}

fn doubts(old: &[DoubtSpec], new: &[DoubtSpec], to: &mut Vec<Change>) {
    let fact = |doubt: &DoubtSpec| doubt.at.key(doubt.about.word());
    let find = |doubts: &[DoubtSpec], at: &SpecPath| {
        doubts.iter().find(|doubt| fact(doubt) == *at).map(|doubt| doubt.note.word().to_owned())
    };
    for doubt in new {
        let at = fact(doubt);
        let (before, now) = (find(old, &at), Some(doubt.note.word().to_owned()));
        if before != now {
            to.push(Change::new(Kind::DocDoubt, at, before, now));
        }
    }
    for doubt in old.iter().filter(|doubt| find(new, &fact(doubt)).is_none()) {
        to.push(Change::new(Kind::DocDoubt, fact(doubt), Some(doubt.note.word().to_owned()), None));
    }
}
