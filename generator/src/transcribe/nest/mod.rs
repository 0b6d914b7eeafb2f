//! Finds the object that each row of a table belongs to, with the samples as evidence.
//!
//! `rows` reads tables whose rows are known. A site whose tables are flattened into cells must also find where rows begin and end and
//! which text is what. Both find the cheapest reading with `search`, each with a model of its own: see there why.

pub(crate) mod rows;
pub(crate) mod search;
pub(crate) mod settle;
