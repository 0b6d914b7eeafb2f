//! Compares the order of names that both revisions have.

use std::collections::BTreeSet;

/// Returns whether the names that both have are in another order.
pub(super) fn differs<'a>(old: impl Iterator<Item = &'a str>, new: impl Iterator<Item = &'a str>) -> bool {
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
    let (in_old, in_new): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
    let before = old.iter().filter(|name| in_new.contains(name));
    let after = new.iter().filter(|name| in_old.contains(name));
    before.ne(after)
}
