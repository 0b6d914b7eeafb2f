//! Finds the object that each row belongs to. Tables list parents before their members and do not mark levels. Rows and
//! sample are read side by side; the reading with the fewest unmatched rows and members wins. A row that another, nearly as
//! good reading places elsewhere is in doubt.

use std::collections::BTreeMap;
use std::mem;

use crate::terms::Note;
use crate::transcribe::row::Row;
use crate::transcribe::sample::Tree;
use crate::transcribe::types::{Kind, TypeCell};

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
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parent {
    /// The parent row. `None` at the top level.
    pub(super) row: Option<usize>,
    /// The sample node of the child row itself.
    pub(super) own_node: Option<usize>,
    /// Why the parent is in doubt.
    pub(super) doubt: Option<Note>,
}

/// Rows beside their sample, with what every reading asks of each row.
struct Table<'a> {
    rows: &'a [Row],
    shape: &'a Tree,
    /// The first row that has the name of each row.
    first_named: Vec<usize>,
}

impl<'a> Table<'a> {
    fn new(rows: &'a [Row], shape: &'a Tree) -> Self {
        let mut first = BTreeMap::new();
        let first_named = rows.iter().enumerate().map(|(at, row)| *first.entry(row.field.name.as_str()).or_insert(at));
        Self { rows, shape, first_named: first_named.collect() }
    }

    fn types(&self, row: usize) -> Option<&'a TypeCell> {
        self.rows.get(row).map(|row| &row.types)
    }

    fn name(&self, row: usize) -> &'a str {
        self.rows.get(row).map_or("", |row| &row.field.name)
    }

    fn have_one_name(&self, row: usize, other: usize) -> bool {
        self.first_named.get(row) == self.first_named.get(other)
    }

    /// Returns whether a row's type can have members.
    fn can_open(&self, row: usize) -> bool {
        self.types(row).is_none_or(TypeCell::can_open)
    }

    /// Returns whether a row has a type that can have members.
    fn is_opener(&self, row: usize) -> bool {
        self.can_open(row) && self.rows.get(row).is_some_and(|row| !row.field.type_word.is_empty())
    }
}

/// Finds the parent of every row.
pub(super) fn nest(rows: &[Row], shape: &Tree) -> Vec<Parent> {
    let table = Table::new(rows, shape);
    let root = Level { row: None, node: (!shape.is_empty()).then_some(0), used: Vec::new(), last: 0, holds: 0 };
    let mut readings = BTreeMap::from([(vec![root], Reading::default())]);
    for index in 0..rows.len() {
        let mut next = BTreeMap::new();
        for (levels, reading) in &readings {
            step(&table, index, levels, reading, &mut next);
        }
        readings = cheapest(next);
    }
    let mut end: BTreeMap<Vec<Level>, Reading> = BTreeMap::new();
    for (levels, mut reading) in readings {
        reading.cost += levels.iter().map(|level| level.close(&table)).sum::<u32>();
        merge(&mut end, Vec::new(), reading);
    }
    let best = end.into_values().next().unwrap_or_default();
    finished(&table, best)
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
    /// Returns whether it has a member with the name of a row.
    fn has(&self, table: &Table<'_>, row: usize) -> bool {
        self.used.iter().any(|used| table.have_one_name(*used, row))
    }

    /// What it costs to leave the level: members of the sample that have no row.
    fn close(&self, table: &Table<'_>) -> u32 {
        let is_scalar = self.row.is_some_and(|row| !table.can_open(row));
        match self.node {
            Some(_) if is_scalar && self.used.is_empty() => 0,
            Some(node) => {
                let missing = table.shape.children(node).count().saturating_sub(self.holds);
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
    table: &Table<'_>,
    index: usize,
    levels: &[Level],
    reading: &Reading,
    next: &mut BTreeMap<Vec<Level>, Reading>,
) {
    let shape = table.shape;
    let (mut closing, mut leaving) = (0, 0);
    for depth in (0..levels.len()).rev() {
        let Some(level) = levels.get(depth) else { continue };
        let mut open = levels.get(..=depth).unwrap_or_default().to_vec();
        let found = level.node.and_then(|node| shape.child(node, table.name(index)));
        let mut parent = Parent { row: level.row, own_node: found, doubt: None };
        let mut own = member_cost(table, index, levels, depth);
        if let Some(at) = found {
            own += u32::from(at < level.last && own == 0);
        }
        if own >= AGAIN {
            parent.own_node = None;
        }
        if let Some(top) = open.last_mut() {
            top.used.push(index);
            if let Some(at) = found.filter(|_| parent.own_node.is_some()) {
                (top.last, top.holds) = (at + 1, top.holds + 1);
            }
        }
        if open.len() < DEEPEST {
            open.extend(opened(table, index, parent.own_node));
        }
        parent.doubt = unsettled(shape, levels, level, found.is_some());
        // A name that the sample has at this level shows that the nested levels have ended.
        let left = if found.is_some() && own == 0 { leaving.min(1) } else { leaving };
        let mut parents = reading.parents.clone();
        parents.push(parent);
        merge(next, open, Reading { cost: reading.cost + closing + left + own, parents });
        closing += level.close(table);
        leaving += level.leave();
    }
}

/// What it costs to take a row for a member of an open level.
fn member_cost(table: &Table<'_>, row: usize, levels: &[Level], depth: usize) -> u32 {
    let Some(level) = levels.get(depth) else { return AGAIN };
    if level.has(table, row) {
        return AGAIN;
    }
    let (shape, name) = (table.shape, table.name(row));
    if let Some(node) = level.node {
        let Some(child) = shape.child(node, name) else { return TABLE_ONLY };
        return if shape.shown(child).is_some_and(|value| table.types(row).is_some_and(|types| is_other(types, value))) {
            OTHER
        } else {
            0
        };
    }
    let [in_envelope, in_page] = [ENVELOPE, PAGING].map(|names| names.contains(&name));
    let named = |level: &Level| {
        let is_home = match level.row {
            None => in_envelope,
            Some(opener) => in_page && PAGES.contains(&table.name(opener)),
        };
        is_home && level.node.is_none() && !level.has(table, row)
    };
    let has_home = levels.iter().any(named);
    1 + if has_home && !named(level) { MISPLACED } else { 0 }
}

/// The level that a row opens.
fn opened(table: &Table<'_>, row: usize, node: Option<usize>) -> Option<Level> {
    let shape = table.shape;
    let level = |node| Level { row: Some(row), node, used: Vec::new(), last: 0, holds: 0 };
    let types = table.types(row)?;
    if types.kind == Kind::Map || types.is_plain_list() {
        return None;
    }
    let shown = node.and_then(|node| shape.shown(node));
    let has_scalars = node.is_some_and(|node| shape.elements(node).iter().any(|element| element.is_scalar()));
    match (node, shown) {
        (Some(node), Some(_)) if shape.has_children(node) => Some(level(Some(node))),
        // Without rows for its members, a list that the sample shows as a text is one.
        (_, Some(shown)) if shown.is_scalar() && !types.is_list && types.kind != Kind::Object => None,
        _ if has_scalars => None,
        _ if table.is_opener(row) => Some(level(None)),
        _ => None,
    }
}

/// Returns whether table and sample disagree on list, object or scalar.
fn is_other(types: &TypeCell, shown: Kind) -> bool {
    match types.kind {
        _ if types.is_list => shown != Kind::List,
        Kind::Object | Kind::Map => shown != Kind::Object,
        kind => kind.is_scalar() && !shown.is_scalar(),
    }
}

/// Why a row's place is not settled even if no other reading is as good.
fn unsettled(shape: &Tree, levels: &[Level], level: &Level, found: bool) -> Option<Note> {
    let is_only = levels.len() == 1;
    if is_only || found && !shape.cut {
        return None;
    }
    let has_unknown = levels.iter().any(|level| level.node.is_none());
    let is_sure = !has_unknown && !shape.cut && level.node.is_some();
    (!is_sure).then_some(Note::SampleMissing)
}

/// Keeps the better of two readings that end in the same state. If both are nearly as good, rows with different parents are
/// ambiguous.
fn merge(readings: &mut BTreeMap<Vec<Level>, Reading>, levels: Vec<Level>, reading: Reading) {
    let Some(known) = readings.get_mut(&levels) else {
        readings.insert(levels, reading);
        return;
    };
    let mut worse = reading;
    if worse.cost < known.cost {
        mem::swap(known, &mut worse);
    }
    if worse.cost - known.cost <= MARGIN {
        for (parent, other) in known.parents.iter_mut().zip(&worse.parents) {
            let differs = parent.row != other.row;
            parent.doubt = parent.doubt.or(other.doubt).or(differs.then_some(Note::Ambiguous));
        }
    }
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
fn finished(table: &Table<'_>, best: Reading) -> Vec<Parent> {
    let (mut parents, shape) = (best.parents, table.shape);
    let first = (0..parents.len()).find(|at| table.is_opener(*at)).unwrap_or(parents.len());
    if shape.is_empty() || shape.cut {
        for parent in parents.iter_mut().skip(first + 1) {
            parent.doubt = Some(Note::SampleMissing);
        }
    }
    parents
}
