//! Finds the object that each row of a table belongs to, with the samples as evidence.

pub(crate) mod flat;
pub(crate) mod rows;
pub(crate) mod settle;
