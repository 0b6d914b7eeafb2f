//! All readings of a top row's cells that go with its sample, as paths through states: a cell, an open level and a
//! node of the sample. The cheapest paths are kept; where they differ, the page can be read in more than one way.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::heads::{self, Head};
use super::levels::{Level, Levels};
use super::split::{self, Evidence, Split};
use crate::transcribe::sample::{Naming, Sample};
use crate::transcribe::top::rows::{Cell, Side};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// The level ends.
    Close,
    /// The sample has a node that the table lacks.
    Skip,
    /// A row.
    Row(Box<RowStep<'a>>),
}

/// A row as one path reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowStep<'a> {
    /// Its first cells.
    pub(crate) head: Head<'a>,
    /// Example and description.
    pub(crate) split: Split,
    /// The node it stands for.
    pub(crate) node: Option<usize>,
    /// Whether the sample and the table disagree on its being a list.
    pub(crate) odd_list: bool,
    /// What the row alone costs.
    pub(crate) cost: u32,
}

/// A step with where it starts and ends.
#[derive(Clone, Debug)]
pub(crate) struct Edge<'a> {
    /// Where it starts.
    pub(crate) from: State,
    /// Where it ends.
    pub(crate) to: State,
    /// What it is.
    pub(crate) step: Step<'a>,
}

/// Cost of a node that no row stands for.
const SKIPPED: u32 = 3;
/// Cost of a row that the sample should have and has not.
const MISSING: u32 = 3;
/// So many states are looked at before the search is given up.
const MOST_STATES: usize = 60_000;

/// A search for one top row.
pub(crate) struct Search<'s, 'a> {
    /// Its cells.
    pub(crate) cells: &'s [Cell<'a>],
    /// The table.
    pub(crate) side: Side,
    /// The sample.
    pub(crate) sample: &'s Sample,
    /// The levels met so far.
    pub(crate) levels: Levels,
}

/// What a search found.
pub(crate) struct Found<'a> {
    /// One cheapest path.
    pub(crate) path: Vec<Edge<'a>>,
    /// The steps of all cheapest paths.
    pub(crate) all: Vec<Edge<'a>>,
    /// What the path costs.
    pub(crate) cost: u32,
}

struct Visit<'a> {
    cost: u32,
    done: bool,
    edges: Vec<Edge<'a>>,
}

impl<'a> Search<'_, 'a> {
    /// Finds the cheapest paths; nothing if there are too many states to look at.
    pub(crate) fn run(&mut self) -> Option<Found<'a>> {
        let start = State { cell: 0, level: 0, node: self.levels.get(0).start };
        let mut visits: BTreeMap<State, Visit<'a>> = BTreeMap::new();
        visits.insert(start, Visit { cost: 0, done: false, edges: Vec::new() });
        let mut queue = BinaryHeap::from([Reverse((0, start))]);
        let mut goal: Option<(State, u32)> = None;
        while let Some(Reverse((cost, state))) = queue.pop() {
            // Other paths of the same cost may still come in.
            if goal.is_some_and(|(_, least)| cost > least) {
                break;
            }
            let visit = visits.get_mut(&state).filter(|visit| !visit.done && visit.cost == cost);
            let Some(visit) = visit else { continue };
            visit.done = true;
            if state.cell == self.cells.len() && state.level == 0 && state.node >= self.levels.get(0).end {
                goal = Some((state, cost));
                continue;
            }
            if visits.len() > MOST_STATES {
                return None;
            }
            for (to, step, price) in self.steps(state) {
                let total = cost + price;
                let edge = Edge { from: state, to, step };
                let known = visits.entry(to).or_insert(Visit { cost: u32::MAX, done: false, edges: Vec::new() });
                if total < known.cost {
                    *known = Visit { cost: total, done: false, edges: vec![edge] };
                    queue.push(Reverse((total, to)));
                } else if total == known.cost {
                    known.edges.push(edge);
                }
            }
        }
        goal.map(|(state, cost)| found(&visits, state, cost))
    }

    fn steps(&mut self, state: State) -> Vec<(State, Step<'a>, u32)> {
        let mut steps = Vec::new();
        let level = self.levels.get(state.level);
        if state.level != 0 && state.node >= level.end {
            // What is not marked as a leaf has members.
            let price = if state.cell > level.cell { 0 } else { MISSING };
            let node = level.after.unwrap_or(state.node);
            steps.push((State { level: level.parent, node, ..state }, Step::Close, price));
        }
        if state.node < level.end {
            steps.push((State { node: self.sample.end(state.node), ..state }, Step::Skip, SKIPPED));
        }
        if let Some(head) = heads::head(self.cells, state.cell, self.side) {
            for end in heads::ends(self.cells, head.body, self.side) {
                self.rows(state, level, &head, end, &mut steps);
            }
        }
        steps
    }

    /// The ways to read one row.
    fn rows(
        &mut self,
        from: State,
        level: Level,
        head: &Head<'a>,
        end: usize,
        steps: &mut Vec<(State, Step<'a>, u32)>,
    ) {
        let texts: Vec<&str> = self.cells.get(head.body..end).unwrap_or_default().iter().map(|c| c.text).collect();
        let mut add = |to: State, split: Split, node, odd_list, price: u32| {
            let cost = price + split.cost;
            let row = RowStep { head: head.clone(), split, node, odd_list, cost };
            steps.push((to, Step::Row(Box::new(row)), cost));
        };
        let node = self.sample.nodes.get(from.node).filter(|_| from.node < level.end);
        let matched = node.filter(|node| node.key == self.sample.naming.key(head.name));
        if let Some(node) = matched {
            if head.leaf {
                let literal = self.sample.value(from.node, head.type_word.ends_with("[]"));
                let split = split::cells(&texts, Evidence::Value(&literal), &head.type_word);
                add(State { cell: end, level: from.level, node: node.end }, split, Some(from.node), false, 0);
            } else {
                for (wrapped, price) in self.sample.wrappings(from.node, &head.type_word) {
                    let opened = self.levels.of_node(self.sample, from.node, wrapped, from.level, end);
                    let start = self.levels.get(opened).start;
                    let split = split::cells(&texts, Evidence::Object, &head.type_word);
                    let odd = wrapped && !head.type_word.ends_with("[]");
                    add(State { cell: end, level: opened, node: start }, split, Some(from.node), odd, price);
                }
            }
            return self.absent(from, head, end, &texts, steps);
        }
        self.absent(from, head, end, &texts, steps);
    }

    /// The row without a node of the sample.
    fn absent(
        &mut self,
        from: State,
        head: &Head<'a>,
        end: usize,
        texts: &[&str],
        steps: &mut Vec<(State, Step<'a>, u32)>,
    ) {
        let may_lack =
            head.leaf && may_lack_value(self.sample.naming, &head.type_word) && !self.sample.nodes.is_empty();
        let (evidence, price) = match (head.leaf, may_lack) {
            (true, true) => (Evidence::NoValue, 0),
            (true, false) => (Evidence::Nothing, MISSING),
            (false, _) => (Evidence::Object, MISSING + 1),
        };
        let split = split::cells(texts, evidence, &head.type_word);
        let level =
            if head.leaf { from.level } else { self.levels.without_node(from.cell, from.level, from.node, end) };
        let cost = price + split.cost;
        let row = RowStep { head: head.clone(), split, node: None, odd_list: false, cost };
        steps.push((State { cell: end, level, node: from.node }, Step::Row(Box::new(row)), cost));
    }
}

/// Whether a sample leaves a value of this type out where the page has no example.
pub(crate) fn may_lack_value(naming: Naming, type_word: &str) -> bool {
    naming == Naming::Setter && !matches!(type_word.trim_end_matches("[]"), "String" | "Json" | "")
}

/// The cheapest paths into a state.
fn found<'a>(visits: &BTreeMap<State, Visit<'a>>, goal: State, cost: u32) -> Found<'a> {
    let mut path = Vec::new();
    let mut at = goal;
    while let Some(edge) = visits.get(&at).and_then(|visit| preferred(&visit.edges)) {
        at = edge.from;
        path.push(edge.clone());
    }
    path.reverse();
    let mut all = Vec::new();
    let mut seen = std::collections::BTreeSet::from([goal]);
    let mut open = vec![goal];
    while let Some(state) = open.pop() {
        for edge in visits.get(&state).map(|visit| visit.edges.as_slice()).unwrap_or_default() {
            all.push(edge.clone());
            if seen.insert(edge.from) {
                open.push(edge.from);
            }
        }
    }
    Found { path, all, cost }
}

/// Of several last steps the one that is the better guess: a level that ends late.
fn preferred<'e, 'a>(edges: &'e [Edge<'a>]) -> Option<&'e Edge<'a>> {
    edges.iter().min_by_key(|edge| match &edge.step {
        Step::Close => 0,
        Step::Row(row) => 1 + u32::from(row.node.is_none()),
        Step::Skip => 3,
    })
}
