//! What holds for every document. Validators of other authors look closer, in the tests of peers.

use std::collections::BTreeSet;

use apograph::export::Format;
use serde_json::{Map, Value};

use super::{SPECS, documents};

const OPERATION: [&str; 10] = [
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "summary",
    "tags",
];

const PARAMETER: [&str; 10] =
    ["$ref", "content", "deprecated", "description", "explode", "in", "name", "required", "schema", "style"];

const SCHEMA: [&str; 27] = [
    "$ref",
    "allOf",
    "anyOf",
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "deprecated",
    "description",
    "enum",
    "examples",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minimum",
    "not",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
    "xml",
    "$schema",
    "$comment",
    "$defs",
];

/// Checks that an object has keys of this list only, or extensions.
fn only(object: &Map<String, Value>, known: &[&str], at: &str) {
    let strange: Vec<_> =
        object.keys().filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-")).collect();
    assert!(strange.is_empty(), "{at}: {strange:?}");
}

fn object<'v>(value: &'v Value, at: &str) -> &'v Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("{at} is not an object"))
}

fn members<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value.get(name).and_then(Value::as_object).into_iter().flatten()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Checks a schema and those within it.
fn schema(value: &Value, at: &str) {
    only(object(value, at), &SCHEMA, at);
    for name in ["properties", "$defs"] {
        members(value, name).for_each(|(name, inner)| schema(inner, &format!("{at}/{name}")));
    }
    for name in ["anyOf", "allOf"] {
        list(value, name).iter().for_each(|inner| schema(inner, &format!("{at}/{name}")));
    }
    value.get("items").into_iter().for_each(|inner| schema(inner, &format!("{at}/items")));
    let names: BTreeSet<&str> = list(value, "required").iter().filter_map(Value::as_str).collect();
    assert_eq!(names.len(), list(value, "required").len(), "{at}: a name is required twice");
    for name in names {
        // An alternative is about members of the object around it.
        let is_known = value.get("type").is_none() || members(value, "properties").any(|(known, _)| known == name);
        assert!(is_known, "{at}: {name} is required");
    }
}

/// Checks that every reference leads to something, and returns all of them.
fn references(value: &Value, document: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                if let (Some(target), "$ref") = (inner.as_str(), name.as_str()) {
                    let pointer = target.strip_prefix('#').unwrap_or_else(|| panic!("{at}: {target}"));
                    assert!(document.pointer(pointer).is_some(), "{at}: {target} does not exist");
                    found.insert(target.to_owned());
                }
                references(inner, document, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, document, at, found)),
        _ => {}
    }
}

fn media(content: &Value, at: &str) {
    for (name, media) in members(content, "content") {
        assert!(name.contains('/') && !name.contains(';'), "{at}: {name}");
        only(object(media, at), &["encoding", "example", "schema"], at);
        schema(&media["schema"], at);
    }
}

fn parameter(value: &Value, document: &Value, at: &str) -> (String, String) {
    only(object(value, at), &PARAMETER, at);
    let value = match value.get("$ref").and_then(Value::as_str) {
        Some(target) => document.pointer(&target[1..]).unwrap_or_else(|| panic!("{at}: {target}")),
        None => value,
    };
    assert!(value.get("schema").is_some() != value.get("content").is_some(), "{at}: {value}");
    value.get("schema").into_iter().for_each(|value| schema(value, at));
    media(value, at);
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    (text("in"), text("name"))
}

fn operation(path: &str, value: &Value, document: &Value, file: &str) {
    let at = format!("{file} {path}");
    only(object(value, &at), &OPERATION, &at);
    let parameters: Vec<_> = list(value, "parameters").iter().map(|value| parameter(value, document, &at)).collect();
    let distinct: BTreeSet<_> = parameters.iter().collect();
    assert_eq!(distinct.len(), parameters.len(), "{at}: a parameter occurs twice: {parameters:?}");
    let placeholders: BTreeSet<&str> =
        path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    let in_path: BTreeSet<&str> =
        parameters.iter().filter(|(place, _)| place == "path").map(|(_, name)| name.as_str()).collect();
    assert_eq!(placeholders, in_path, "{at}");
    value.get("requestBody").into_iter().for_each(|body| media(body, &at));
    for (_, response) in members(value, "responses") {
        assert!(response["description"].is_string(), "{at}");
        media(response, &at);
    }
    for name in list(value, "security").iter().flat_map(|named| object(named, &at).keys()) {
        assert!(document["components"]["securitySchemes"][name].is_object(), "{at}: {name}");
    }
}

#[test]
fn openapi_documents_are_consistent() {
    for (specs, lock) in SPECS {
        for (file, document) in documents(specs, lock, Format::OpenApi).as_ref() {
            only(object(document, file), &["components", "info", "openapi", "paths", "servers", "tags"], file);
            let mut names = BTreeSet::new();
            for (path, item) in members(document, "paths") {
                assert!(path.starts_with('/') && !path.contains('?'), "{file}: {path}");
                for (method, value) in object(item, file) {
                    assert!(["get", "post", "put", "delete", "patch"].contains(&method.as_str()), "{file}: {method}");
                    operation(path, value, document, file);
                    assert!(names.insert(value["operationId"].as_str()), "{file}: {path}");
                }
            }
            assert!(!names.is_empty(), "{file}");
            let mut used = BTreeSet::new();
            references(document, document, file, &mut used);
            for (name, component) in members(&document["components"], "schemas") {
                assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)), "{name}");
                schema(component, &format!("{file} {name}"));
                let is_used = used.contains(&format!("#/components/schemas/{name}"));
                // An API may have names of its own for the members of an error.
                assert!(is_used || name.ends_with("-error"), "{file}: nothing refers to {name}");
            }
        }
    }
}

#[test]
fn json_schemas_are_consistent() {
    for (specs, lock) in SPECS {
        for (file, document) in documents(specs, lock, Format::JsonSchema).as_ref() {
            schema(document, file);
            let mut used = BTreeSet::new();
            references(document, document, file, &mut used);
            let is_whole = !file.contains('/');
            assert_eq!(document.get("$ref").is_none(), is_whole, "{file}");
            for (name, _) in members(document, "$defs") {
                let is_used = is_whole || used.contains(&format!("#/$defs/{name}"));
                assert!(is_used || name == "platform-error", "{file}: nothing refers to {name}");
            }
        }
    }
}
