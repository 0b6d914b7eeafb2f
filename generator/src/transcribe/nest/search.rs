//! Finds the cheapest reading of a table, and the readings that are nearly as good: what differs between them is in doubt.
//!
//! A reading is a path through states. What the states are and what a step costs is a model's, of which there are two, because
//! tables differ in what their samples show:
//!
//! * `rows` reads a JSON sample, whose members come in any order and may be missing. Whether a member is new to its object depends on
//!   the members before it, so a state contains the members of every open object. There are exponentially many such states: only the
//!   cheapest of those that have come equally far are followed.
//! * Flattened tables of a site come with samples that were made of the same declaration, in the same order. A state is a place in the
//!   table, an open object and a place in the sample, without any members. There are few enough of these to follow all, and all are
//!   needed: the search also finds where rows end and which text is what, so that many readings are equally good.
//!
//! One model for both would either forget the order of the sample, which settles most rows of a flattened table, or follow only some of
//! its readings and miss doubts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// How tables of a kind are read.
pub(crate) trait Model {
    /// What is known between two steps.
    type State: Clone + Ord;
    /// What leads from one state to another.
    type Step: Clone;

    /// How far a state has come. No step leads back.
    fn progress(&self, state: &Self::State) -> usize;

    /// Whether the table ends in a state.
    fn is_end(&self, state: &Self::State) -> bool;

    /// Adds the steps from a state.
    fn steps(&mut self, from: &Self::State, steps: &mut Vec<Next<Self>>);

    /// Of steps that cost the same, the one with the lowest rank is the better guess.
    fn rank(&self, step: &Self::Step) -> u32;
}

/// A step: what it is, where it leads, and what it costs.
pub(crate) type Next<M> = (<M as Model>::Step, <M as Model>::State, u32);

/// Which readings are followed.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Bounds {
    /// Maximum extra cost of steps into a state that still count as nearly as good.
    pub(crate) margin: u32,
    /// Maximum states that have come equally far.
    pub(crate) width: usize,
}

/// A step with where it starts and ends.
#[derive(Clone, Debug)]
pub(crate) struct Edge<S, T> {
    /// Where it starts.
    pub(crate) from: S,
    /// Where it ends.
    pub(crate) to: S,
    /// What it is.
    pub(crate) step: T,
}

/// An edge of a model's.
pub(crate) type EdgeOf<M> = Edge<<M as Model>::State, <M as Model>::Step>;

/// What was found.
pub(crate) struct Found<M: Model> {
    /// One cheapest reading.
    pub(crate) path: Vec<EdgeOf<M>>,
    /// The steps of all readings that are as good, or nearly so.
    pub(crate) all: Vec<EdgeOf<M>>,
    /// What the cheapest reading costs.
    pub(crate) cost: u32,
}

/// A state with the steps into it.
struct Visit<M: Model> {
    cost: u32,
    done: bool,
    /// The steps, with where they start and what the reading costs then.
    into: Vec<(M::State, M::Step, u32)>,
}

/// Finds the cheapest reading. `left` is how many states may be looked at. `None` if there are more, or no reading.
pub(crate) fn cheapest<M: Model>(model: &mut M, start: M::State, bounds: Bounds, left: &mut usize) -> Option<Found<M>> {
    let mut visits: BTreeMap<M::State, Visit<M>> = BTreeMap::new();
    visits.insert(start.clone(), Visit { cost: 0, done: false, into: Vec::new() });
    let mut queue = BinaryHeap::from([Reverse((model.progress(&start), 0, start))]);
    let (mut front, mut followed) = (0, 0);
    let mut end: Option<(M::State, u32)> = None;
    let mut steps = Vec::new();
    while let Some(Reverse((progress, cost, state))) = queue.pop() {
        // Other readings that are as good may still come in.
        if end.as_ref().is_some_and(|(_, least)| cost > least + bounds.margin) {
            break;
        }
        let visit = visits.get_mut(&state).filter(|visit| !visit.done && visit.cost == cost);
        let Some(visit) = visit else { continue };
        visit.done = true;
        if model.is_end(&state) {
            end.get_or_insert((state, cost));
            continue;
        }
        followed = if progress == front { followed + 1 } else { 1 };
        front = progress;
        if followed > bounds.width {
            continue;
        }
        if visits.len() > *left {
            *left = 0;
            return None;
        }
        model.steps(&state, &mut steps);
        for (step, to, price) in steps.drain(..) {
            let total = cost + price;
            let known = visits.entry(to.clone()).or_insert(Visit { cost: u32::MAX, done: false, into: Vec::new() });
            if total < known.cost {
                known.cost = total;
                known.into.retain(|(.., other)| *other <= total + bounds.margin);
                queue.push(Reverse((model.progress(&to), total, to)));
            }
            if total <= known.cost + bounds.margin {
                known.into.push((state.clone(), step, total));
            }
        }
    }
    *left = left.saturating_sub(visits.len());
    end.map(|(state, cost)| found(model, &visits, state, cost))
}

/// The cheapest reading that ends in a state, and the readings that are nearly as good.
fn found<M: Model>(model: &M, visits: &BTreeMap<M::State, Visit<M>>, end: M::State, cost: u32) -> Found<M> {
    let edge = |to: &M::State, (from, step, _): &(M::State, M::Step, u32)| Edge {
        from: from.clone(),
        to: to.clone(),
        step: step.clone(),
    };
    let cheapest = |to: &M::State| {
        let visit = visits.get(to)?;
        let best = visit.into.iter().filter(|(.., total)| *total == visit.cost);
        best.min_by_key(|(_, step, _)| model.rank(step)).map(|into| edge(to, into))
    };
    let mut path: Vec<EdgeOf<M>> = std::iter::successors(cheapest(&end), |edge| cheapest(&edge.from)).collect();
    path.reverse();
    let mut all = Vec::new();
    let mut seen = BTreeSet::from([end.clone()]);
    let mut open = vec![end];
    while let Some(state) = open.pop() {
        for into in visits.get(&state).map(|visit| visit.into.as_slice()).unwrap_or_default() {
            all.push(edge(&state, into));
            if seen.insert(into.0.clone()) {
                open.push(into.0.clone());
            }
        }
    }
    Found { path, all, cost }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two lanes with three places each. A step goes on in a lane or into the other one, at the price of its end.
    struct Lanes([[u32; 3]; 2]);

    impl Model for Lanes {
        /// How far, and in which lane.
        type State = (usize, usize);
        /// The lane in which a step starts.
        type Step = usize;

        fn progress(&self, state: &Self::State) -> usize {
            state.0
        }

        fn is_end(&self, state: &Self::State) -> bool {
            state.0 == 4
        }

        fn steps(&mut self, (far, from): &Self::State, steps: &mut Vec<Next<Self>>) {
            let prices = self.0.iter().map(|lane| lane.get(*far).copied());
            match far {
                3 => steps.push((*from, (4, 0), 0)),
                _ => {
                    steps.extend(prices.enumerate().filter_map(|(lane, price)| Some((*from, (far + 1, lane), price?))))
                }
            }
        }

        fn rank(&self, from: &usize) -> u32 {
            u32::from(*from == 0)
        }
    }

    const LANES: [[u32; 3]; 2] = [[0, 3, 9], [2, 3, 0]];

    fn found(margin: u32, width: usize, mut left: usize) -> Option<(Vec<usize>, usize, u32)> {
        let found = cheapest(&mut Lanes(LANES), (0, 0), Bounds { margin, width }, &mut left)?;
        let lanes = found.path.iter().map(|edge| edge.to.1).collect();
        Some((lanes, found.all.len(), found.cost))
    }

    #[test]
    fn steps_that_are_nearly_as_good_are_found() {
        // Both lanes are as good at the second place: the rank decides.
        assert_eq!(found(0, 9, 99), Some((vec![0, 1, 1, 0], 6, 3)));
        // To begin in the second lane costs two more.
        assert_eq!(found(1, 9, 99), Some((vec![0, 1, 1, 0], 6, 3)));
        assert_eq!(found(2, 9, 99), Some((vec![0, 1, 1, 0], 9, 3)));
        assert_eq!(found(2, 1, 99), Some((vec![0, 0, 1, 0], 4, 3)));
        assert_eq!(found(0, 9, 3), None);
    }
}
