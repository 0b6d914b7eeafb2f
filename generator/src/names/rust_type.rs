//! The type of a field in the generated crate.

use std::fmt;

use super::{Identifier, SideNames};
use crate::model::{Arity, EnumId, Field, Item, ObjectId};
use crate::terms::RuntimeName;

/// The type of a field: an `Option`, because every field may be absent. Types of the API's own have names of type `N`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct RustType<N> {
    /// One, boxed or many.
    pub arity: Arity,
    /// The type of one element.
    pub item: RustItem<N>,
}

/// The type of one element.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum RustItem<N> {
    /// `String`
    Text,
    /// `i64`
    Integer,
    /// `bool`
    Boolean,
    /// A type of the runtime, such as `Decimal`.
    Runtime(RuntimeName),
    /// A struct or an enum of the API.
    Named(N),
}

impl<N> RustItem<N> {
    /// Returns the type of an item. The functions name the API's own types.
    pub(crate) fn of(item: Item, enumeration: impl FnOnce(EnumId) -> N, object: impl FnOnce(ObjectId) -> N) -> Self {
        match item {
            Item::Text => Self::Text,
            Item::Integer => Self::Integer,
            Item::Boolean => Self::Boolean,
            Item::Decimal => Self::Runtime(RuntimeName::Decimal),
            Item::Date => Self::Runtime(RuntimeName::Date),
            Item::Json | Item::Opaque => Self::Runtime(RuntimeName::Json),
            Item::Map => Self::Runtime(RuntimeName::Map),
            Item::File => Self::Runtime(RuntimeName::File),
            Item::Enum(id) => Self::Named(enumeration(id)),
            Item::Object(id) => Self::Named(object(id)),
        }
    }
}

impl SideNames {
    /// Returns the type of a field of the side.
    #[must_use]
    pub fn rust_type(&self, field: &Field) -> RustType<&Identifier> {
        let item = RustItem::of(field.item, |id| self.enumeration(id), |id| self.object(id));
        RustType { arity: field.arity, item }
    }
}

impl RustType<&Identifier> {
    /// Returns the type with names of its own.
    #[must_use]
    pub fn cloned(self) -> RustType<Identifier> {
        let item = match self.item {
            RustItem::Text => RustItem::Text,
            RustItem::Integer => RustItem::Integer,
            RustItem::Boolean => RustItem::Boolean,
            RustItem::Runtime(name) => RustItem::Runtime(name),
            RustItem::Named(name) => RustItem::Named(name.clone()),
        };
        RustType { arity: self.arity, item }
    }
}

impl<N: fmt::Display> RustType<N> {
    /// Returns the type of a value of the field, such as `Vec<String>`.
    #[must_use]
    pub fn value(&self) -> String {
        let item = &self.item;
        match self.arity {
            Arity::One => item.to_string(),
            Arity::Boxed => format!("Box<{item}>"),
            Arity::Many => format!("Vec<{item}>"),
        }
    }
}

impl<N: fmt::Display> fmt::Display for RustType<N> {
    /// Writes the type as the struct has it, such as `Option<Vec<String>>`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Option<{}>", self.value())
    }
}

impl<N: fmt::Display> fmt::Display for RustItem<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("String"),
            Self::Integer => f.write_str("i64"),
            Self::Boolean => f.write_str("bool"),
            Self::Runtime(name) => f.write_str(name.word()),
            Self::Named(name) => name.fmt(f),
        }
    }
}
