//! Structs that hold other structs without a box. Rust has no type that holds itself like this.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A field that holds a struct without a box.
pub(super) struct Held {
    /// The struct that it holds.
    pub(super) target: usize,
    /// Its wire name.
    pub(super) wire: String,
    /// The bytes of its type in the file.
    pub(super) bytes: Range<usize>,
}

/// Returns a field through which a struct holds itself. Each field is looked at once.
pub(super) fn closing(holds: &BTreeMap<usize, Vec<Held>>) -> Option<&Held> {
    let mut done = BTreeSet::new();
    for start in holds.keys() {
        if done.contains(start) {
            continue;
        }
        // The structs between the start and the field that is looked at, each with its other fields.
        let mut open = vec![(*start, fields(holds, *start))];
        let mut is_open = BTreeSet::from([*start]);
        while let Some((owner, rest)) = open.last_mut() {
            match rest.next() {
                Some(held) if is_open.contains(&held.target) => return Some(held),
                Some(held) if done.contains(&held.target) => {}
                Some(held) => {
                    is_open.insert(held.target);
                    open.push((held.target, fields(holds, held.target)));
                }
                None => {
                    is_open.remove(owner);
                    done.insert(*owner);
                    open.pop();
                }
            }
        }
    }
    None
}

fn fields(holds: &BTreeMap<usize, Vec<Held>>, owner: usize) -> std::slice::Iter<'_, Held> {
    holds.get(&owner).map_or(&[][..], Vec::as_slice).iter()
}
