//! How the runtime reads and fills a field without knowing its type.
//!
//! A field is an `Option` of an [`Element`]. Reading returns a [`View`], filling goes through a [`Slot`]; both are plain
//! enums, so that all encoding and decoding is one `match`, compiled once in this crate. These traits and enums refer to
//! each other, which is why they share a file.

use super::shape::Shape;
use crate::value::{Date, Decimal, File, Json, Map, Wire};

/// A generated type: a named list of optional fields.
///
/// Field `i` of [`Object::shape`] is what [`Object::field`] and [`Object::field_mut`] give for `i`.
pub trait Object {
    /// The type's name and its fields, in the spec's order.
    fn shape(&self) -> &'static Shape;

    /// The field at `index`, or nothing beyond the last.
    fn field(&self, index: usize) -> Option<&dyn Value>;

    /// The field at `index` for filling, or nothing beyond the last.
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Value>;
}

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
/// Every [`Object`] with a `Default` is one. A generated open enum implements it with `enum_view` and `enum_slot`.
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
#[derive(Copy, Clone)]
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

/// A list for reading.
pub trait List {
    /// The number of items.
    fn count(&self) -> usize;

    /// The item at `index`; [`View::Absent`] beyond the last.
    fn item(&self, index: usize) -> View<'_>;

    /// The kind of every item.
    fn kind(&self) -> Kind;
}

/// A place for a list.
pub trait ListSlot {
    /// Puts an empty list in place.
    fn start(&mut self);

    /// Lends an empty item to `fill`, and adds it to the list if it is set afterwards.
    fn push(&mut self, fill: &mut dyn FnMut(&mut dyn Value));

    /// Lends an empty item to `look` and forgets it.
    fn probe(&self, look: &mut dyn FnMut(&mut dyn Value));

    /// The kind of every item.
    fn kind(&self) -> Kind;
}

/// A place for a generated type.
pub trait ObjectSlot {
    /// Puts a new, empty object in place and lends it for filling.
    fn fresh(&mut self) -> &mut dyn Object;
}

/// A place for an open enum.
pub trait EnumSlot {
    /// How the enum's values travel.
    fn wire(&self) -> Wire;

    /// Puts the variant for `value` in place; false if the spec does not list it.
    fn set(&mut self, value: &str) -> bool;
}
