//! Bounds the memory that decoding takes.
//!
//! A short text can describe a large value: `{}` in a list of objects becomes a struct of several hundred bytes. So
//! decoding counts what it allocates, before it does, and stops at a limit: a small multiple of the body's size, plus
//! a constant that is large enough for any page of sparse objects. Counted are the items of lists and maps (as they
//! grow), boxed objects, texts, and the copies of text that are made on the way. An answer beyond the limit is an
//! error: a list that silently lacks items would look complete.

use std::borrow::Cow;

use crate::error::DecodeProblem;
use crate::grow;

/// Bytes of memory that any answer may take: a list of 20,000 sparse items, with one to three of 16 fields set, takes
/// 11 MB.
const BASE: usize = 16 << 20;

/// Bytes of memory that an answer may take in addition for each byte of its body. Objects with all fields set take about
/// as much as their JSON, and those with a third of them set three times as much. With the body itself, an answer of
/// 64 MiB takes at most 5.25 times its size.
const PER_BYTE: usize = 4;

/// Allocators hand out multiples of this number of bytes, and need up to as many for each allocation.
const UNIT: usize = 16;

/// Memory in bytes that may be allocated, and that was.
pub(super) struct Budget {
    limit: usize,
    spent: usize,
    is_exhausted: bool,
}

impl Budget {
    /// Returns the budget for decoding a body of this length.
    pub(super) fn of(body: usize) -> Self {
        Self::new(BASE.saturating_add(body.saturating_mul(PER_BYTE)))
    }

    pub(super) fn new(limit: usize) -> Self {
        Self { limit, spent: 0, is_exhausted: false }
    }

    /// Counts `bytes` that are about to be allocated. Returns false if they exceed the limit, and from then on.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        let spent = self.spent.saturating_add(bytes);
        self.is_exhausted |= spent > self.limit;
        if !self.is_exhausted {
            self.spent = spent;
        }
        !self.is_exhausted
    }

    /// Counts a text or a box of `bytes`.
    pub(super) fn allocate(&mut self, bytes: usize) -> bool {
        self.spend(bytes.checked_next_multiple_of(UNIT).unwrap_or(bytes).saturating_add(UNIT))
    }

    /// Gives back what was spent on a value that no longer exists.
    pub(super) fn release(&mut self, bytes: usize) {
        self.spent = self.spent.saturating_sub(bytes);
    }

    /// Counts a copy of the whole text; an error if there is no room for more.
    pub(super) fn hold(&mut self, bytes: usize) -> Result<(), DecodeProblem> {
        self.spend(bytes);
        self.check()
    }

    /// Whether the positions in a text of `length` bytes fit into 32 bits, as in the index of its ends. A longer text
    /// exceeds the limit, whatever the limit is.
    pub(super) fn indexes(&mut self, length: usize) -> bool {
        self.is_exhausted |= u32::try_from(length).is_err();
        !self.is_exhausted
    }

    /// Appends `item` to `list` if its growth fits.
    pub(super) fn push<T>(&mut self, list: &mut Vec<T>, item: T) -> bool {
        let fits = self.spend(grow::growth(list));
        if fits {
            grow::push(list, item);
        }
        fits
    }

    /// Makes room for `more` bytes of `text` if its growth fits.
    pub(super) fn reserve(&mut self, text: &mut String, more: usize) -> bool {
        let (capacity, needed) = (text.capacity(), text.len().saturating_add(more));
        if needed <= capacity {
            return true;
        }
        let grown = needed.max(capacity + capacity / 2);
        let fits = self.spend(grown - capacity);
        if fits {
            text.reserve_exact(grown - text.len());
        }
        fits
    }

    /// Gives back what [`Budget::push`] spent on `list`.
    pub(super) fn release_list<T>(&mut self, list: Vec<T>) {
        self.release(list.capacity() * size_of::<T>());
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }

    /// Returns an error if the limit was exceeded.
    pub(super) fn check(&self) -> Result<(), DecodeProblem> {
        if self.is_exhausted { Err(DecodeProblem::TooLarge { limit: self.limit }) } else { Ok(()) }
    }

    #[cfg(test)]
    pub(super) fn spent(&self) -> usize {
        self.spent
    }
}

/// Returns how many bytes a text allocates: none, unless it is a copy.
#[expect(clippy::ptr_arg, reason = "only a `Cow` shows whether the text is a copy")]
pub(super) fn copied(text: &Cow<'_, str>) -> usize {
    match text {
        Cow::Borrowed(_) => 0,
        Cow::Owned(text) => text.capacity(),
    }
}
