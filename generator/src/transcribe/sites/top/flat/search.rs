//! All readings of a top row's cells that go with its sample, as paths through states: a cell, an open level and a
//! node of the sample. Where the cheapest paths differ, the page can be read in more than one way.

use std::collections::BTreeMap;

use super::heads::{self, Head, Start};
use super::levels::{Level, Levels};
use super::split::{self, Evidence, Shown, Split, may_lack_value};
use super::types;
use crate::transcribe::nest::search::{self, Bounds, Model, Next};
use crate::transcribe::row::Side;
use crate::transcribe::sample::{Node, Tree};
use crate::transcribe::sites::top::rows::Below;
use crate::transcribe::sites::top::words::Limit;

/// Between two steps.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct State {
    /// The next cell.
    pub(crate) cell: usize,
    /// The open level.
    pub(crate) level: usize,
    /// The next node of the sample.
    pub(crate) node: usize,
}

/// What leads from one state to another.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The level ends.
    Close,
    /// The sample has a node that the table lacks.
    Skip,
    /// A row.
    Row(RowStep),
}

/// A row as one path reads it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowStep {
    /// The sample node that it represents.
    pub(crate) node: Option<usize>,
    /// Whether the sample and the table disagree on its being a list.
    pub(crate) odd_list: bool,
    /// What the row alone costs.
    pub(crate) cost: u32,
}

/// A step with where it starts and ends.
pub(crate) type Edge = search::Edge<State, Step>;

/// The cheapest readings.
pub(crate) type Found<'a> = search::Found<Search<'a>>;

/// Cost of a sample node without a row.
const SKIPPED: u32 = 3;
/// Cost of a row that the sample should contain and does not.
const MISSING: u32 = 3;
/// Cost of an object that the sample does not contain.
const MISSING_OBJECT: u32 = MISSING + 1;
/// Cost of reading as text what looks like the head of another row.
const SWALLOWED: u32 = MISSING;
/// The same cost when the sample has gaps.
const SWALLOWED_BROKEN: u32 = MISSING_OBJECT + 1;
/// Maximum states per table before the search is given up. The largest table seen so far needs about 6,000.
pub(crate) const MOST_STATES: usize = 60_000;

/// A row's node in the sample, or whether the sample breaks off before the row.
type Evident = Result<usize, bool>;

/// A search for one top row.
pub(crate) struct Search<'a> {
    cells: &'a [Below<'a>],
    side: Side,
    sample: &'a Tree,
    /// The levels met so far.
    levels: Levels,
    /// What can begin at each cell.
    starts: &'a [Option<Start<'a>>],
    /// What a row's texts cost, by its first text, its end and its node, or whether the sample breaks off before it.
    costs: BTreeMap<(usize, usize, Evident), u32>,
    /// Whether the sample has gaps, or is missing.
    broken: bool,
}

impl<'a> Search<'a> {
    /// A search for the cells below a row, and what can begin at each, with a range of the sample's nodes.
    pub(crate) fn new(
        (cells, starts): (&'a [Below<'a>], &'a [Option<Start<'a>>]),
        side: Side,
        sample: &'a Tree,
        (start, end): (usize, usize),
    ) -> Self {
        let broken = sample.is_empty() || sample.is_broken(start, end);
        Self { cells, side, sample, levels: Levels::new(start, end), starts, costs: BTreeMap::new(), broken }
    }

    /// The first cells of the row that begins where a step starts.
    pub(crate) fn head(&self, from: State) -> Option<&Head<'a>> {
        self.starts.get(from.cell)?.as_ref().map(|start| &start.head)
    }

    /// The table.
    pub(crate) fn side(&self) -> Side {
        self.side
    }

    /// Example and description of a row.
    pub(crate) fn split(&self, edge: &Edge, row: RowStep) -> Split {
        let node = row.node.ok_or(self.sample.is_cut_before(edge.from.node));
        let split = |head| self.split_of(head, edge.to.cell, node);
        self.head(edge.from).map(split).unwrap_or_default()
    }

    /// The limits among the cells of a row, and whether its last cell is one of them.
    pub(crate) fn limits(&self, edge: &Edge) -> (Vec<Limit<'a>>, bool) {
        limits(self.cells.get(edge.from.cell..edge.to.cell).unwrap_or_default())
    }

    /// Returns whether the sample breaks off before the row of a step, so that it cannot have the row.
    pub(crate) fn is_cut_before(&self, edge: &Edge) -> bool {
        self.sample.is_cut_before(edge.from.node)
    }

    /// Returns whether the sample shows anything of the rows.
    pub(crate) fn has_sample(&self) -> bool {
        !self.sample.is_empty()
    }

    /// Returns whether the text in the place of a row's type may be a cell whose type was lost: it is not a usual type, or
    /// it is the value in the sample.
    pub(crate) fn may_lack_type(&self, head: &Head<'a>, end: usize, node: Option<usize>) -> bool {
        if head.whole.is_some() {
            return false;
        }
        if !head.leaf {
            return !heads::is_object_type(&head.type_word) && !heads::is_scalar(&head.type_word);
        }
        let texts = self.texts(head, end);
        let is_value = || types::value_for_type(&head.type_word, &texts, self.sample, node).is_some();
        types::may_be_text(&head.type_word, node.map(|node| (self.sample, node)))
            || self.side == Side::Response && is_value()
    }

    fn texts(&self, head: &Head<'a>, end: usize) -> Vec<&'a str> {
        self.cells.get(head.body..end).unwrap_or_default().iter().filter_map(Below::text).collect()
    }

    fn split_of(&self, head: &Head<'a>, end: usize, node: Evident) -> Split {
        let texts = self.texts(head, end);
        if !head.leaf {
            return split::child(head, &texts, Evidence::Object);
        }
        split::child(head, &texts, Shown::new(self.sample, node, &head.type_word).evidence())
    }

    /// What the texts of a row cost.
    fn price(&mut self, head: &Head<'a>, end: usize, node: Evident) -> u32 {
        if let Some(cost) = self.costs.get(&(head.body, end, node)) {
            return *cost;
        }
        let split = self.split_of(head, end, node);
        let mut cost = split.cost;
        if heads::swallows(self.cells, head.body, end, self.side) {
            let confirmed = node.is_ok() && cost == 0;
            cost += match (confirmed, self.broken) {
                (true, _) if head.leaf => 0,
                (_, true) => SWALLOWED_BROKEN,
                (true, false) => 0,
                (false, false) => SWALLOWED,
            };
        }
        if heads::cuts(self.cells, head.body, end, self.side) {
            cost += SWALLOWED;
        }
        self.costs.insert((head.body, end, node), cost);
        cost
    }

    /// Finds the cheapest paths; nothing if there are more states to look at than are left.
    pub(crate) fn run(&mut self, left: &mut usize) -> Option<Found<'a>> {
        let start = State { cell: 0, level: 0, node: self.levels.get(0).start };
        search::cheapest(self, start, Bounds { margin: 0, width: usize::MAX }, left)
    }

    /// The row as the sample's next node, if that has its name.
    fn row_with_node(&mut self, from: State, level: Level, head: &Head<'a>, end: usize, steps: &mut Vec<Next<Self>>) {
        let node = self.sample.nodes.get(from.node).filter(|_| from.node < level.end);
        let is_it = |node: &&Node| node.key == self.sample.naming.key(head.name) || is_open(node, head);
        let Some(after) = node.filter(is_it).map(|node| node.end) else { return };
        let texts = self.price(head, end, Ok(from.node));
        let node = Some(from.node);
        let mut add = |to: State, odd_list, price: u32| {
            let cost = price + texts;
            steps.push((Step::Row(RowStep { node, odd_list, cost }), to, cost));
        };
        if head.leaf {
            add(State { cell: end, level: from.level, node: after }, false, 0);
            return;
        }
        for (wrapped, price) in self.sample.wrappings(from.node, &head.type_word) {
            let opened = self.levels.of_node(self.sample, from.node, wrapped, from.level, end);
            let start = self.levels.get(opened).start;
            let odd_list = wrapped && !head.type_word.ends_with("[]");
            add(State { cell: end, level: opened, node: start }, odd_list, price);
        }
    }

    /// The row without a node of the sample.
    fn row_without_node(&mut self, from: State, head: &Head<'a>, end: usize, steps: &mut Vec<Next<Self>>) {
        let price = match head.leaf {
            true if may_lack_value(self.sample, &head.type_word) => 0,
            true => MISSING,
            false => MISSING_OBJECT,
        };
        let level =
            if head.leaf { from.level } else { self.levels.without_node(from.cell, from.level, from.node, end) };
        // A word that is not written like a type is rather a text.
        let is_type = head.leaf || head.whole.is_some() || heads::is_object_type(&head.type_word);
        let odd_type = if is_type { 0 } else { MISSING };
        let node = Err(self.sample.is_cut_before(from.node));
        let cost = price + odd_type + self.price(head, end, node);
        let row = RowStep { node: None, odd_list: false, cost };
        steps.push((Step::Row(row), State { cell: end, level, node: from.node }, cost));
    }
}

impl Model for Search<'_> {
    type State = State;
    type Step = Step;

    /// The sample and the table may go on without each other.
    fn progress(&self, _: &State) -> usize {
        0
    }

    fn is_end(&self, state: &State) -> bool {
        state.cell == self.cells.len() && state.level == 0 && state.node >= self.levels.get(0).end
    }

    fn steps(&mut self, state: &State, steps: &mut Vec<Next<Self>>) {
        let (state, level) = (*state, self.levels.get(state.level));
        if state.level != 0 && (state.node >= level.end || level.after.is_none()) {
            // What is not marked as a leaf has members.
            let price = if state.cell > level.cell { 0 } else { MISSING };
            let node = level.after.unwrap_or(state.node);
            steps.push((Step::Close, State { level: level.parent, node, ..state }, price));
        }
        if state.node < level.end {
            steps.push((Step::Skip, State { node: self.sample.end(state.node), ..state }, SKIPPED));
        }
        let starts = self.starts;
        let Some(Start { head, ends }) = starts.get(state.cell).and_then(Option::as_ref) else { return };
        for end in ends {
            self.row_with_node(state, level, head, *end, steps);
            self.row_without_node(state, head, *end, steps);
        }
    }

    /// A level that ends late is the better guess.
    fn rank(&self, step: &Step) -> u32 {
        match step {
            Step::Close => 0,
            Step::Row(row) => 1 + u32::from(row.node.is_none()),
            Step::Skip => 3,
        }
    }
}

/// The limits among the cells of a row, and whether its last cell is one of them.
pub(crate) fn limits<'a>(cells: &[Below<'a>]) -> (Vec<Limit<'a>>, bool) {
    let found = cells.iter().flat_map(Below::limits).copied().collect();
    (found, cells.last().is_some_and(|cell| !cell.limits().is_empty()))
}

/// Whether a node is the object in which the sample breaks off before it names it, and a row has its type.
fn is_open(node: &Node, head: &Head<'_>) -> bool {
    node.cut && node.key.is_empty() && !head.leaf && node.type_word.as_deref() == Some(head.type_word.as_str())
}
