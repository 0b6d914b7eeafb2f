//! How much there is: of the pages, and of the crate that is made of them.

use std::iter::Sum;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::{Endpoint, Side};

/// What the pages have, and what of the crate is made of it. Tombstones are not counted.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// APIs.
    pub apis: usize,
    /// Rows of the pages' tables, on all levels.
    pub rows: usize,
    /// Rust types: requests, answers, nested objects and value sets.
    pub types: usize,
    /// Fields of those types. Rows of one type's several uses have the same fields, rows of the envelope have none.
    pub fields: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.apis += other.apis;
        self.rows += other.rows;
        self.types += other.types;
        self.fields += other.fields;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, counts| {
            sum += counts;
            sum
        })
    }
}

/// The types of a file of the crate, and their fields, tombstones included.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Emitted {
    /// Structs and enums.
    pub types: usize,
    /// Fields of structs.
    pub fields: usize,
}

impl Endpoint {
    /// What the file of this API must contain.
    #[must_use]
    pub fn emitted(&self) -> Emitted {
        let of = |side: &Side| Emitted {
            types: 1 + side.objects.len() + side.enums.len(),
            fields: side.root.len() + side.objects.iter().map(|object| object.fields.len()).sum::<usize>(),
        };
        let (request, response) = (of(&self.request), of(&self.response));
        Emitted { types: request.types + response.types, fields: request.fields + response.fields }
    }
}
