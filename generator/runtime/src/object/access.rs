//! How the runtime reads and fills a field without knowing its type.
//!
//! A field is an `Option` of an [`Element`]. Reading returns a [`View`], filling uses a [`Slot`]. Both are plain enums,
//! so encoding and decoding are one `match` each, compiled once in this crate. These traits and enums refer to each
//! other, so they share a file.

use core::any::Any;
use core::fmt;

use super::shape::Shape;
use crate::value::{Date, Decimal, File, Json, Map, Wire};

/// A generated type: a named list of optional fields.
///
/// Objects can be sent and shared between threads, so that a runtime can move the future of a call between its threads.
pub trait Object: Send + Sync {
    /// Returns the text of the type's name and fields, for [`Object::shape`].
    fn table(&self) -> &'static str;

    /// Returns the type's name and its fields, in the order of the spec.
    fn shape(&self) -> Shape {
        Shape::of(self.table())
    }

    /// Returns the fields for reading, in the order of [`Object::shape`].
    fn fields(&self) -> Vec<&dyn Value>;

    /// Returns the fields for filling, in the order of [`Object::shape`].
    fn fields_mut(&mut self) -> Vec<&mut dyn Value>;

    /// Returns how many bytes the object takes outside of the value that contains it: none, unless it is in a box.
    fn boxed_bytes(&self) -> usize {
        0
    }
}

/// A field of a generated type: always an `Option` of an [`Element`].
pub trait Value {
    /// Returns what the field contains.
    fn view(&self) -> View<'_>;

    /// Returns the field's slot.
    fn slot(&mut self) -> Slot<'_>;

    /// Empties the field.
    fn clear(&mut self);

    /// Sets a copy of `from`, a field of the same type.
    fn copy(&mut self, from: &dyn Value);

    /// Returns the field with its type, for [`Value::copy`].
    fn as_any(&self) -> &dyn Any;
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

    fn copy(&mut self, from: &dyn Value) {
        if let Some(from) = from.as_any().downcast_ref::<Self>() {
            self.clone_from(from);
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A type that a field or a list can contain.
///
/// Every [`Object`] with `Clone` and `Default` is one. A generated open enum implements it with `enum_view` and `enum_slot`.
pub trait Element: Clone + Sized + 'static {
    /// Kind of the type.
    const KIND: Kind;

    /// Returns the value for reading.
    fn view(&self) -> View<'_>;

    /// Returns an empty slot of this type.
    fn slot(slot: &mut Option<Self>) -> Slot<'_>;
}

/// The kinds of values, without their data.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A 64-bit integer.
    Integer,
    /// A boolean.
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
    /// Whether a value of this kind is a single text, number or boolean.
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
    /// A boolean.
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
        /// Value on the wire.
        value: &'a str,
        /// How it is sent in JSON.
        wire: Wire,
        /// Whether the spec lists the value.
        listed: bool,
        /// The variant, whose `Debug` is its name.
        variant: &'a dyn fmt::Debug,
    },
    /// A generated type.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn List),
}

/// A place to fill with a value.
pub enum Slot<'a> {
    /// Text.
    Text(&'a mut Option<String>),
    /// A 64-bit integer.
    Integer(&'a mut Option<i64>),
    /// A boolean.
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
    /// Returns the number of items.
    fn count(&self) -> usize;

    /// Returns the item at `index`; [`View::Absent`] beyond the last.
    fn item(&self, index: usize) -> View<'_>;

    /// Returns the kind of the items.
    fn kind(&self) -> Kind;
}

/// A slot for a list.
pub trait ListSlot {
    /// Sets an empty list.
    fn start(&mut self);

    /// Passes an empty item to `fill`, and appends it to the list if it was set.
    fn push(&mut self, fill: &mut dyn FnMut(&mut dyn Value));

    /// Returns how many bytes the list will allocate for the next item.
    fn growth(&self) -> usize;

    /// Passes an empty item to `look` and drops it.
    fn probe(&self, look: &mut dyn FnMut(&mut dyn Value));

    /// Returns the kind of the items.
    fn kind(&self) -> Kind;
}

/// A slot for a generated type.
pub trait ObjectSlot {
    /// Sets a new, empty object and returns it for filling.
    fn fresh(&mut self) -> &mut dyn Object;
}

/// A slot for an open enum.
pub trait EnumSlot {
    /// Returns how the enum's values are sent.
    fn wire(&self) -> Wire;

    /// Sets the variant for `value`. Returns false if the spec does not list the value.
    fn set(&mut self, value: &str) -> bool;
}
