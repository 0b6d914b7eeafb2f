//! What a field can hold, and how the runtime reads and fills it without knowing the type.
//!
//! A field is an `Option` of an [`Element`]. Reading gives a [`View`], filling goes through a [`Slot`]; both are plain
//! enums, so that all encoding and decoding is one `match`, compiled once in this crate.

mod date;
mod decimal;
mod file;
mod json;
mod list;
mod map;
mod object;
mod open_enum;
mod scalar;

pub use date::Date;
pub use decimal::Decimal;
pub(crate) use decimal::{integer, is_number};
pub use file::File;
pub use json::{Json, JsonError, JsonKind};
pub use list::{List, ListSlot};
pub use map::{Map, MapValue};
pub use object::ObjectSlot;
pub use open_enum::{EnumSlot, OpenEnum, UnknownValue, Wire, enum_slot, enum_view, open_enum, wire_value};

use crate::object::Object;

/// A field of a generated type: always an `Option` of an [`Element`].
pub trait Value {
    /// What the field holds now.
    fn view(&self) -> View<'_>;

    /// The field for filling.
    fn slot(&mut self) -> Slot<'_>;

    /// Empties the field.
    fn clear(&mut self);
}

impl<T: Element> Value for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, Element::view)
    }

    fn slot(&mut self) -> Slot<'_> {
        T::slot(self)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// A type that a field or a list can hold.
///
/// Every [`Object`] with a `Default` is one. A generated open enum implements it by [`enum_view`] and [`enum_slot`].
pub trait Element: Sized {
    /// What kind of thing the type is.
    const KIND: Kind;

    /// The value for reading.
    fn view(&self) -> View<'_>;

    /// An empty place of this type for filling.
    fn slot(slot: &mut Option<Self>) -> Slot<'_>;
}

/// The kinds of values, without their data.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A 64-bit integer.
    Integer,
    /// True or false.
    Boolean,
    /// A [`Date`].
    Date,
    /// A [`Decimal`].
    Decimal,
    /// A [`Json`] value.
    Json,
    /// A [`Map`].
    Map,
    /// A [`File`].
    File,
    /// An open enum.
    Enum,
    /// A generated type.
    Object,
    /// A list.
    List,
}

impl Kind {
    /// Whether a value of this kind is one plain text, number or truth value.
    pub(crate) fn is_scalar(self) -> bool {
        matches!(self, Self::Text | Self::Integer | Self::Boolean | Self::Date | Self::Decimal | Self::Enum)
    }
}

/// A value for reading.
pub enum View<'a> {
    /// Nothing is set.
    Absent,
    /// Text.
    Text(&'a str),
    /// A 64-bit integer.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// A date.
    Date(&'a Date),
    /// A decimal number.
    Decimal(&'a Decimal),
    /// JSON text.
    Json(&'a Json),
    /// A map from text to scalars.
    Map(&'a Map),
    /// A file.
    File(&'a File),
    /// A value of an open enum.
    Enum {
        /// The value on the wire.
        value: &'a str,
        /// How it travels in JSON.
        wire: Wire,
        /// Whether the spec lists it.
        listed: bool,
    },
    /// A generated type.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn List),
}

/// A place for filling.
pub enum Slot<'a> {
    /// Text.
    Text(&'a mut Option<String>),
    /// A 64-bit integer.
    Integer(&'a mut Option<i64>),
    /// True or false.
    Boolean(&'a mut Option<bool>),
    /// A date.
    Date(&'a mut Option<Date>),
    /// A decimal number.
    Decimal(&'a mut Option<Decimal>),
    /// JSON text.
    Json(&'a mut Option<Json>),
    /// A map from text to scalars.
    Map(&'a mut Option<Map>),
    /// A file.
    File(&'a mut Option<File>),
    /// An open enum.
    Enum(&'a mut dyn EnumSlot),
    /// A generated type.
    Object(&'a mut dyn ObjectSlot),
    /// A list.
    List(&'a mut dyn ListSlot),
}
