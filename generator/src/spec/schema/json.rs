//! JSON Schemas of the files, made from the schemas by which the files are checked, for editors and other tools.

use serde_json::{Map, Value, json};

use super::{APPROVALS, FIXES, PACKAGE, PAGES, PLATFORM, TRANSCRIPT};
use crate::yaml::schema::{Need, Record, Shape};

/// Each kind of file: its name for `apograph schema`, the name of its files, and its schema.
const FILES: [(&str, &str, &Shape); 6] = [
    ("platform", "platform.yaml", &PLATFORM),
    ("fix", "<leaf>.fix.yaml", &FIXES),
    ("crate", "crate.yaml", &PACKAGE),
    ("approvals", "approvals.yaml", &APPROVALS),
    ("pages", "pages.yaml", &PAGES),
    ("transcript", "<leaf>.yaml", &TRANSCRIPT),
];

/// Returns the kinds of files that have a schema, and the names of their files.
pub fn schema_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().map(|(name, file, _)| (*name, *file))
}

/// Returns the JSON Schema (draft 2020-12) of a kind of file. `None` if there is no such kind.
#[must_use]
pub fn json_schema(name: &str) -> Option<Value> {
    let (_, file, shape) = FILES.iter().find(|(known, ..)| *known == name)?;
    let mut definitions = Definitions::default();
    let mut schema = definitions.shape(shape);
    let head = [
        ("$schema", json!("https://json-schema.org/draft/2020-12/schema")),
        ("title", json!(file)),
        ("$defs", Value::Object(definitions.0)),
    ];
    if let Value::Object(schema) = &mut schema {
        schema.extend(head.map(|(key, value)| (key.to_owned(), value)));
    }
    Some(schema)
}

/// The mappings with fixed keys, by name. A mapping that occurs within itself refers to its definition.
#[derive(Default)]
struct Definitions(Map<String, Value>);

impl Definitions {
    fn shape(&mut self, shape: &Shape) -> Value {
        match shape {
            // A number or `true` without quotes is read as the text that it is written with.
            Shape::Text => json!({"type": ["string", "number", "boolean"]}),
            Shape::Quoted | Shape::Path => json!({"type": "string"}),
            Shape::Number => json!({"type": "integer", "minimum": 0}),
            Shape::Integer => json!({"type": "integer"}),
            Shape::BoolOr([]) => json!({"type": "boolean"}),
            Shape::BoolOr(words) => json!({"anyOf": [{"type": "boolean"}, {"enum": words}]}),
            Shape::Words(words) => json!({"enum": words}),
            Shape::Spelled(spelling) => {
                json!({"type": "string", "pattern": spelling.pattern, "description": spelling.what})
            }
            Shape::Record(record) => self.reference(record),
            Shape::Entries(inner) => json!({"type": "object", "additionalProperties": self.shape(inner)}),
            Shape::List(inner) => json!({"type": "array", "items": self.shape(inner)}),
            Shape::ByKind(kinds) => {
                let shapes = [&kinds.scalar, &kinds.list, &kinds.mapping].into_iter().flatten();
                json!({"anyOf": shapes.map(|shape| self.shape(shape)).collect::<Vec<_>>()})
            }
        }
    }

    fn reference(&mut self, record: &Record) -> Value {
        let name = record.what.replace(' ', "-");
        if !self.0.contains_key(&name) {
            // Found again within itself, it refers to what replaces this.
            self.0.insert(name.clone(), Value::Null);
            let definition = self.record(record);
            self.0.insert(name.clone(), definition);
        }
        json!({"$ref": format!("#/$defs/{name}")})
    }

    fn record(&mut self, record: &Record) -> Value {
        let keys = || record.keys.iter().filter(|key| key.need != Need::FixOnly);
        let properties: Map<String, Value> = keys().map(|key| (key.name.to_owned(), self.shape(&key.shape))).collect();
        let required: Vec<&str> = keys().filter(|key| key.need == Need::Must).map(|key| key.name).collect();
        let mut schema = json!({
            "title": record.what,
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        });
        let unless: Vec<Value> = keys().filter_map(|key| unless(key.name, key.need)).collect();
        if let (false, Value::Object(schema)) = (unless.is_empty(), &mut schema) {
            schema.insert("allOf".to_owned(), unless.into());
        }
        schema
    }
}

/// The condition of a key that another one can make optional.
fn unless(name: &str, need: Need) -> Option<Value> {
    let Need::Unless { key, word } = need else { return None };
    let excuse = json!({"properties": {key: {"const": word}}, "required": [key]});
    Some(json!({"if": excuse, "else": {"required": [name]}}))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Collects the mappings with fixed keys below a shape.
    fn records(shape: &'static Shape, found: &mut BTreeMap<&'static str, Vec<*const Record>>) {
        match shape {
            Shape::Record(record) => {
                let known = found.entry(record.what).or_default();
                if !known.contains(&std::ptr::from_ref(*record)) {
                    known.push(*record);
                    record.keys.iter().for_each(|key| records(&key.shape, found));
                }
            }
            Shape::Entries(inner) | Shape::List(inner) => records(inner, found),
            Shape::ByKind(kinds) => {
                [&kinds.scalar, &kinds.list, &kinds.mapping]
                    .into_iter()
                    .flatten()
                    .for_each(|shape| records(shape, found));
            }
            _ => {}
        }
    }

    #[test]
    fn no_two_mappings_of_a_file_have_the_same_name() {
        for (name, _, shape) in FILES {
            let mut found = BTreeMap::new();
            records(shape, &mut found);
            let twice: Vec<_> = found.iter().filter(|(_, records)| records.len() > 1).map(|(what, _)| what).collect();
            assert!(twice.is_empty(), "{name}: {twice:?}");
        }
    }
}
