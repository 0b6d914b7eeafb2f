//! What a lock file says, typed. Names stand with their places, so that what is wrong with one can be shown.

use crate::model::{Arity, Item};
use crate::source::Place;
use crate::terms::EnumWire;

/// A Rust name and its place in the lock.
pub(crate) type Name = (String, Place);

/// One API.
#[derive(Clone, Debug)]
pub struct LockedApi {
    /// Name of the family's folder, which its Cargo feature is called after.
    pub(crate) family: String,
    /// The API's own module.
    pub(crate) module: Name,
    /// What is sent.
    pub(crate) request: LockedSide,
    /// What comes back.
    pub(crate) response: LockedSide,
    /// The API's line.
    pub(crate) origin: Place,
}

/// The types of one half of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct LockedSide {
    /// The request or response itself, then the nested structs.
    pub(crate) objects: Vec<LockedObject>,
    /// The value sets.
    pub(crate) enums: Vec<LockedEnum>,
}

/// One struct.
#[derive(Clone, Debug)]
pub(crate) struct LockedObject {
    pub(crate) name: Name,
    pub(crate) fields: Vec<LockedField>,
}

/// One field.
#[derive(Clone, Debug)]
pub(crate) struct LockedField {
    pub(crate) wire: String,
    pub(crate) name: Name,
    pub(crate) item: LockedItem,
    pub(crate) arity: Arity,
    pub(crate) list_key: Option<String>,
}

/// The type of one element; structs and enums by their positions in the side.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum LockedItem {
    /// A value that needs no type of the API's own.
    Value(Item),
    /// A nested struct.
    Object(usize),
    /// A value set.
    Enum(usize),
}

/// One value set.
#[derive(Clone, Debug)]
pub(crate) struct LockedEnum {
    pub(crate) name: Name,
    pub(crate) wire: EnumWire,
    pub(crate) values: Vec<LockedValue>,
}

/// One value.
#[derive(Clone, Debug)]
pub(crate) struct LockedValue {
    pub(crate) wire: String,
    pub(crate) variant: String,
}

/// The words for values that need no type of the API's own.
pub(crate) const VALUES: [(&str, Item); 9] = [
    ("text", Item::Text),
    ("integer", Item::Integer),
    ("decimal", Item::Decimal),
    ("boolean", Item::Boolean),
    ("date", Item::Date),
    ("json", Item::Json),
    ("object", Item::Opaque),
    ("map", Item::Map),
    ("file", Item::File),
];

/// The words for how the values of a set travel.
pub(crate) const WIRES: [(&str, EnumWire); 2] = [("text", EnumWire::Text), ("number", EnumWire::Number)];
