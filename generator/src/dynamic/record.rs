//! A value of any object type of the model. Its parts contain each other, so they share a file.

use std::any::Any;
use std::fmt;

use apograph_runtime::{
    self as rt, Date, Decimal, EnumSlot, File, Json, Kind, List, ListSlot, Map, Object, ObjectSlot, Slot, Value, View,
    Wire, grow,
};

use super::shape::{Layout, Type, Types, ValueSet};
use crate::model::Item;

/// An object whose type is known at run time: what a generated struct is in a generated crate.
///
/// `Debug` shows kinds and lengths instead of values, as that of generated types does.
#[derive(Clone)]
pub struct Record {
    layout: &'static Layout,
    fields: Vec<Cell>,
}

impl Record {
    /// Creates an empty request or response.
    pub(super) fn root(types: &'static Types) -> Self {
        Self::empty(types, types.root())
    }

    fn empty(types: &'static Types, layout: &'static Layout) -> Self {
        let fields = layout.fields.iter().map(|of| Cell::empty(types, *of));
        Self { layout, fields: fields.collect() }
    }
}

impl Object for Record {
    fn table(&self) -> &'static str {
        self.layout.table
    }

    fn fields(&self) -> Vec<&dyn Value> {
        self.fields.iter().map(|cell| cell as _).collect()
    }

    fn fields_mut(&mut self) -> Vec<&mut dyn Value> {
        self.fields.iter_mut().map(|cell| cell as _).collect()
    }

    fn boxed_bytes(&self) -> usize {
        size_of::<Self>() + self.fields.len() * size_of::<Cell>()
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rt::debug(self, f)
    }
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        rt::equal(self, other)
    }
}

/// A field, or an item of a list.
#[derive(Clone)]
enum Cell {
    Text(Option<String>),
    Integer(Option<i64>),
    Boolean(Option<bool>),
    Date(Option<Date>),
    Decimal(Option<Decimal>),
    Json(Option<Json>),
    Map(Option<Map>),
    File(Option<File>),
    Enum(Choice),
    Object(Nested),
    List(Items),
}

impl Cell {
    fn empty(types: &'static Types, of: Type) -> Self {
        match of.item {
            item if of.is_list => Self::List(Items { types, item, items: None }),
            Item::Text => Self::Text(None),
            Item::Integer => Self::Integer(None),
            Item::Decimal => Self::Decimal(None),
            Item::Boolean => Self::Boolean(None),
            Item::Date => Self::Date(None),
            Item::Json | Item::Opaque => Self::Json(None),
            Item::Map => Self::Map(None),
            Item::File => Self::File(None),
            Item::Enum(id) => Self::Enum(Choice { set: types.set(id), chosen: None }),
            Item::Object(id) => Self::Object(Nested { types, layout: types.object(id), record: None }),
        }
    }
}

impl Value for Cell {
    fn view(&self) -> View<'_> {
        match self {
            Self::Text(value) => value.view(),
            Self::Integer(value) => value.view(),
            Self::Boolean(value) => value.view(),
            Self::Date(value) => value.view(),
            Self::Decimal(value) => value.view(),
            Self::Json(value) => value.view(),
            Self::Map(value) => value.view(),
            Self::File(value) => value.view(),
            Self::Enum(choice) => choice.view(),
            Self::Object(nested) => nested.record.as_deref().map_or(View::Absent, |record| View::Object(record)),
            Self::List(list) => list.items.as_ref().map_or(View::Absent, |_| View::List(list)),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        match self {
            Self::Text(value) => value.slot(),
            Self::Integer(value) => value.slot(),
            Self::Boolean(value) => value.slot(),
            Self::Date(value) => value.slot(),
            Self::Decimal(value) => value.slot(),
            Self::Json(value) => value.slot(),
            Self::Map(value) => value.slot(),
            Self::File(value) => value.slot(),
            Self::Enum(choice) => Slot::Enum(choice),
            Self::Object(nested) => Slot::Object(nested),
            Self::List(list) => Slot::List(list),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Text(value) => value.clear(),
            Self::Integer(value) => value.clear(),
            Self::Boolean(value) => value.clear(),
            Self::Date(value) => value.clear(),
            Self::Decimal(value) => value.clear(),
            Self::Json(value) => value.clear(),
            Self::Map(value) => value.clear(),
            Self::File(value) => value.clear(),
            Self::Enum(choice) => choice.chosen = None,
            Self::Object(nested) => nested.record = None,
            Self::List(list) => list.items = None,
        }
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

/// A field of a documented value set.
#[derive(Clone)]
struct Choice {
    set: &'static ValueSet,
    chosen: Option<Chosen>,
}

/// A value of a documented value set.
#[derive(Clone)]
enum Chosen {
    /// The index of a listed value.
    Listed(usize),
    /// A value that the page does not list.
    Unlisted(String),
}

impl Choice {
    fn view(&self) -> View<'_> {
        let (value, listed) = match &self.chosen {
            None => return View::Absent,
            Some(Chosen::Listed(index)) => (self.set.values[*index].wire.as_str(), true),
            Some(Chosen::Unlisted(value)) => (value.as_str(), false),
        };
        View::Enum { value, wire: self.set.wire, listed, variant: self }
    }
}

/// Shows the name of a listed value, as a generated enum shows its variant.
impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.chosen {
            None => f.write_str("None"),
            Some(Chosen::Listed(index)) => f.write_str(&self.set.values[*index].name),
            Some(Chosen::Unlisted(_)) => f.write_str("Unknown"),
        }
    }
}

impl EnumSlot for Choice {
    fn wire(&self) -> Wire {
        self.set.wire
    }

    fn set(&mut self, value: &str) -> bool {
        let chosen = match self.set.find(value) {
            Ok(index) => Chosen::Listed(index),
            Err(other) => Chosen::Unlisted(other.unwrap_or_else(|| value.to_owned())),
        };
        matches!(self.chosen.insert(chosen), Chosen::Listed(_))
    }
}

/// A field of an object type.
#[derive(Clone)]
struct Nested {
    types: &'static Types,
    layout: &'static Layout,
    record: Option<Box<Record>>,
}

impl ObjectSlot for Nested {
    fn fresh(&mut self) -> &mut dyn Object {
        &mut **self.record.insert(Box::new(Record::empty(self.types, self.layout)))
    }
}

/// A list field.
#[derive(Clone)]
struct Items {
    types: &'static Types,
    item: Item,
    items: Option<Vec<Cell>>,
}

impl Items {
    fn empty_item(&self) -> Cell {
        Cell::empty(self.types, Type { item: self.item, is_list: false })
    }

    fn kind_of_items(&self) -> Kind {
        match self.item {
            Item::Text => Kind::Text,
            Item::Integer => Kind::Integer,
            Item::Decimal => Kind::Decimal,
            Item::Boolean => Kind::Boolean,
            Item::Date => Kind::Date,
            Item::Json | Item::Opaque => Kind::Json,
            Item::Map => Kind::Map,
            Item::File => Kind::File,
            Item::Enum(_) => Kind::Enum,
            Item::Object(_) => Kind::Object,
        }
    }
}

impl List for Items {
    fn count(&self) -> usize {
        self.items.as_ref().map_or(0, Vec::len)
    }

    fn item(&self, index: usize) -> View<'_> {
        self.items.as_ref().and_then(|items| items.get(index)).map_or(View::Absent, Value::view)
    }

    fn kind(&self) -> Kind {
        self.kind_of_items()
    }
}

impl ListSlot for Items {
    fn start(&mut self) {
        self.items = Some(Vec::new());
    }

    fn push(&mut self, fill: &mut dyn FnMut(&mut dyn Value)) {
        let mut item = self.empty_item();
        fill(&mut item);
        if !matches!(item.view(), View::Absent) {
            grow::push(self.items.get_or_insert_default(), item);
        }
    }

    fn growth(&self) -> usize {
        self.items.as_ref().map_or(size_of::<Cell>(), grow::growth)
    }

    fn probe(&self, look: &mut dyn FnMut(&mut dyn Value)) {
        look(&mut self.empty_item());
    }

    fn kind(&self) -> Kind {
        self.kind_of_items()
    }
}
