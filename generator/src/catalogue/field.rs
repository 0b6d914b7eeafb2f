//! Fields of requests and responses, as the page and as callers see them.

use serde::Serialize;

use crate::model::{Field, Item, ObjectId, Side};
use crate::names::{FieldNames, Identifier, SideNames};
use crate::spec::{Entries, FieldSpec};
use crate::terms::{FieldPlace, Required};

/// A field.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ShownField {
    /// Its name on the wire.
    pub name: String,
    /// The page's word for its type. Empty if no page has the field any longer.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub type_word: String,
    /// What callers see. `None` for members of a value that has no type of its own in Rust.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust: Option<ShownRust>,
    /// Where it is sent, if that is not where fields of such a request usually are.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub place: Option<FieldPlace>,
    /// Whether a request must have it.
    #[serde(skip_serializing_if = "Required::is_no")]
    pub required: Required,
    /// Maximum number of characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// Maximum number of list elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// Minimum value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Maximum value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// The value that the platform assumes if it is not sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The page's example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The page's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Why callers should no longer use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// Whether only the lock still has it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
    /// Its documented values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ShownValue>,
    /// Its members.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ShownField>,
}

/// What callers see of a field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownRust {
    /// Name of the field.
    pub name: String,
    /// Type of its value; the field is an `Option` of it.
    #[serde(rename = "type")]
    pub value_type: String,
}

/// A documented value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownValue {
    /// The value on the wire.
    pub value: String,
    /// The variant of the Rust enum.
    pub variant: String,
    /// What it means.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Whether only the lock still has it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// The fields of one half of a call, with their names.
#[derive(Copy, Clone)]
pub(super) struct Fields<'a> {
    pub(super) side: &'a Side,
    pub(super) names: &'a SideNames,
}

/// Fields of one Rust type, and the rows of the page that they come from.
#[derive(Copy, Clone)]
struct Level<'a> {
    fields: &'a [Field],
    names: &'a [Identifier],
    /// `None` for a type that no page has any longer.
    rows: Option<&'a Entries<FieldSpec>>,
}

impl Fields<'_> {
    /// Shows the fields of the request or response itself, without the rows that are `left_out`.
    pub(super) fn root(&self, rows: Option<&Entries<FieldSpec>>, left_out: &[&str]) -> Vec<ShownField> {
        let FieldNames(names) = &self.names.root;
        self.level(Level { fields: &self.side.root, names, rows }, left_out, &mut Vec::new())
    }

    /// Shows the rows of a page, and then the fields that only the lock has. `above` are the objects around them.
    fn level(&self, level: Level<'_>, left_out: &[&str], above: &mut Vec<ObjectId>) -> Vec<ShownField> {
        let fields = || level.fields.iter().zip(level.names);
        let rows = level.rows.map(Entries::iter).into_iter().flatten().filter(|(name, _)| !left_out.contains(name));
        let mut shown = Vec::new();
        for (name, row) in rows {
            // Where a field has come back with another type, its tombstone has the same wire name.
            let field = fields().find(|(field, _)| field.wire == name && !field.origin.is_lock());
            shown.push(self.row(name, row, field, above));
        }
        let is_left = |field: &Field| level.rows.is_none() || field.origin.is_lock();
        for (field, name) in fields().filter(|(field, _)| is_left(field)) {
            shown.push(self.removed(field, name, above));
        }
        shown
    }

    fn row(
        &self,
        name: &str,
        row: &FieldSpec,
        field: Option<(&Field, &Identifier)>,
        above: &mut Vec<ObjectId>,
    ) -> ShownField {
        let own = field.map(|(field, name)| self.facts(field, name)).unwrap_or_default();
        let rows = Some(&row.fields);
        let fields = match field.map(|(field, _)| field.item) {
            _ if row.fields.is_empty() => Vec::new(),
            Some(Item::Object(id)) => self.object(id, rows, above),
            _ => self.level(Level { fields: &[], names: &[], rows }, &[], above),
        };
        ShownField {
            name: name.to_owned(),
            type_word: row.type_word.clone(),
            required: row.required,
            max_length: row.max_length,
            max_items: row.max_items,
            min: row.min.clone(),
            max: row.max.clone(),
            default: row.default.clone(),
            example: row.example.clone(),
            description: row.description.clone(),
            fields,
            ..own
        }
    }

    /// A field that only the lock has, with the members of its type.
    fn removed(&self, field: &Field, name: &Identifier, above: &mut Vec<ObjectId>) -> ShownField {
        let fields = match field.item {
            Item::Object(id) if !above.contains(&id) => self.object(id, None, above),
            _ => Vec::new(),
        };
        ShownField { name: field.wire.clone(), removed: true, fields, ..self.facts(field, name) }
    }

    fn object(&self, id: ObjectId, rows: Option<&Entries<FieldSpec>>, above: &mut Vec<ObjectId>) -> Vec<ShownField> {
        let Some((_, FieldNames(names))) = self.names.objects.get(id.0) else { return Vec::new() };
        above.push(id);
        let shown = self.level(Level { fields: &self.side.object(id).fields, names, rows }, &[], above);
        above.pop();
        shown
    }

    /// What callers see of a field, and what does not come from its row.
    fn facts(&self, field: &Field, name: &Identifier) -> ShownField {
        let value_type = self.names.rust_type(field).value();
        ShownField {
            rust: Some(ShownRust { name: name.to_string(), value_type }),
            place: field.place,
            deprecated: field.deprecated.clone(),
            values: self.values(field),
            ..ShownField::default()
        }
    }

    fn values(&self, field: &Field) -> Vec<ShownValue> {
        let Item::Enum(id) = field.item else { return Vec::new() };
        let (Some(set), Some(names)) = (self.side.enums.get(id.0), self.names.enums.get(id.0)) else {
            return Vec::new();
        };
        let values = set.values.iter().zip(&names.variants).map(|(value, variant)| ShownValue {
            value: value.wire.clone(),
            variant: variant.to_string(),
            doc: value.doc.clone(),
            removed: value.origin.is_lock(),
        });
        values.collect()
    }
}
