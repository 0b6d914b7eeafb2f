//! Lists as field values.

use crate::grow;

use super::access::{Element, Kind, List, ListSlot, Slot, Value, View};

impl<T: Element> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Absent, Element::view)
    }

    fn kind(&self) -> Kind {
        T::KIND
    }
}

impl<T: Element> ListSlot for Option<Vec<T>> {
    fn start(&mut self) {
        *self = Some(Vec::new());
    }

    fn push(&mut self, fill: &mut dyn FnMut(&mut dyn Value)) {
        let mut item: Option<T> = None;
        fill(&mut item);
        if let Some(item) = item {
            grow::push(self.get_or_insert_default(), item);
        }
    }

    fn growth(&self) -> usize {
        self.as_ref().map_or(size_of::<T>(), grow::growth)
    }

    fn probe(&self, look: &mut dyn FnMut(&mut dyn Value)) {
        let mut item: Option<T> = None;
        look(&mut item);
    }

    fn kind(&self) -> Kind {
        T::KIND
    }
}

impl<T: Element> Element for Vec<T> {
    const KIND: Kind = Kind::List;

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn slot(slot: &mut Option<Self>) -> Slot<'_> {
        Slot::List(slot)
    }
}
