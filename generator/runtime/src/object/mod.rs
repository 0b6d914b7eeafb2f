//! The interface between generated types and the runtime.
//!
//! A generated type is small: a table of wire names, and the list of its fields in the order of that table. Everything
//! else (encoding, decoding, `Debug`, comparison) is implemented once in this crate, through trait objects.

mod access;
mod list;
mod nested;
mod open_enum;
mod scalar;
mod shape;
mod table;

pub use access::{Element, EnumSlot, Kind, List, ListSlot, Object, ObjectSlot, Slot, Value, View};
pub use open_enum::{enum_slot, enum_view};
pub use shape::{Field, Fields, Mark, Shape, table};
pub use table::{list_of, list_of_mut, set, set_list};
