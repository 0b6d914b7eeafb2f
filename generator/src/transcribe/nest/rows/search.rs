//! Puts rows without marks into one another. Tables list parents before their members. Rows and sample are read side by side;
//! the reading with the fewest unmatched rows and members wins. A row that another, nearly as good reading puts elsewhere is in
//! doubt.

use std::collections::BTreeMap;

use super::{Evidence, Home};
use crate::terms::Note;
use crate::transcribe::nest::search::{self, Bounds, Found, Model, Next};
use crate::transcribe::row::Row;
use crate::transcribe::types::{Kind, TypeCell};

/// Maximum nesting depth of objects.
const DEEPEST: usize = 10;
/// Maximum number of readings that are kept at a time.
const MOST_READINGS: usize = 32;
/// Maximum number of rows times readings; larger tables have fewer readings. The largest table seen so far has about 300 rows.
const MOST_STEPS: usize = 300 * MOST_READINGS;
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

/// The members that most answers have around their data.
const ENVELOPE: [&str; 6] = ["status", "code", "reason", "msg", "message", "success"];
/// The members of a page of records.
const PAGING: [&str; 6] = ["total", "size", "current", "pages", "records", "searchCount"];
/// The objects that contain pages of records.
const PAGES: [&str; 3] = ["data", "page", "params"];

/// Finds the object that every row belongs to.
pub(super) fn homes(rows: &[Row], evidence: &Evidence<'_>) -> Vec<Home> {
    let mut readings = Readings::new(rows, evidence);
    let width = (MOST_STEPS / rows.len().max(1)).clamp(1, MOST_READINGS);
    let (start, mut left) = (State { row: 0, open: vec![0] }, usize::MAX);
    let found = search::cheapest(&mut readings, start, Bounds { margin: MARGIN, width }, &mut left);
    found.map(|found| readings.homes(&found, width < MOST_READINGS)).unwrap_or_default()
}

/// An object that is open, with the rows that are its members already: its later members may follow.
#[derive(Copy, Clone, Debug, Default)]
struct Level {
    /// The row that opened it.
    row: Option<usize>,
    /// Its member in the sample, if the sample shows what is in it.
    node: Option<usize>,
    /// Its last member, and the level without it.
    newest: Option<(usize, usize)>,
    /// The place after the last of its members in the sample.
    last: usize,
    /// How many of its sample's members have rows.
    holds: usize,
}

/// What is known before a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// The row. Behind the last one, the table ends.
    row: usize,
    /// The open levels, the outermost first.
    open: Vec<usize>,
}

/// Rows beside their sample, with the levels met so far.
struct Readings<'a> {
    rows: &'a [Row],
    evidence: &'a Evidence<'a>,
    /// The next row above that has the name of each row.
    same_name: Vec<Option<usize>>,
    /// Whether no other row has the name of each row.
    is_alone: Vec<bool>,
    /// Whether the members of each row may be among the rows below it, and whether its type shows that.
    openers: Vec<(bool, bool)>,
    levels: Vec<Level>,
    /// The levels that rows open, by row and node.
    opened: BTreeMap<(usize, Option<usize>), usize>,
    /// The levels with one member more.
    grown: BTreeMap<(usize, usize), usize>,
}

impl<'a> Readings<'a> {
    fn new(rows: &'a [Row], evidence: &'a Evidence<'a>) -> Self {
        let mut named = BTreeMap::new();
        let same_name: Vec<Option<usize>> =
            rows.iter().enumerate().map(|(at, row)| named.insert(row.field.name.as_str(), at)).collect();
        let is_last = |(at, row): (usize, &Row)| named.get(row.field.name.as_str()) == Some(&at);
        let is_alone =
            rows.iter().enumerate().zip(&same_name).map(|(row, above)| above.is_none() && is_last(row)).collect();
        let openers = rows.iter().map(|row| (evidence.may_open(row), evidence.opens(row))).collect();
        let node = super::anchor(rows.iter().map(|row| row.field.name.as_str()), evidence.tree);
        let levels = vec![Level { node, ..Level::default() }];
        let (opened, grown) = (BTreeMap::new(), BTreeMap::new());
        Self { rows, evidence, same_name, is_alone, openers, levels, opened, grown }
    }

    fn level(&self, level: usize) -> Level {
        self.levels.get(level).copied().unwrap_or_default()
    }

    fn name(&self, row: usize) -> &'a str {
        self.rows.get(row).map_or("", |row| &row.field.name)
    }

    fn types(&self, row: usize) -> Option<&'a TypeCell> {
        Some(&self.rows.get(row)?.types)
    }

    /// Whether a level has a member with the name of a row.
    fn has(&self, level: usize, row: usize) -> bool {
        let mut wanted = self.same_name.get(row).copied().flatten();
        let mut newest = self.level(level).newest;
        while let (Some(other), Some((member, before))) = (wanted, newest) {
            match member.cmp(&other) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => wanted = self.same_name.get(other).copied().flatten(),
                std::cmp::Ordering::Greater => newest = self.level(before).newest,
            }
        }
        false
    }

    /// What it costs to leave a level: members of the sample that have no row.
    fn close(&self, level: usize) -> u32 {
        let Level { row, node, newest, holds, .. } = self.level(level);
        let Some(node) = node else { return 0 };
        let is_scalar = row.and_then(|row| self.types(row)).is_some_and(|types| !types.can_open());
        if is_scalar && newest.is_none() {
            return 0;
        }
        // More than three cost no more.
        let missing = self.evidence.tree.children(node).take(holds + 3).count().saturating_sub(holds);
        u32::try_from(missing).unwrap_or(3)
    }

    /// What it costs that another row follows behind a level, beyond what closing costs.
    fn leave(&self, level: usize) -> u32 {
        match self.level(level) {
            Level { node: None, row: Some(_), newest, .. } => newest.map_or(EMPTY, |_| 1),
            _ => 0,
        }
    }

    /// What it costs to take a row for a member of an open level.
    fn member_cost(&self, row: usize, open: &[usize], level: usize) -> u32 {
        if self.has(level, row) {
            return AGAIN;
        }
        let (tree, name) = (self.evidence.tree, self.name(row));
        if let Some(node) = self.level(level).node {
            let Some(child) = tree.child(node, name) else { return TABLE_ONLY };
            let differs = |shown| self.types(row).is_some_and(|types| is_other(types, shown));
            return if tree.shown(child).is_some_and(differs) { OTHER } else { 0 };
        }
        let [in_envelope, in_page] = [ENVELOPE, PAGING].map(|names| names.contains(&name));
        let named = |level: usize| {
            let Level { row: opener, node, .. } = self.level(level);
            let is_home = match opener {
                None => in_envelope,
                Some(opener) => in_page && PAGES.contains(&self.name(opener)),
            };
            is_home && node.is_none() && !self.has(level, row)
        };
        let has_home = open.iter().any(|level| named(*level));
        1 + if has_home && !named(level) { MISPLACED } else { 0 }
    }

    /// A level with one member more, which is this node of the sample.
    fn grown(&mut self, level: usize, row: usize, node: Option<usize>) -> usize {
        let mut grown = Level { newest: Some((row, level)), ..self.level(level) };
        if let Some(at) = node {
            (grown.last, grown.holds) = (at + 1, grown.holds + 1);
        }
        let levels = &mut self.levels;
        *self.grown.entry((level, row)).or_insert_with(|| {
            levels.push(grown);
            levels.len() - 1
        })
    }

    /// The level that a row opens.
    fn opened(&mut self, row: usize, node: Option<usize>) -> Option<usize> {
        let tree = self.evidence.tree;
        let types = self.types(row)?;
        let (may_open, opens) = self.openers.get(row).copied()?;
        let shown = node.and_then(|node| tree.shown(node));
        let has_scalars = node.is_some_and(|node| tree.elements(node).iter().any(|element| element.is_scalar()));
        let node = match (node, shown) {
            _ if !may_open || types.kind == Kind::Map || types.is_plain_list() => return None,
            (Some(node), Some(_)) if tree.has_children(node) => Some(node),
            // Without rows for its members, a list that the sample shows as a text is one.
            (_, Some(shown)) if shown.is_scalar() && !types.is_list && types.kind != Kind::Object => return None,
            _ if has_scalars || !opens => return None,
            _ => None,
        };
        let levels = &mut self.levels;
        Some(*self.opened.entry((row, node)).or_insert_with(|| {
            levels.push(Level { row: Some(row), node, ..Level::default() });
            levels.len() - 1
        }))
    }

    /// Why a row's place is not settled even if no other reading is as good.
    fn unsettled(&self, open: &[usize], level: usize, found: bool) -> Option<Note> {
        let is_cut = self.evidence.tree.cut;
        if open.len() == 1 || found && !is_cut {
            return None;
        }
        let has_unknown = open.iter().any(|level| self.level(*level).node.is_none());
        let is_sure = !has_unknown && !is_cut && self.level(level).node.is_some();
        (!is_sure).then_some(Note::SampleMissing)
    }

    /// Returns the homes of the best reading. A row that another one puts elsewhere is ambiguous. Without a sample, or if not all
    /// readings could be tried, everything below the first object is a guess.
    fn homes(&self, found: &Found<Self>, is_guess: bool) -> Vec<Home> {
        let mut homes: Vec<Home> = found.path.iter().filter_map(|edge| edge.step).collect();
        for edge in &found.all {
            let row = edge.from.row;
            let (Some(home), Some(other)) = (homes.get_mut(row), edge.step) else { continue };
            // A name that one row has and one of the places in the sample is that row's.
            let is_settled = home.node.is_some() && other.node.is_none() && self.is_alone.get(row) == Some(&true);
            let differs = || (home.row != other.row).then_some(Note::Ambiguous);
            let doubt = if is_settled { None } else { other.doubt.or_else(differs) };
            home.doubt = home.doubt.or(doubt);
        }
        let is_opener = |row: &usize| self.openers.get(*row).is_some_and(|(_, opens)| *opens);
        // An object may have lost its type.
        let is_untyped = |row: &usize| {
            let may_open = self.openers.get(*row).is_some_and(|(may_open, _)| *may_open);
            may_open && self.types(*row).is_some_and(|types| types.word.is_empty())
        };
        let behind = (0..homes.len()).find(is_opener).map_or(homes.len(), |row| row + 1);
        let behind_untyped = (0..homes.len()).find(is_untyped).map_or(homes.len(), |row| row + 1);
        let tree = self.evidence.tree;
        for (at, home) in homes.iter_mut().enumerate() {
            let is_lost = at >= behind_untyped && home.node.is_none() && !tree.is_empty();
            home.doubt = match at >= behind {
                true if tree.is_empty() || tree.cut => Some(Note::SampleMissing),
                true if is_guess => home.doubt.or(Some(Note::Ambiguous)),
                _ => home.doubt.or(is_lost.then_some(Note::TableOnly)),
            };
        }
        homes
    }
}

impl Model for Readings<'_> {
    type State = State;
    /// The home of a row. `None` at the end of the table.
    type Step = Option<Home>;

    fn progress(&self, state: &State) -> usize {
        state.row
    }

    fn is_end(&self, state: &State) -> bool {
        state.row > self.rows.len()
    }

    /// Goes on with a row in every open level.
    fn steps(&mut self, State { row, open }: &State, steps: &mut Vec<Next<Self>>) {
        let row = *row;
        if row == self.rows.len() {
            let cost = open.iter().map(|level| self.close(*level)).sum();
            return steps.push((None, State { row: row + 1, open: Vec::new() }, cost));
        }
        let (mut closing, mut leaving) = (0, 0);
        for (depth, level) in open.iter().copied().enumerate().rev() {
            let Level { row: above, node, last, .. } = self.level(level);
            let found = node.and_then(|node| self.evidence.tree.child(node, self.name(row)));
            let mut own = self.member_cost(row, open, level);
            own += u32::from(own == 0 && found.is_some_and(|at| at < last));
            let node = found.filter(|_| own < AGAIN);
            let mut levels = open.get(..depth).unwrap_or_default().to_vec();
            levels.push(self.grown(level, row, node));
            if levels.len() < DEEPEST {
                levels.extend(self.opened(row, node));
            }
            let home = Home { row: above, node, doubt: self.unsettled(open, level, found.is_some()) };
            // A name that the sample has at this level shows that the nested levels have ended.
            let left = if found.is_some() && own == 0 { leaving.min(1) } else { leaving };
            steps.push((Some(home), State { row: row + 1, open: levels }, closing + left + own));
            closing += self.close(level);
            leaving += self.leave(level);
        }
    }

    fn rank(&self, _: &Option<Home>) -> u32 {
        0
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
