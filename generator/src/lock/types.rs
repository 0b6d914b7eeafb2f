//! The content of a lock file, typed. Each name carries its place, so that a diagnostic can point at it.

use std::collections::BTreeSet;

use crate::model::{Arity, Item};
use crate::names::KeptName;
use crate::source::Place;
use crate::terms::{EnumWire, FieldPlace};

/// One API.
#[derive(Clone, Debug)]
pub struct LockedApi {
    /// Name of the family's folder, which its module is called after.
    pub(crate) family: String,
    /// The Cargo features that enable the family.
    pub(crate) features: BTreeSet<String>,
    /// The API's own module.
    pub(crate) module: KeptName,
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
    pub(crate) name: KeptName,
    pub(crate) fields: Vec<LockedField>,
    /// Whether the struct, or its API, was a tombstone when the lock was written.
    pub(crate) removed: bool,
}

/// One field.
#[derive(Clone, Debug)]
pub(crate) struct LockedField {
    pub(crate) wire: String,
    pub(crate) name: KeptName,
    pub(crate) item: LockedItem,
    pub(crate) arity: Arity,
    pub(crate) list_key: Option<String>,
    /// Where the field is sent, if not where the others are.
    pub(crate) place: Option<FieldPlace>,
    /// Whether the field, or what it belongs to, was a tombstone when the lock was written.
    pub(crate) removed: bool,
}

/// The type of one element; structs and enums by their positions in the side.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LockedItem {
    /// A value without a type of the API's own.
    Value(Item),
    /// A nested struct.
    Object(usize),
    /// A value set.
    Enum(usize),
}

/// One value set.
#[derive(Clone, Debug)]
pub(crate) struct LockedEnum {
    pub(crate) name: KeptName,
    pub(crate) wire: EnumWire,
    pub(crate) values: Vec<LockedValue>,
}

/// One value.
#[derive(Clone, Debug)]
pub(crate) struct LockedValue {
    pub(crate) wire: String,
    pub(crate) variant: String,
}

/// The words for values without a type of the API's own.
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
