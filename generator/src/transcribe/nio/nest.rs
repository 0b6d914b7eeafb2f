//! Finds the object that each row belongs to. Tables list parents before their members and do not mark levels. Rows and
//! sample are read side by side; the reading with the fewest unmatched rows and members wins. A row that another, nearly as
//! good reading places elsewhere is in doubt.

use std::collections::BTreeMap;

use super::rows::{Row, can_open};
use super::shape::Shape;
use super::words::{Kind, kind};
use crate::terms::Note;
use crate::transcribe::sample::json::Json;

/// Maximum nesting depth of objects.
const DEEPEST: usize = 10;
/// Maximum number of readings that are kept at a time.
const MOST_READINGS: usize = 32;
/// Maximum extra cost of a reading that still causes a doubt: the cost of one row that is missing from the sample.
const MARGIN: u32 = 3;

/// Cost of a row that is missing from its level's sample.
const TABLE_ONLY: u32 = 3;
/// Cost of a list in place of an object, or the reverse.
const OTHER: u32 = 2;
/// Cost of a name that its level already has.
const AGAIN: u32 = 8;
/// Cost of leaving a list or object without members, although no sample shows that it is empty.
const EMPTY: u32 = 3;
/// Cost of a known envelope member in an unusual place.
const MISPLACED: u32 = 3;

/// The members of every response.
const ENVELOPE: [&str; 6] = ["status", "code", "reason", "msg", "message", "success"];
/// The members of a page of records.
const PAGING: [&str; 6] = ["total", "size", "current", "pages", "records", "searchCount"];
/// The objects that contain pages of records.
const PAGES: [&str; 3] = ["data", "page", "params"];

/// The parent of a row, as one reading sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parent {
    /// The parent row. `None` at the top level.
    pub(super) row: Option<usize>,
    /// The sample node of the child row itself.
    pub(super) own_node: Option<usize>,
    /// Why the parent is in doubt.
    pub(super) doubt: Option<Note>,
}

/// Finds the parent of every row.
pub(super) fn nest(rows: &[Row], shape: &Shape) -> Vec<Parent> {
    let root = Level { row: None, node: (!shape.is_empty()).then_some(0), used: Vec::new(), last: 0, holds: 0 };
    let mut readings = BTreeMap::from([(vec![root], Reading::default())]);
    for (index, row) in rows.iter().enumerate() {
        let mut next = BTreeMap::new();
        for (levels, reading) in &readings {
            step(rows, index, row, shape, levels, reading, &mut next);
        }
        readings = cheapest(next);
    }
    let mut end: BTreeMap<Vec<Level>, Reading> = BTreeMap::new();
    for (levels, mut reading) in readings {
        reading.cost += levels.iter().map(|level| level.close(shape, rows)).sum::<u32>();
        merge(&mut end, Vec::new(), reading);
    }
    let best = end.into_values().next().unwrap_or_default();
    finished(rows, shape, best)
}

/// An object that is open: its later members may follow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Level {
    /// The row that opened it.
    row: Option<usize>,
    /// Its member in the sample, if the sample shows what is in it.
    node: Option<usize>,
    /// Rows that are its members already.
    used: Vec<usize>,
    /// The place after the last of its members in the sample.
    last: usize,
    /// How many of its sample's members have rows.
    holds: usize,
}

impl Level {
    fn has(&self, rows: &[Row], name: &str) -> bool {
        self.used.iter().any(|used| rows.get(*used).is_some_and(|row| row.name == name))
    }

    /// What it costs to leave the level: members of the sample that have no row.
    fn close(&self, shape: &Shape, rows: &[Row]) -> u32 {
        let opener = self.row.and_then(|row| rows.get(row));
        let is_scalar = opener.is_some_and(|row| !can_open(row));
        match self.node {
            Some(_) if is_scalar && self.used.is_empty() => 0,
            Some(node) => {
                let missing = shape.children(node).len().saturating_sub(self.holds);
                u32::try_from(missing.min(3)).unwrap_or(3)
            }
            None => 0,
        }
    }

    /// What it costs that another row follows behind the level, beyond what closing costs.
    fn leave(&self) -> u32 {
        match (self.node, self.row) {
            (None, Some(_)) if self.used.is_empty() => EMPTY,
            (None, Some(_)) => 1,
            _ => 0,
        }
    }
}

/// One way to read the rows so far.
#[derive(Clone, Debug, Default)]
struct Reading {
    cost: u32,
    parents: Vec<Parent>,
}

/// Goes on with a row in every open level.
fn step(
    rows: &[Row],
    index: usize,
    row: &Row,
    shape: &Shape,
    levels: &[Level],
    reading: &Reading,
    next: &mut BTreeMap<Vec<Level>, Reading>,
) {
    let (mut closing, mut leaving) = (0, 0);
    for depth in (0..levels.len()).rev() {
        let Some(level) = levels.get(depth) else { continue };
        let mut open = levels.get(..=depth).unwrap_or_default().to_vec();
        let found = level.node.and_then(|node| shape.child(node, &row.name));
        let mut parent = Parent { row: level.row, own_node: found.map(|(_, node)| node), doubt: None };
        let mut own = member_cost(rows, row, shape, levels, depth);
        if let Some((at, _)) = found {
            own += u32::from(at < level.last && own == 0);
        }
        if own >= AGAIN {
            parent.own_node = None;
        }
        if let Some(top) = open.last_mut() {
            top.used.push(index);
            if let Some((at, _)) = found.filter(|_| parent.own_node.is_some()) {
                (top.last, top.holds) = (at + 1, top.holds + 1);
            }
        }
        if open.len() < DEEPEST {
            open.extend(opened(index, row, shape, parent.own_node));
        }
        parent.doubt = unsettled(shape, levels, level, found.is_some());
        // A name that the sample has at this level shows that the nested levels have ended.
        let left = if found.is_some() && own == 0 { leaving.min(1) } else { leaving };
        let mut parents = reading.parents.clone();
        parents.push(parent);
        merge(next, open, Reading { cost: reading.cost + closing + left + own, parents });
        closing += level.close(shape, rows);
        leaving += level.leave();
    }
}

/// What it costs to take a row for a member of an open level.
fn member_cost(rows: &[Row], row: &Row, shape: &Shape, levels: &[Level], depth: usize) -> u32 {
    let Some(level) = levels.get(depth) else { return AGAIN };
    if level.has(rows, &row.name) {
        return AGAIN;
    }
    if let Some(node) = level.node {
        let Some((_, child)) = shape.child(node, &row.name) else { return TABLE_ONLY };
        return if shape.value(child).is_some_and(|value| is_other(row, value)) { OTHER } else { 0 };
    }
    let name = row.name.as_str();
    let named = |level: &Level| {
        let opener = level.row.and_then(|row| rows.get(row)).map(|row| row.name.as_str());
        let is_home = match opener {
            None => ENVELOPE.contains(&name),
            Some(opener) => PAGES.contains(&opener) && PAGING.contains(&name),
        };
        is_home && level.node.is_none() && !level.has(rows, name)
    };
    let has_home = levels.iter().any(named);
    1 + if has_home && !named(level) { MISPLACED } else { 0 }
}

/// The level that a row opens.
fn opened(index: usize, row: &Row, shape: &Shape, node: Option<usize>) -> Option<Level> {
    let level = |node| Level { row: Some(index), node, used: Vec::new(), last: 0, holds: 0 };
    if matches!(kind(&row.type_word), Kind::Map | Kind::Scalars) {
        return None;
    }
    let value = node.and_then(|node| shape.value(node));
    match (node, value) {
        (Some(node), Some(_)) if !shape.children(node).is_empty() => Some(level(Some(node))),
        (_, Some(value)) if is_scalar(value) => None,
        (_, Some(Json::Array(elements))) if elements.iter().any(is_scalar) => None,
        _ if can_open(row) && !row.type_word.is_empty() => Some(level(None)),
        _ => None,
    }
}

/// Returns whether table and sample disagree on list, object or scalar.
fn is_other(row: &Row, value: &Json) -> bool {
    match kind(&row.type_word) {
        Kind::List | Kind::Scalars => !matches!(value, Json::Array(_)),
        Kind::Object | Kind::Map => !matches!(value, Json::Object(_)),
        Kind::Text | Kind::Integer | Kind::Decimal | Kind::Boolean => !is_scalar(value),
        Kind::Nothing | Kind::Unknown => false,
    }
}

fn is_scalar(value: &Json) -> bool {
    matches!(value, Json::Text(_) | Json::Plain(_))
}

/// Why a row's place is not settled even if no other reading is as good.
fn unsettled(shape: &Shape, levels: &[Level], level: &Level, found: bool) -> Option<Note> {
    let is_only = levels.len() == 1;
    if is_only || found && !shape.broken {
        return None;
    }
    let has_unknown = levels.iter().any(|level| level.node.is_none());
    let is_sure = !has_unknown && !shape.broken && level.node.is_some();
    (!is_sure).then_some(Note::SampleMissing)
}

/// Keeps the better of two readings that end in the same state. If both are nearly as good, rows with different parents are
/// ambiguous.
fn merge(readings: &mut BTreeMap<Vec<Level>, Reading>, levels: Vec<Level>, reading: Reading) {
    let Some(known) = readings.get_mut(&levels) else {
        readings.insert(levels, reading);
        return;
    };
    let (mut better, worse) = if reading.cost < known.cost { (reading, &*known) } else { (known.clone(), &reading) };
    if worse.cost - better.cost <= MARGIN {
        for (parent, other) in better.parents.iter_mut().zip(&worse.parents) {
            let differs = parent.row != other.row;
            parent.doubt = parent.doubt.or(other.doubt).or(differs.then_some(Note::Ambiguous));
        }
    }
    *known = better;
}

/// The best readings.
fn cheapest(readings: BTreeMap<Vec<Level>, Reading>) -> BTreeMap<Vec<Level>, Reading> {
    if readings.len() <= MOST_READINGS {
        return readings;
    }
    let mut costs: Vec<u32> = readings.values().map(|reading| reading.cost).collect();
    costs.sort_unstable();
    let most = costs.get(MOST_READINGS).copied().unwrap_or(u32::MAX);
    let mut kept: Vec<_> = readings.into_iter().filter(|(_, reading)| reading.cost <= most).collect();
    kept.sort_by_key(|(_, reading)| reading.cost);
    kept.truncate(MOST_READINGS);
    kept.into_iter().collect()
}

/// Returns the parents of the best reading. Without a sample, everything below the first object is a guess.
fn finished(rows: &[Row], shape: &Shape, best: Reading) -> Vec<Parent> {
    let mut parents = best.parents;
    let opens = |at: usize| rows.get(at).is_some_and(|row| can_open(row) && !row.type_word.is_empty());
    let first = (0..parents.len()).find(|at| opens(*at)).unwrap_or(parents.len());
    if shape.is_empty() || shape.broken {
        for parent in parents.iter_mut().skip(first + 1) {
            parent.doubt = Some(Note::SampleMissing);
        }
    }
    parents
}
