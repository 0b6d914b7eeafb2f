//! Compares the order of names that both revisions have.

/// Returns whether the names that both have are in another order.
pub(super) fn differs<'a>(old: impl Iterator<Item = &'a str>, new: impl Iterator<Item = &'a str>) -> bool {
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
    let before = old.iter().filter(|name| new.contains(name));
    let after = new.iter().filter(|name| old.contains(name));
    before.ne(after)
}
