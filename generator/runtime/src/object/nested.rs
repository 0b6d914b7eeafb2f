//! Generated types as field values.

use super::access::{Element, Kind, Object, ObjectSlot, Slot, Value, View};

impl<T: Object + Default> ObjectSlot for Option<T> {
    fn fresh(&mut self) -> &mut dyn Object {
        self.insert(T::default())
    }
}

impl<T: Object + Clone + Default + 'static> Element for T {
    const KIND: Kind = Kind::Object;

    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Object(slot)
    }
}

/// Recursive types contain themselves in a box, which behaves like the object in it.
impl<T: Object> Object for Box<T> {
    fn table(&self) -> &'static str {
        (**self).table()
    }

    fn fields(&self) -> Vec<&dyn Value> {
        (**self).fields()
    }

    fn fields_mut(&mut self) -> Vec<&mut dyn Value> {
        (**self).fields_mut()
    }

    fn boxed_bytes(&self) -> usize {
        size_of::<T>() + (**self).boxed_bytes()
    }
}
