//! What becomes of values on the wire when a field gets another type.
//!
//! These rules are not written from the types' names: a test decodes answers of every new type with every old one, and
//! reads requests of every old type as every new one, and each rule has to agree with what it finds.

use serde::Serialize;

use crate::model::SideName;
use crate::terms::JsonForm;

/// The effect of the vendor's new behaviour on binaries that were built against the old crate.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// They keep working.
    Works,
    /// It depends on what they send or read.
    Depends,
    /// Their calls fail, or they misread the responses.
    Fails,
}

use Wire::{Depends, Fails, Works};

/// What one element of a field is on the wire.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(in crate::diff) enum Content {
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    /// A documented set of texts.
    TextSet,
    /// A documented set of numbers.
    NumberSet,
    /// JSON as text.
    Json,
    /// A JSON value of any shape.
    Opaque,
    /// Bytes where no file can be sent: a JSON value in requests, and usually text in answers.
    Bytes,
    Map,
    Object,
    /// A file that is uploaded.
    File,
}

/// A field's type on the wire.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(in crate::diff) struct Form {
    pub(in crate::diff) content: Content,
    pub(in crate::diff) is_list: bool,
}

/// How a client writes a field.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(in crate::diff) struct Written {
    pub(in crate::diff) container: Container,
    /// How JSON is written inside JSON.
    pub(in crate::diff) json: JsonForm,
}

/// Where a client writes a field.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(in crate::diff) enum Container {
    /// A parameter of its own, in which lists of scalars are joined with commas.
    CommaParameter,
    /// A parameter of its own, in which lists are JSON.
    Parameter,
    /// JSON.
    Json,
}

/// Returns what becomes of values on a side whose type changes.
pub(in crate::diff) fn retyped(side: SideName, written: Written, old: Form, new: Form) -> Wire {
    match side {
        SideName::Request => written.request(old, new),
        SideName::Response => answer(old, new),
    }
}

impl Content {
    const fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Opaque | Self::Map | Self::Object)
    }

    const fn is_scalar(self) -> bool {
        use Content::{Boolean, Date, Decimal, Integer, NumberSet, Text, TextSet};
        matches!(self, Text | Integer | Decimal | Boolean | Date | TextSet | NumberSet)
    }
}

/// Returns what the old type decodes of answers of the new one.
fn answer(old: Form, new: Form) -> Wire {
    use Content::{Boolean, Bytes, Date, Decimal, Integer, Json, Map, NumberSet, Opaque, Text, TextSet};
    let each = decoded(old.content, new.content);
    if !old.is_list {
        return match old.content {
            _ if !new.is_list => each,
            // The JSON of the list is kept.
            Text | Json | Opaque | Bytes => Works,
            // An object around a list passes for a map.
            Map => Depends,
            // These keep JSON only as text, and a list is not packed into text.
            Decimal | Date | TextSet | NumberSet if new.content.is_json() => Fails,
            _ if each == Fails => Fails,
            // Some servers send a list of one item as the item alone.
            _ => Depends,
        };
    }
    match (old.content, new.content) {
        // An object that is not packed into text may be taken for the wrapper of a list.
        (Text, new) if new.is_json() => Depends,
        // A number alone is not taken for a list of JSON.
        (Json | Opaque | Bytes, Integer | Decimal | Boolean | NumberSet) => Depends,
        (Map, Text) if !new.is_list => Fails,
        (Map, content) if content.is_json() && !new.is_list => Depends,
        _ => each,
    }
}

/// Returns what a single value of the old content decodes of a single one of the new content.
fn decoded(old: Content, new: Content) -> Wire {
    use Content::{Boolean, Bytes, Date, Decimal, File, Integer, Json, Map, NumberSet, Object, Opaque, Text, TextSet};
    match (old, new) {
        // Whatever comes is kept as text or as JSON.
        (Text | Json | Opaque | Bytes | File, _) => Works,
        // Dates and decimals are kept as text and read on demand, and sets are open.
        (Decimal | Date, Boolean) => Depends,
        (Decimal | Date | TextSet | NumberSet, new) if new.is_json() => Depends,
        (Decimal | Date | TextSet | NumberSet, _) => Works,
        (Integer, Integer | NumberSet) | (Boolean, Boolean) => Works,
        (Integer, Text | Decimal) | (Boolean, Text | Integer | NumberSet) => Depends,
        (Map, Json | Opaque | Map | Object) | (Object, Json | Opaque | Object) => Works,
        (Map, Text) | (Object, Text | Map) => Depends,
        (Integer | Boolean | Map | Object, _) => Fails,
    }
}

impl Written {
    /// Returns what a server that expects the new type accepts of requests with the old one.
    fn request(self, old: Form, new: Form) -> Wire {
        let has_commas = self.container == Container::CommaParameter;
        let splits = has_commas && new.content.is_scalar();
        match (old.is_list, new.is_list) {
            _ if old.content == Content::File || new.content == Content::File => uploaded(old, new),
            (false, false) => self.accepted(old.content, new.content),
            (false, true) if splits => self.accepted(old.content, new.content),
            (false, true) => self.list_in_single(old.content, new.content),
            (true, _) if has_commas && old.content.is_scalar() => {
                let each = self.accepted(old.content, new.content);
                // Several values joined with commas are a text, and a single one looks like itself.
                if new.is_list || new.content == Content::Text { each } else { each.max(Depends) }
            }
            (true, true) if splits && new.content == Content::Text => Works,
            (true, true) if splits => Fails,
            (true, true) => self.in_array().accepted(old.content, new.content),
            (true, false) => match new.content {
                Content::Json | Content::Opaque | Content::Bytes => Works,
                Content::Text if self.container != Container::Json => Works,
                _ => Fails,
            },
        }
    }

    /// Returns how the items of a JSON array are written.
    const fn in_array(self) -> Self {
        Self { container: Container::Json, ..self }
    }

    /// Returns whether a single value may be the JSON of a list.
    fn list_in_single(self, old: Content, new: Content) -> Wire {
        use Content::{Bytes, Json, Map, Object, Opaque, Text};
        let is_of_json = matches!(new, Json | Opaque | Bytes | Map | Object);
        match (self.container, old) {
            (Container::Parameter | Container::CommaParameter, Text) => Depends,
            (Container::Json, Json) if self.json == JsonForm::Text => Fails,
            (_, Json | Opaque | Bytes) if is_of_json => Depends,
            _ => Fails,
        }
    }

    /// Returns what a server that expects a single value of the new content accepts of the old one.
    fn accepted(self, old: Content, new: Content) -> Wire {
        use Content::{Bytes, Decimal, Integer, Json, Map, NumberSet, Object, Opaque, Text};
        let is_in_json = self.container == Container::Json;
        let is_packed = is_in_json && self.json == JsonForm::Text;
        let is_value = |content: Content| is_in_json && !content.is_scalar() && !(is_packed && content == Json);
        match (old, new) {
            _ if old == new => Works,
            (_, Text) if is_value(old) => Fails,
            (_, Text) => Works,
            (Text, _) if is_value(new) => Fails,
            (Text, _) => Depends,
            (Integer, Decimal) | (NumberSet, Integer | Decimal) => Works,
            (Integer, NumberSet) | (Decimal, Integer | NumberSet) => Depends,
            (Json, Opaque | Bytes | Map | Object) if is_packed => Fails,
            (Json | Opaque | Bytes | Map | Object, Json | Opaque | Bytes) | (Object, Map) => Works,
            (Json | Opaque | Bytes, Map | Object) | (Map, Object) => Depends,
            _ => Fails,
        }
    }
}

/// Returns what becomes of files, which nothing else can replace.
fn uploaded(old: Form, new: Form) -> Wire {
    match (old.content == new.content, old.is_list && !new.is_list) {
        (true, false) => Works,
        (true, true) => Depends,
        (false, _) => Fails,
    }
}
