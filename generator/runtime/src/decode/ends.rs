//! An index of where the long arrays and objects of a JSON text end.
//!
//! Each level of a text is split by itself. Without the index, it would search all deeper levels for the ends of its
//! values, and the innermost bytes of a deep answer would be read once for every level.

use core::cell::Cell;

use super::budget::Budget;

/// Length in bytes from which on the end of an array or object is looked up instead of searched for.
pub(super) const LONG: usize = 64;

/// Depth down to which the index goes: decoding descends through at most 64 objects, each of them in a list in a wrapper.
const DEPTH: usize = 256;

/// The start and end of every long array and object, in the order of their starts.
pub(super) struct Ends {
    /// Address of the text, so that a part of it can be found.
    address: usize,
    list: Vec<(u32, u32)>,
    /// Position of the last one that was found. Values are read in order, so the next is often the one behind it.
    last: Cell<usize>,
}

impl Ends {
    /// Indexes `json`, which must be valid.
    pub(super) fn of(json: &str, budget: &mut Budget) -> Self {
        let mut index = Self { address: json.as_ptr().addr(), list: Vec::new(), last: Cell::new(0) };
        if !budget.indexes(json.len()) {
            return index;
        }
        // Starts of the open arrays and objects down to the maximum depth, and the number of all that are open.
        let (mut open, mut depth) = (Vec::new(), 0_usize);
        let (mut quoted, mut escaped) = (false, false);
        for (byte, at) in json.bytes().zip(0_u32..) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = quoted,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'{' | b'[' => {
                    depth += 1;
                    if depth > DEPTH {
                        continue;
                    }
                    open.push(index.list.len());
                    // The end is entered when it is found.
                    if !budget.push(&mut index.list, (at, at)) {
                        break;
                    }
                }
                b'}' | b']' => {
                    if depth <= DEPTH {
                        index.close(open.pop(), at + 1);
                    }
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
        }
        index
    }

    /// Enters the end of the last open array or object, or removes it if it is short.
    fn close(&mut self, position: Option<usize>, end: u32) {
        let Some((position, entry)) = position.and_then(|at| Some((at, self.list.get_mut(at)?))) else { return };
        entry.1 = end;
        if (end - entry.0) < LONG as u32 {
            // All entries behind it are inside of it, and were shorter.
            self.list.truncate(position);
        }
    }

    /// Returns the length of the long array or object at the start of `rest`, which must be a part of the text.
    pub(super) fn length(&self, rest: &str) -> Option<usize> {
        let start = self.start(rest)?;
        self.at(self.list.binary_search_by_key(&start, |(start, _)| *start).ok()?, start)
    }

    /// Like [`Ends::length`], but looks only at the last one that was found, and at the one behind it.
    pub(super) fn near(&self, rest: &str) -> Option<usize> {
        let (start, last) = (self.start(rest)?, self.last.get());
        self.at(last, start).or_else(|| self.at(last + 1, start))
    }

    fn start(&self, rest: &str) -> Option<u32> {
        u32::try_from(rest.as_ptr().addr().checked_sub(self.address)?).ok()
    }

    /// Returns the length of the one at `position` if it starts at `start`.
    fn at(&self, position: usize, start: u32) -> Option<usize> {
        let (_, end) = self.list.get(position).filter(|(other, _)| *other == start)?;
        self.last.set(position);
        usize::try_from(end - start).ok().filter(|length| *length >= LONG)
    }

    pub(super) fn release(self, budget: &mut Budget) {
        budget.release_list(self.list);
    }
}
