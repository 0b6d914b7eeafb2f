//! Tombstones can close a circle of types that the page does not have; somewhere on it a box is needed.

use crate::model::{Arity, Field, Item, Object};

/// The arity of a field whose lock says `before`: callers see whether there is a box, so it stays as it was.
pub(super) fn kept(now: Arity, before: Arity) -> Arity {
    match (now, before) {
        (Arity::One | Arity::Boxed, Arity::One | Arity::Boxed) => before,
        _ => now,
    }
}

/// Boxes fields until no type holds itself: new fields before those that callers know.
pub(super) fn mend(objects: &mut [Object]) {
    let mut holds: Vec<Vec<usize>> = vec![Vec::new(); objects.len()];
    for is_known in [true, false] {
        for owner in 0..objects.len() {
            for field in 0..objects[owner].fields.len() {
                let member = &mut objects[owner].fields[field];
                let Some(target) = held(member).filter(|_| member.locked.is_some() == is_known) else { continue };
                if reaches(&holds, target, owner) {
                    member.arity = Arity::Boxed;
                } else {
                    holds[owner].push(target);
                }
            }
        }
    }
}

/// The type that a field holds in place.
fn held(field: &Field) -> Option<usize> {
    match (field.item, field.arity) {
        (Item::Object(id), Arity::One) => Some(id.0),
        _ => None,
    }
}

/// Whether a value of the type `from` holds one of the type `to`, or is one.
fn reaches(holds: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; holds.len()];
    let mut waiting = vec![from];
    while let Some(next) = waiting.pop() {
        if next == to {
            return true;
        }
        if !std::mem::replace(&mut seen[next], true) {
            waiting.extend(&holds[next]);
        }
    }
    false
}
