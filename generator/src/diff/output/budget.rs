//! How much of a report is written.

/// How much of a report is written, for formats that people read.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Amount {
    /// The first events of each section, worst first, and the number of the others. Changes of order that do not affect
    /// callers are counted: pages that are edited by hand are full of them.
    Worst,
    /// Everything.
    All,
}

impl Amount {
    /// Splits a list into the part that is written and the number of the rest.
    pub(super) fn split<T>(self, list: &[T], budget: usize) -> (&[T], usize) {
        let most = match self {
            Self::Worst => budget,
            Self::All => list.len(),
        };
        list.split_at_checked(most).map_or((list, 0), |(shown, rest)| (shown, rest.len()))
    }
}

/// `… and 12 more (`--all`)`; `None` if nothing is left out.
pub(super) fn more(left: usize) -> Option<String> {
    (left > 0).then(|| format!("… and {left} more (`--all`)"))
}
