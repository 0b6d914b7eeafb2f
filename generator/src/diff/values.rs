//! Documented value sets.

use crate::spec::{Entries, ValueSpec};

use super::order;
use super::pair::Pair;
use super::{Change, Kind};

/// Compares the value sets of a field.
pub(super) fn compare(pair: &Pair<'_>, to: &mut Vec<Change>) {
    let (old, new) = (&pair.old.values, &pair.new.values);
    match (old.is_empty(), new.is_empty()) {
        (true, true) => {}
        (true, false) => {
            let kind = pair.kind(Kind::ReqEnumClosed, Kind::RespEnumClosed);
            to.push(pair.change(kind, "values", None, Some(listed(new))));
        }
        (false, true) => {
            let kind = pair.kind(Kind::ReqEnumOpened, Kind::RespEnumOpened);
            to.push(pair.change(kind, "values", Some(listed(old)), None));
        }
        (false, false) => sets(pair, old, new, to),
    }
}

fn listed(values: &Entries<ValueSpec>) -> String {
    values.names().collect::<Vec<_>>().join(", ")
}

fn sets(pair: &Pair<'_>, old: &Entries<ValueSpec>, new: &Entries<ValueSpec>, to: &mut Vec<Change>) {
    let change = |kind, wire: &str, old: Option<String>, new: Option<String>| {
        let change = pair.change(kind, "values", old, new);
        let old_path = change.old_path.map(|path| path.key(wire));
        Change { path: change.path.key(wire), old_path, ..change }
    };
    // The same name under another value: the value was renumbered.
    let before = |name: &str| old.iter().find(|(wire, value)| value.name == name && new.get(wire).is_none());
    let mut renumbered = Vec::new();
    for (wire, value) in new.iter() {
        let Some(known) = old.get(wire) else {
            match before(&value.name) {
                Some((old_wire, _)) => {
                    renumbered.push(old_wire);
                    let kind = pair.kind(Kind::ReqEnumValueRenumbered, Kind::RespEnumValueRenumbered);
                    to.push(change(kind, wire, Some(old_wire.to_owned()), Some(wire.to_owned())));
                }
                None => {
                    let kind = pair.kind(Kind::ReqEnumValueAdded, Kind::RespEnumValueAdded);
                    to.push(change(kind, wire, None, Some(value.name.clone())));
                }
            }
            continue;
        };
        if known.name != value.name {
            let kind = pair.kind(Kind::ReqEnumLabel, Kind::RespEnumLabel);
            to.push(change(kind, wire, Some(known.name.clone()), Some(value.name.clone())));
        }
        if known.doc != value.doc {
            to.push(change(Kind::DocEnumValue, wire, known.doc.clone(), value.doc.clone()));
        }
    }
    for (wire, value) in old.iter().filter(|(wire, _)| new.get(wire).is_none() && !renumbered.contains(wire)) {
        let kind = pair.kind(Kind::ReqEnumValueRemoved, Kind::RespEnumValueRemoved);
        to.push(change(kind, wire, Some(value.name.clone()), None));
    }
    if order::differs(old.names(), new.names()) {
        to.push(pair.change(Kind::OrderEnum, "values", Some(listed(old)), Some(listed(new))));
    }
}
