//! Finds the object that each row of a table belongs to, with the samples as evidence.
//!
//! There are two searches. `rows` reads tables whose rows are known: its states are the open objects, each with the members that it
//! has, and readings that are nearly as good still cause doubts. `flat` reads tables that are flattened into cells: it must also
//! find where rows begin and end and which text is what, walks over the nodes of one sample in their order, and looks at all
//! cheapest paths. They share the samples as trees.

pub(crate) mod flat;
pub(crate) mod rows;
pub(crate) mod settle;
