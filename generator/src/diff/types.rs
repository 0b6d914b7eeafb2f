//! The resolved type of a field in each revision, and how the two differ.

use crate::model::{Arity, Field, Item, Side, ValueForm};
use crate::terms::EnumWire;

use super::verdict::{Content, Form};

/// The type of a field, with the side that its ids belong to.
#[derive(Copy, Clone, Debug)]
pub(super) struct Type<'a> {
    pub(super) field: &'a Field,
    pub(super) side: &'a Side,
    /// Whether it is an object that encloses the field.
    pub(super) is_recursive: bool,
}

impl<'a> Type<'a> {
    /// What the field is on the wire.
    pub(super) fn form(self) -> Form {
        let content = match self.field.item {
            Item::Text => Content::Text,
            Item::Integer => Content::Integer,
            Item::Decimal => Content::Decimal,
            Item::Boolean => Content::Boolean,
            Item::Date => Content::Date,
            Item::Json => Content::Json,
            Item::Opaque if self.field.form == ValueForm::Bytes => Content::Bytes,
            Item::Opaque => Content::Opaque,
            Item::Map => Content::Map,
            Item::File => Content::File,
            Item::Enum(id) => match self.side.enums.get(id.0).map(|set| set.wire) {
                Some(EnumWire::Number) => Content::NumberSet,
                Some(EnumWire::Text) | None => Content::TextSet,
            },
            Item::Object(_) => Content::Object,
        };
        Form { content, is_list: self.field.arity == Arity::Many }
    }

    /// Returns whether the field has members of its own.
    pub(super) fn is_object(self) -> bool {
        matches!(self.field.item, Item::Object(_)) && !self.is_recursive
    }

    /// The vendor's name of the object, if the page names it.
    pub(super) fn object_name(self) -> Option<&'a str> {
        let Item::Object(id) = self.field.item else { return None };
        let name = self.side.objects.get(id.0)?.vendor_name.as_str();
        (!name.is_empty() && !self.is_recursive).then_some(name)
    }

    /// Returns whether a page could mean the same field, whatever its name and its place: an object that is named without
    /// members is the object around it in some places only, and bytes are a file where files can be sent.
    pub(super) fn is_like(self, other: Self) -> bool {
        let of = |ty: Self| {
            let form = ty.form().base();
            let content = match form.content {
                Content::Bytes => Content::File,
                Content::Object if ty.is_recursive => Content::Opaque,
                content => content,
            };
            Form { content, ..form }
        };
        of(self) == of(other)
    }
}

impl Form {
    /// Returns the form of the values of a set.
    fn base(self) -> Self {
        let content = match self.content {
            Content::TextSet => Content::Text,
            Content::NumberSet => Content::Integer,
            content => content,
        };
        Self { content, ..self }
    }
}

/// How two types differ.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// The new type takes every value of the old one.
    Widened,
    /// The old type takes every value of the new one.
    Narrowed,
    /// Neither.
    Replaced,
    /// JSON text against a JSON value.
    JsonForm,
    ToList,
    ToSingle,
    ToJson,
    ToObject,
    Map,
    Recursion,
    /// The object's name.
    Renamed,
}

/// Returns how the type changed. `None` if both mean the same.
pub(super) fn compare(old: Type<'_>, new: Type<'_>) -> Option<Step> {
    let (before, after) = (old.form().base(), new.form().base());
    if before.is_list != after.is_list {
        return Some(if after.is_list { Step::ToList } else { Step::ToSingle });
    }
    // Bytes and opaque objects are the same type of the crate.
    let of = |content| if content == Content::Bytes { Content::Opaque } else { content };
    let (before, after) = (of(before.content), of(after.content));
    match (old.is_recursive, new.is_recursive) {
        (true, false) => Some(recursion(after)),
        (false, true) => Some(recursion(before)),
        _ if before != after => Some(replaced(before, after)),
        _ => (old.object_name() != new.object_name()).then_some(Step::Renamed),
    }
}

/// Returns how an enclosing object differs from another type.
fn recursion(other: Content) -> Step {
    match other {
        Content::Opaque | Content::Object => Step::Recursion,
        Content::Map => Step::Map,
        _ => Step::Replaced,
    }
}

fn replaced(old: Content, new: Content) -> Step {
    use Content::{Boolean, Date, Decimal, Integer, Json, Map, Object, Opaque, Text};
    match (old, new) {
        (Object | Map, Json | Opaque) => Step::ToJson,
        (Json | Opaque, Object | Map) => Step::ToObject,
        (Json, Opaque) | (Opaque, Json) => Step::JsonForm,
        (Map, _) | (_, Map) => Step::Map,
        (Integer, Decimal | Text) | (Boolean | Date | Decimal | Json, Text) => Step::Widened,
        (Decimal | Text, Integer) | (Text, Boolean | Date | Decimal | Json) => Step::Narrowed,
        _ => Step::Replaced,
    }
}
