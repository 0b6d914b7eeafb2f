//! Shapes: what makes an object type what it is. Within a side, objects of equal shape are one type.

use std::collections::BTreeMap;

use crate::model::{Arity, Field, Item, Object, ObjectId};

/// The identity of an object type: its name, and the names and types of its members. Marks and texts do not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    /// The type's name, or the field's where the type has none.
    name: String,
    /// Rust name that a fix asks for.
    rust_type: Option<String>,
    /// Sorted, because the order of members does not count.
    members: Vec<MemberShape>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct MemberShape {
    wire: String,
    item: ItemShape,
    arity: Arity,
    list_key: Option<String>,
    rust_name: Option<String>,
}

/// A member's type, relative to the object that holds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ItemShape {
    /// A type that is the same everywhere in the side.
    Closed(Item),
    /// The object that holds the member.
    Itself,
    /// An object so many levels further out.
    Outer(usize),
    /// An object that mentions objects around it.
    Open(Shape),
}

/// The shapes of one side's objects.
#[derive(Default)]
pub(super) struct Shapes {
    /// Shapes that mention no object around them, each with its type.
    closed: BTreeMap<Shape, ObjectId>,
    /// Shapes that mention objects up to so many levels around them: such a type is the same in its own place only.
    open: BTreeMap<ObjectId, (Shape, usize)>,
}

impl Shapes {
    /// Records the shape of the object `id`. Returns the earlier type of the same shape, if there is one.
    ///
    /// `around` lists the objects around it, the outermost first.
    pub(super) fn record(
        &mut self,
        id: ObjectId,
        name: &str,
        object: &Object,
        fields: &[Field],
        around: &[ObjectId],
    ) -> Option<ObjectId> {
        let mut reach = 0;
        let mut members: Vec<MemberShape> = fields
            .iter()
            .map(|field| {
                let (item, levels) = self.item(id, field.item, around);
                reach = reach.max(levels);
                MemberShape {
                    wire: field.wire.clone(),
                    item,
                    arity: field.arity,
                    list_key: field.list_key.clone(),
                    rust_name: field.rust_name.as_ref().map(|(name, _)| name.clone()),
                }
            })
            .collect();
        members.sort();
        let rust_type = object.rust_type.as_ref().map(|(name, _)| name.clone());
        let shape = Shape { name: name.to_owned(), rust_type, members };
        if reach > 0 {
            self.open.insert(id, (shape, reach));
            return None;
        }
        let first = *self.closed.entry(shape).or_insert(id);
        (first != id).then_some(first)
    }

    /// Forgets the objects from `id` on.
    pub(super) fn truncate(&mut self, id: ObjectId) {
        // A dropped object has no closed types of its own: it would not be equal to the earlier one with them.
        self.open.split_off(&id);
    }

    /// A member's type as seen from the object `id`, and how many levels above that object it mentions.
    fn item(&self, id: ObjectId, item: Item, around: &[ObjectId]) -> (ItemShape, usize) {
        let Item::Object(member) = item else { return (ItemShape::Closed(item), 0) };
        if member == id {
            return (ItemShape::Itself, 0);
        }
        if let Some(index) = around.iter().position(|outer| *outer == member) {
            let levels = around.len() - index;
            return (ItemShape::Outer(levels), levels);
        }
        match self.open.get(&member) {
            Some((shape, reach)) => (ItemShape::Open(shape.clone()), reach - 1),
            None => (ItemShape::Closed(item), 0),
        }
    }
}
