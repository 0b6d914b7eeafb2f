//! Generated types as field values.

use super::{Element, Kind, Slot, View};
use crate::object::Object;

/// A place for a generated type.
pub trait ObjectSlot {
    /// Puts a new, empty object in place and lends it for filling.
    fn fresh(&mut self) -> &mut dyn Object;
}

impl<T: Object + Default> ObjectSlot for Option<T> {
    fn fresh(&mut self) -> &mut dyn Object {
        self.insert(T::default())
    }
}

impl<T: Object + Default> Element for T {
    const KIND: Kind = Kind::Object;

    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Object(slot)
    }
}
