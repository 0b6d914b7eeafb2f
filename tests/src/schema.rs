//! Checks of JSON documents against our JSON Schemas.

use serde_json::Value;

/// Checks a value against the schema `schema`, which is part of `root`. Knows the part of JSON Schema that ours use.
///
/// # Panics
///
/// If the value does not fit, or the schema uses anything else.
pub fn check(value: &Value, schema: &Value, root: &Value, at: &str) {
    for (key, rule) in schema.as_object().expect("a schema") {
        match key.as_str() {
            "$ref" => {
                let path = rule.as_str().and_then(|path| path.strip_prefix('#')).expect("a local reference");
                check(value, root.pointer(path).expect("a definition"), root, at);
            }
            "type" => {
                let types = rule.as_array().map_or(std::slice::from_ref(rule), Vec::as_slice);
                assert!(types.iter().any(|kind| is_of(value, kind)), "{at} is not of type {rule}: {value}");
            }
            "enum" => assert!(rule.as_array().is_some_and(|words| words.contains(value)), "{at}: {value}"),
            "const" => assert_eq!(value, rule, "{at}"),
            "minimum" => assert!(value.as_u64() >= rule.as_u64(), "{at}: {value}"),
            "required" => {
                for name in rule.as_array().expect("names").iter().filter_map(Value::as_str) {
                    assert!(value.get(name).is_some(), "{at} lacks {name}");
                }
            }
            "properties" => {
                for (name, member) in value.as_object().expect("an object") {
                    let rule = rule.get(name).unwrap_or_else(|| panic!("{at} has {name}, which the schema lacks"));
                    check(member, rule, root, &format!("{at}/{name}"));
                }
            }
            "items" => {
                for (index, item) in value.as_array().expect("a list").iter().enumerate() {
                    check(item, rule, root, &format!("{at}/{index}"));
                }
            }
            "$schema" | "$defs" | "title" | "description" | "additionalProperties" => {}
            other => panic!("this checker does not support {other}"),
        }
    }
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64(),
        other => panic!("{other:?}"),
    }
}
