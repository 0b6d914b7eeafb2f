//! The meaning of a field's type in each revision, and how the two differ.

use crate::model::{Arity, Item};
use crate::resolve::types::{self, Element};
use crate::spec::{Entries, FieldSpec, PlatformSpec};
use crate::terms::{BodyForm, FileForm, HttpMethod, JsonForm, ListForm, ScalarListForm, TypeMeaning};

use super::verdict::{Container, Written};

/// Platform settings that decide the meaning of a transcript.
#[derive(Copy, Clone, Debug)]
pub struct Rules<'a> {
    /// The vendor's type words, in addition to the common ones.
    pub words: &'a Entries<TypeMeaning>,
    /// HTTP method of pages that do not name one.
    pub method: HttpMethod,
    /// Form of lists in responses.
    pub lists: ListForm,
    /// How requests are written.
    pub sending: Sending,
}

/// How a platform's requests are written, as far as it decides what becomes of values.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Sending {
    /// Form of the body.
    pub body: BodyForm,
    /// Form of lists of scalars at the top level of a form.
    pub scalar_lists: ScalarListForm,
    /// Form of files.
    pub files: FileForm,
    /// Form of JSON inside JSON.
    pub json: JsonForm,
}

impl Sending {
    /// A form with lists joined with commas, the common case.
    pub const FORM: Self = Self {
        body: BodyForm::Form,
        scalar_lists: ScalarListForm::Comma,
        files: FileForm::Multipart,
        json: JsonForm::Text,
    };

    /// Returns how a field is written in requests with that HTTP method.
    pub(super) fn written(self, method: HttpMethod, is_top: bool) -> Written {
        // A request without a body has its fields in the query.
        let is_parameter =
            self.body == BodyForm::Form || !matches!(method, HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch);
        let container = match self.scalar_lists {
            _ if !is_top || !is_parameter => Container::Json,
            ScalarListForm::Comma => Container::CommaParameter,
            ScalarListForm::Json => Container::Parameter,
        };
        Written { container, json: self.json }
    }
}

impl<'a> Rules<'a> {
    /// Takes the settings from a platform file.
    pub fn of(platform: &'a PlatformSpec) -> Self {
        let request = &platform.request;
        let sending = Sending {
            body: request.body,
            scalar_lists: request.scalar_lists,
            files: request.files,
            json: platform.values.json,
        };
        Self { words: &platform.values.types, method: request.method, lists: platform.response.lists, sending }
    }
}

/// What one element of a field is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Basis {
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    /// JSON as text.
    Json,
    /// A JSON value of any shape.
    Opaque,
    Map,
    File,
    /// Bytes where no file can be sent: a JSON value in the crate.
    Bytes,
    Object,
    /// An enclosing object again.
    Around,
    /// An unknown word, which resolving rejects.
    Unread,
}

/// A field's type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Shape {
    pub(super) basis: Basis,
    pub(super) many: bool,
    /// The vendor's word for one element.
    pub(super) word: String,
    /// The name of the object, if it has one.
    pub(super) name: Option<String>,
}

impl Shape {
    /// Reads a field's type. `around` contains the names of the enclosing objects.
    pub(super) fn read(field: &FieldSpec, rules: &Rules<'_>, around: &[String]) -> Self {
        let Ok(read) = types::read(field, rules.words) else {
            return Self { basis: Basis::Unread, many: false, word: field.type_word.clone(), name: None };
        };
        let has_members = !field.fields.is_empty();
        let (basis, name) = match read.element {
            Element::Value(_) if has_members => (Basis::Opaque, None),
            Element::Value(item) => (value(item), None),
            Element::Named(name) if has_members => (Basis::Object, Some(name)),
            Element::Named(name) if around.contains(&name) => (Basis::Around, Some(name)),
            Element::Named(_) => (Basis::Opaque, None),
            Element::Unnamed => (if has_members { Basis::Object } else { Basis::Opaque }, None),
        };
        Self { basis, many: read.arity == Arity::Many, word: read.word, name }
    }

    /// Reads a field's type where no file can be sent.
    pub(super) fn without_uploads(mut self) -> Self {
        if self.basis == Basis::File {
            self.basis = Basis::Bytes;
        }
        self
    }

    /// Returns whether both contain the same kind of value, whatever its name.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.basis == other.basis && self.many == other.many
    }

    /// Returns the key of the wrapped list's only member.
    pub(super) fn list_key(&self, rules: &Rules<'_>) -> Option<String> {
        (self.many && rules.lists == ListForm::Wrapped).then(|| types::inner_list_key(&self.word))
    }
}

fn value(item: Item) -> Basis {
    match item {
        Item::Text => Basis::Text,
        Item::Integer => Basis::Integer,
        Item::Decimal => Basis::Decimal,
        Item::Boolean => Basis::Boolean,
        Item::Date => Basis::Date,
        Item::Json => Basis::Json,
        Item::Map => Basis::Map,
        Item::File => Basis::File,
        // A type word names no value set and no object.
        Item::Opaque | Item::Enum(_) | Item::Object(_) => Basis::Opaque,
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
    /// Only the word.
    Spelling,
}

/// Returns how the type changed. `None` if both are written the same.
pub(super) fn compare(old: &Shape, new: &Shape) -> Option<Step> {
    if old.many != new.many {
        return Some(if new.many { Step::ToList } else { Step::ToSingle });
    }
    // Bytes and opaque objects are the same type of the crate.
    let of = |shape: &Shape| if shape.basis == Basis::Bytes { Basis::Opaque } else { shape.basis };
    let (before, after) = (of(old), of(new));
    if before == after {
        let renamed = before == Basis::Object && old.name != new.name;
        return match (renamed, old.word == new.word) {
            (true, _) => Some(Step::Renamed),
            (false, false) => Some(Step::Spelling),
            (false, true) => None,
        };
    }
    Some(replaced(before, after))
}

fn replaced(old: Basis, new: Basis) -> Step {
    use Basis::{Around, Boolean, Date, Decimal, Integer, Json, Map, Object, Opaque, Text};
    match (old, new) {
        (Around, Opaque | Object) | (Opaque | Object, Around) => Step::Recursion,
        (Object | Map, Json | Opaque) => Step::ToJson,
        (Json | Opaque, Object | Map) => Step::ToObject,
        (Json, Opaque) | (Opaque, Json) => Step::JsonForm,
        (Map, _) | (_, Map) => Step::Map,
        (Integer, Decimal | Text) | (Boolean | Date | Decimal | Json, Text) => Step::Widened,
        (Decimal | Text, Integer) | (Text, Boolean | Date | Decimal | Json) => Step::Narrowed,
        _ => Step::Replaced,
    }
}
