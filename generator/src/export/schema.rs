//! Schemas of fields and types: JSON Schema 2020-12, which OpenAPI 3.1 uses as well.

use std::collections::BTreeSet;

use super::node::{Members, Node};
use super::prose;
use super::rules::{Rules, Text};
use super::value::{enum_value, file, number, value};
use crate::markdown;
use crate::model::{Arity, Enum, EnumId, Field, Item, Object, ObjectId, Side, ValueForm};
use crate::names::SideNames;
use crate::terms::{DecimalForm, EnumWire, IntegerForm, JsonForm, NullForm};

/// The types of one half of a call.
pub(super) struct Types<'m> {
    pub(super) side: &'m Side,
    pub(super) names: &'m SideNames,
    /// How values inside of objects are written.
    pub(super) rules: Rules<'m>,
    /// Where the schemas are, and what is in front of their names: `#/$defs/`.
    pub(super) home: String,
}

/// A type that other schemas refer to.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TypeId {
    Object(ObjectId),
    Enum(EnumId),
}

/// Iterates over the fields that the page has. Fields of the lock alone are no longer documented.
pub(super) fn documented(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| !field.origin.is_lock())
}

impl<'m> Types<'m> {
    /// Returns the schema of an object with these fields.
    pub(super) fn object<'f>(&self, fields: impl Iterator<Item = &'f Field>, rules: &Rules<'_>) -> Members {
        let (mut properties, mut required) = (Members::new(), Vec::new());
        for field in fields {
            properties.put(&field.wire, self.field(field, rules));
            required.extend(field.required.then_some(field.wire.as_str()));
        }
        Members::new().with("type", "object").with_filled("properties", properties).with_filled("required", required)
    }

    /// Returns the schema of a field.
    pub(super) fn field(&self, field: &Field, rules: &Rules<'_>) -> Members {
        let mut notes = Notes::default();
        let schema = self.value(field, rules, &mut notes);
        let is_nullable = rules.nulls == NullForm::Write && !field.required;
        let schema = if is_nullable { nullable(schema) } else { schema };
        self.annotated(schema, field, rules, notes)
    }

    fn value(&self, field: &Field, rules: &Rules<'_>, notes: &mut Notes) -> Members {
        let item = self.item(field, rules, notes);
        if field.arity != Arity::Many {
            return item;
        }
        let is_enclosed = rules.text == Text::Xml || rules.has_wrapped_lists;
        let key = field.list_key.as_deref().filter(|_| is_enclosed);
        let item = match key.filter(|_| rules.text == Text::Xml) {
            Some(key) => item.with("xml", Members::new().with("name", key)),
            None => item,
        };
        let list = Members::new().with("type", "array").with("items", item);
        let list = list.with_some("maxItems", field.limits.max_items);
        match key {
            Some(_) if rules.text == Text::Xml => list.with("xml", Members::new().with("wrapped", true)),
            Some(key) => Members::new().with("type", "object").with("properties", Members::new().with(key, list)),
            None => list,
        }
    }

    /// Returns the schema of one value, with the limits that are checked for each item of a list.
    fn item(&self, field: &Field, rules: &Rules<'_>, notes: &mut Notes) -> Members {
        let typed = |word: &str| Members::new().with("type", word);
        let text = || typed("string").with_some("maxLength", field.limits.max_length);
        if field.form == ValueForm::Text {
            return text();
        }
        match field.item {
            Item::Text => text(),
            Item::Date => {
                notes.add(rules.date_sentence());
                typed("string")
            }
            Item::Integer if rules.integer == IntegerForm::Text => {
                notes.range(field);
                typed("string").with("pattern", "^-?[0-9]+$")
            }
            Item::Integer => range(typed("integer").with("format", "int64"), field, notes),
            Item::Decimal if rules.decimal == DecimalForm::Text => {
                notes.range(field);
                typed("string").with("format", "decimal")
            }
            Item::Decimal => range(typed("number"), field, notes),
            Item::Boolean => typed("boolean"),
            Item::Json if rules.json == JsonForm::Text => text().with("contentMediaType", "application/json"),
            Item::Json | Item::Opaque => Members::new(),
            Item::Map => typed("object"),
            Item::File => file(rules),
            Item::Enum(id) => self.reference(TypeId::Enum(id)).with_some("maxLength", field.limits.max_length),
            Item::Object(id) => self.reference(TypeId::Object(id)),
        }
    }

    /// Adds what the page states about the field besides its type.
    fn annotated(&self, schema: Members, field: &Field, rules: &Rules<'_>, mut notes: Notes) -> Members {
        let mut read = |text: &Option<String>, what: &str| {
            let text = text.as_deref().filter(|text| !text.trim().is_empty())?;
            let read = value(field, text, self.side, rules);
            if read.is_none() {
                notes.add(format!("{what}: {}.", markdown::code(text)));
            }
            read
        };
        let (default, example) = (read(&field.default, "Default"), read(&field.example, "Example"));
        if let Some(reason) = &field.deprecated {
            notes.add(format!("Deprecated: {}", markdown::prose(reason).join(" ")));
        }
        schema
            .with_filled("description", prose::described(&field.description, notes.0))
            .with_some("default", default)
            .with_some("examples", example.map(|example| vec![example]))
            .with_some("deprecated", field.deprecated.as_ref().map(|_| true))
    }

    /// Returns the types that these fields use, directly or not, in the order of the model.
    pub(super) fn used<'f>(&self, fields: impl Iterator<Item = &'f Field>) -> BTreeSet<TypeId> {
        let mut used = BTreeSet::new();
        let mut open: Vec<TypeId> = fields.filter_map(type_of).collect();
        while let Some(id) = open.pop() {
            if let (true, TypeId::Object(object)) = (used.insert(id), id) {
                open.extend(documented(&self.side.object(object).fields).filter_map(type_of));
            }
        }
        used
    }

    /// Returns the name of a type, with what is in front of it.
    pub(super) fn name(&self, id: TypeId) -> String {
        let name = match id {
            TypeId::Object(id) => self.names.object(id),
            TypeId::Enum(id) => self.names.enumeration(id),
        };
        key(name.as_str())
    }

    fn reference(&self, id: TypeId) -> Members {
        Members::reference(format!("{}{}", self.home, self.name(id)))
    }

    /// Returns the schema of a type.
    pub(super) fn definition(&self, id: TypeId) -> Members {
        match id {
            TypeId::Object(id) => {
                let object: &Object = self.side.object(id);
                let named = Some(object.vendor_name.as_str()).filter(|name| !name.is_empty());
                let title = Members::new().with("title", named.unwrap_or(self.names.object(id).as_str()));
                title.and(self.object(documented(&object.fields), &self.rules))
            }
            TypeId::Enum(id) => {
                let title = Members::new().with("title", self.names.enumeration(id).as_str());
                title.and(self.value_set(&self.side.enums[id.0]))
            }
        }
    }

    /// Returns the schema of a documented value set. Other values are valid, too: pages are not always complete.
    fn value_set(&self, set: &Enum) -> Members {
        let is_number = set.wire == EnumWire::Number && self.rules.integer == IntegerForm::Number;
        let kind = Members::new().with("type", if is_number { "number" } else { "string" });
        let listed = || set.values.iter().filter(|value| !value.origin.is_lock());
        let values: Vec<Node> = listed().filter_map(|value| enum_value(set, &value.wire, &self.rules)).collect();
        let docs = listed().filter(|value| !value.doc.is_empty());
        let docs: Members = docs.map(|value| (value.wire.clone(), prose::markdown(&value.doc).into())).collect();
        let rows = listed().map(|value| [value.wire.as_str(), value.doc.as_str()]);
        let table = markdown::table(["value", "meaning"], rows);
        let closed = Members::new().with("title", "documented value").and(kind.clone());
        let closed = closed.with("enum", values).with_filled("x-enumDescriptions", docs);
        let open = Members::new().with("title", "other value").and(kind);
        Members::new()
            .with(
                "description",
                [table, vec![String::new(), "Other values are possible.".to_owned()]].concat().join("\n"),
            )
            .with("anyOf", vec![closed, open])
    }
}

/// Returns the type that a field refers to.
fn type_of(field: &Field) -> Option<TypeId> {
    match field.item {
        Item::Object(id) => Some(TypeId::Object(id)),
        Item::Enum(id) => Some(TypeId::Enum(id)),
        _ => None,
    }
}

/// Returns a name with the characters that OpenAPI allows in names of components.
pub(super) fn key(name: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let mut key = String::with_capacity(name.len());
    for c in name.chars() {
        if is_allowed(c) { key.push(c) } else { key.push_str(&format!("-{:x}", u32::from(c))) }
    }
    key
}

/// Lets a schema accept `null`, which the platform expects for members without a value.
fn nullable(mut schema: Members) -> Members {
    let null = || Node::from(Members::new().with("type", "null"));
    if let Some(kind) = schema.get_mut("type") {
        *kind = Node::List(vec![kind.clone(), "null".into()]);
        return schema;
    }
    // Without a type, `null` is valid already.
    if schema.has("$ref") { Members::new().with("anyOf", vec![schema.into(), null()]) } else { schema }
}

/// Adds the limits of a number, or notes those that JSON cannot express.
fn range(schema: Members, field: &Field, notes: &mut Notes) -> Members {
    let limits = &field.limits;
    let (min, max) = (limits.min.as_deref().and_then(number), limits.max.as_deref().and_then(number));
    if limits.min.is_some() != min.is_some() || limits.max.is_some() != max.is_some() {
        notes.range(field);
    }
    schema.with_some("minimum", min).with_some("maximum", max)
}

/// Sentences that follow the page's description of a field, in Markdown.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    fn add(&mut self, sentence: String) {
        self.0.push(sentence);
    }

    /// States the range of a number that is written as text.
    fn range(&mut self, field: &Field) {
        let limit =
            |limit: &Option<String>, word| limit.as_deref().map(|limit| format!("{word}: {}.", markdown::code(limit)));
        self.0.extend(limit(&field.limits.min, "Minimum"));
        self.0.extend(limit(&field.limits.max, "Maximum"));
    }
}
