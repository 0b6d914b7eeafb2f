//! Finds the object that each row of a table belongs to, with the samples as evidence.
//!
//! `rows` reads tables whose rows are known: the states of its search are the open objects, each with the members that it has, and
//! readings that are nearly as good still cause doubts. A site whose tables are flattened into cells has a search of its own: it must
//! also find where rows begin and end and which text is what, walks over the nodes of one sample in their order, and looks at all
//! cheapest paths. Both share the samples as trees.

pub(crate) mod rows;
pub(crate) mod settle;
