//! The types of one endpoint, each side on its own.

use std::collections::BTreeMap;

use crate::source::{Place, SpecPath};
use crate::terms::{EnumWire, FieldPlace};

/// Where a node of the model comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The specs: the place is in a spec or a fix.
    Spec(Place),
    /// The lock alone: callers use the node, and no page has it any longer. The place is in the lock.
    Lock(Place),
}

impl Origin {
    /// The place that a diagnostic about the node points at.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::Spec(place) | Self::Lock(place) => place,
        }
    }

    /// Whether only the lock has the node.
    #[must_use]
    pub fn is_lock(&self) -> bool {
        matches!(self, Self::Lock(_))
    }

    /// Whether the node is a tombstone: only the lock has it, but its owner is in the specs. A node whose owner is a tombstone
    /// is part of that one.
    #[must_use]
    pub fn is_tombstone_in(&self, owner: &Self) -> bool {
        self.is_lock() && !owner.is_lock()
    }
}

/// Index of an object within its side.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectId(pub usize);

/// Index of an enum within its side.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnumId(pub usize);

/// Which half of a call a type belongs to.
///
/// Types are never shared between the two sides: pages reuse a name for shapes that drift apart.
// specs/top/PROTOCOL.md#type-identity
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SideName {
    /// What is sent.
    Request,
    /// What comes back.
    Response,
}

/// All types of one half of a call.
#[derive(Debug)]
pub struct Side {
    /// Which half.
    pub name: SideName,
    /// The fields of the request or response itself.
    pub root: Vec<Field>,
    /// The nested objects, depth first in order of first use.
    pub objects: Vec<Object>,
    /// The value sets, in order of first use.
    pub enums: Vec<Enum>,
    /// Rows of the page that no type above has, by the path of the mapping that contains them: those of the envelope, and
    /// members of a value that has none in Rust. The root of each side has the rows.
    pub outside: BTreeMap<SpecPath, Side>,
}

impl Side {
    /// Returns a side without types.
    #[must_use]
    pub fn empty(name: SideName) -> Self {
        Self { name, root: Vec::new(), objects: Vec::new(), enums: Vec::new(), outside: BTreeMap::new() }
    }

    /// The object of that id.
    #[must_use]
    pub fn object(&self, id: ObjectId) -> &Object {
        &self.objects[id.0]
    }
}

/// A nested object type.
#[derive(Debug)]
pub struct Object {
    /// The vendor's name of the type; empty if the page does not name it.
    pub vendor_name: String,
    /// Wire names from the root to the field where the type is first used.
    pub path: Vec<String>,
    /// Its members, in the page's order.
    pub fields: Vec<Field>,
    /// Rust name that a fix asks for.
    pub rust_type: Option<(String, Place)>,
    /// The field where the type is first used.
    pub origin: Origin,
}

/// A documented value set.
#[derive(Debug)]
pub struct Enum {
    /// Wire names from the root to the field where it is first used.
    pub path: Vec<String>,
    /// How a value travels inside JSON.
    pub wire: EnumWire,
    /// The documented values.
    pub values: Vec<EnumValue>,
    /// The field's description.
    pub description: String,
    /// Rust name that a fix asks for.
    pub rust_type: Option<(String, Place)>,
    /// Where the values are declared.
    pub origin: Origin,
}

/// One documented value.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// What travels.
    pub wire: String,
    /// The name that people gave it; the variant itself where only the lock has the value.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// Where the value is declared.
    pub origin: Origin,
}

/// A member of an object, or a top-level parameter.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name that travels.
    pub wire: String,
    /// Its type; of a list, the type of one element.
    pub item: Item,
    /// One, boxed or many.
    pub arity: Arity,
    /// How its values are sent.
    pub form: ValueForm,
    /// Key of the list wrapper's only member; absent where lists travel bare.
    pub list_key: Option<String>,
    /// Where a field of the request travels, if that is not where fields of such a request usually do.
    pub place: Option<FieldPlace>,
    /// Whether the page marks it as required.
    pub required: bool,
    /// Limits of its size, from the page.
    pub limits: Limits,
    /// Whether `Debug` shows its value.
    pub log_shown: bool,
    /// The value that the server assumes if it is absent.
    pub default: Option<String>,
    /// A value from the page.
    pub example: Option<String>,
    /// The page's text.
    pub description: String,
    /// Reason for deprecating it, if a fix gives one.
    pub deprecated: Option<String>,
    /// Its former wire name, if a fix gives one.
    pub renamed_from: Option<String>,
    /// Rust name that a fix asks for.
    pub rust_name: Option<(String, Place)>,
    /// The field in its transcript.
    pub origin: Origin,
}

/// The type of one element.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Text.
    Text,
    /// 64-bit integer.
    Integer,
    /// Decimal number, kept as text.
    Decimal,
    /// True or false.
    Boolean,
    /// Point in time, kept as text.
    Date,
    /// JSON text.
    Json,
    /// A named object without members: a JSON value.
    Opaque,
    /// Text → JSON scalar.
    Map,
    /// A file to upload.
    File,
    /// One of a documented value set.
    Enum(EnumId),
    /// A nested object.
    Object(ObjectId),
}

/// How the values of a field are sent.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueForm {
    /// As the platform sends values of the field's type.
    #[default]
    Own,
    /// As text, whatever the type: the page calls the field a text, and the lock keeps the type that callers use.
    Text,
    /// As the platform encodes bytes, which no page documents: the field is a JSON value.
    Bytes,
}

/// How many elements a field holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arity {
    /// One.
    One,
    /// One, on the heap, because the type holds itself.
    Boxed,
    /// Any number.
    Many,
}

/// Limits of a field, as the page gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Longest text, in characters.
    pub max_length: Option<u64>,
    /// Longest list.
    pub max_items: Option<u64>,
    /// Smallest number, decimal text.
    pub min: Option<String>,
    /// Largest number, decimal text.
    pub max: Option<String>,
}
