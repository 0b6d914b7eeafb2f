//! Text, integers, booleans, and the value types of this crate as field values.

use super::access::{Element, Kind, Slot, View};
use crate::value::{Date, Decimal, File, Json, Map};

impl Element for String {
    const KIND: Kind = Kind::Text;

    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Text(slot)
    }
}

impl Element for i64 {
    const KIND: Kind = Kind::Integer;

    fn view(&self) -> View<'_> {
        View::Integer(*self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Integer(slot)
    }
}

impl Element for bool {
    const KIND: Kind = Kind::Boolean;

    fn view(&self) -> View<'_> {
        View::Boolean(*self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Boolean(slot)
    }
}

impl Element for Date {
    const KIND: Kind = Kind::Date;

    fn view(&self) -> View<'_> {
        View::Date(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Date(slot)
    }
}

impl Element for Decimal {
    const KIND: Kind = Kind::Decimal;

    fn view(&self) -> View<'_> {
        View::Decimal(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Decimal(slot)
    }
}

impl Element for Json {
    const KIND: Kind = Kind::Json;

    fn view(&self) -> View<'_> {
        View::Json(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Json(slot)
    }
}

impl Element for Map {
    const KIND: Kind = Kind::Map;

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::Map(slot)
    }
}

impl Element for File {
    const KIND: Kind = Kind::File;

    fn view(&self) -> View<'_> {
        View::File(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::File(slot)
    }
}
