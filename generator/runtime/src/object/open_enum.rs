//! Open enums as field values.

use super::access::{EnumSlot, Slot, View};
use crate::value::{OpenEnum, Wire, open_enum, wire_value};

/// Implements `Element::view` of an open enum.
pub fn enum_view<E: OpenEnum>(variant: &E) -> View<'_> {
    View::Enum { value: wire_value(variant), wire: E::WIRE, listed: variant.as_unknown().is_none(), variant }
}

/// Implements `Element::slot` of an open enum.
pub fn enum_slot<E: OpenEnum>(slot: &mut Option<E>) -> Slot<'_> {
    Slot::Enum(slot)
}

impl<E: OpenEnum> EnumSlot for Option<E> {
    fn wire(&self) -> Wire {
        E::WIRE
    }

    fn set(&mut self, value: &str) -> bool {
        self.insert(open_enum::<E>(value)).as_unknown().is_none()
    }
}
