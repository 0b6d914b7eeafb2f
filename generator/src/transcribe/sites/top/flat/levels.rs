//! Levels: the objects that are open while a table is read.

use std::collections::BTreeMap;

use crate::transcribe::sample::Tree;

/// An open object.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Level {
    /// The level around it.
    pub(crate) parent: usize,
    /// Its first node in the sample.
    pub(crate) start: usize,
    /// The end of its nodes.
    pub(crate) end: usize,
    /// Where the sample continues after the level. `None` if the sample does not contain the level.
    pub(crate) after: Option<usize>,
    /// The first cell of its members.
    pub(crate) cell: usize,
}

/// The levels met in a search.
#[derive(Debug)]
pub(crate) struct Levels {
    list: Vec<Level>,
    of_nodes: BTreeMap<(usize, bool, usize, usize), usize>,
    of_rows: BTreeMap<(usize, usize, usize), usize>,
}

impl Levels {
    /// Only the top row's own level, with its nodes.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let root = Level { parent: 0, start, end, after: None, cell: 0 };
        Self { list: vec![root], of_nodes: BTreeMap::new(), of_rows: BTreeMap::new() }
    }

    /// One of the levels.
    pub(crate) fn get(&self, index: usize) -> Level {
        self.list.get(index).copied().unwrap_or(Level { parent: 0, start: 0, end: 0, after: None, cell: 0 })
    }

    /// The level of a node, or of the element in it.
    pub(crate) fn of_node(&mut self, sample: &Tree, node: usize, wrapped: bool, parent: usize, cell: usize) -> usize {
        let (start, end) = sample.inside(node, wrapped);
        let level = Level { parent, start, end, after: Some(sample.end(node)), cell };
        let list = &mut self.list;
        *self.of_nodes.entry((node, wrapped, parent, cell)).or_insert_with(|| {
            list.push(level);
            list.len() - 1
        })
    }

    /// The level of a row that the sample does not have: its members may stand among the nodes of the level around it.
    ///
    /// Which level that is is decided by the path that meets the row first: other paths differ in the row itself.
    pub(crate) fn without_node(&mut self, row: usize, parent: usize, node: usize, cell: usize) -> usize {
        let end = self.get(parent).end;
        let level = Level { parent, start: node, end, after: None, cell };
        let list = &mut self.list;
        *self.of_rows.entry((row, node, end)).or_insert_with(|| {
            list.push(level);
            list.len() - 1
        })
    }
}
