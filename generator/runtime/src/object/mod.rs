//! The interface between generated types and the runtime.
//!
//! A generated type is small: a table of wire names, and two `match` expressions from an index to a field. Everything
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
pub use shape::{Content, Field, Mark, Shape};
pub use table::{list_of, list_of_mut, set, set_list};
