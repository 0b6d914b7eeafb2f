//! The best of several values that a page has for one fact.

/// The fact with the best rank, and whether the page has another one with the same rank.
#[derive(Clone, Debug)]
pub(super) struct Best<T> {
    found: Option<(usize, T)>,
    /// Whether another value has the same rank.
    pub(super) is_ambiguous: bool,
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self { found: None, is_ambiguous: false }
    }
}

impl<T: PartialEq> Best<T> {
    /// The value.
    pub(super) fn value(&self) -> Option<&T> {
        self.found.as_ref().map(|(_, value)| value)
    }

    /// Takes a value. A lower rank is better.
    pub(super) fn offer(&mut self, rank: usize, value: T) {
        match &self.found {
            Some((best, known)) if *best == rank => self.is_ambiguous |= *known != value,
            Some((best, _)) if *best < rank => {}
            _ => {
                self.found = Some((rank, value));
                self.is_ambiguous = false;
            }
        }
    }
}
