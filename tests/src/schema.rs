//! Checks of JSON documents against our JSON Schemas.

use apograph::terms::Layout;
use serde_json::{Map, Value};

/// Checks a value against the schema `schema`, which is part of `root`. Knows the part of JSON Schema that ours use.
///
/// # Panics
///
/// If the value does not fit, or the schema uses anything else.
pub fn check(value: &Value, schema: &Value, root: &Value, at: &str) {
    if let Err(misfit) = fits(value, schema, root, at) {
        panic!("{misfit}");
    }
}

/// Returns why a value does not fit a schema, or `None` if it does.
///
/// # Panics
///
/// If the schema uses anything that ours do not.
#[must_use]
pub fn misfit(value: &Value, schema: &Value) -> Option<String> {
    fits(value, schema, schema, "").err()
}

fn fits(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    let schema = schema.as_object().expect("a schema");
    for (key, rule) in schema {
        let holds = match key.as_str() {
            "type" => types(rule).any(|kind| is_of(value, kind)),
            "enum" => rule.as_array().is_some_and(|words| words.contains(value)),
            "const" => value == rule,
            "minimum" => value.as_u64() >= rule.as_u64(),
            "pattern" => {
                assert_eq!(rule, Layout::PATTERN, "this checker knows no other pattern");
                value.as_str().is_none_or(Layout::is_word)
            }
            "required" => types(rule).all(|name| value.as_object().is_none_or(|object| object.contains_key(name))),
            _ => {
                parts(value, key, rule, schema, root, at)?;
                true
            }
        };
        if !holds {
            return Err(format!("{at} does not fit `{key}: {rule}`: {value}"));
        }
    }
    Ok(())
}

/// Checks the keywords that contain schemas.
fn parts(
    value: &Value,
    key: &str,
    rule: &Value,
    schema: &Map<String, Value>,
    root: &Value,
    at: &str,
) -> Result<(), String> {
    match key {
        "$ref" => {
            let path = rule.as_str().and_then(|path| path.strip_prefix('#')).expect("a local reference");
            fits(value, root.pointer(path).expect("a definition"), root, at)
        }
        "anyOf" => {
            let misfits: Result<Vec<String>, ()> = rule
                .as_array()
                .expect("schemas")
                .iter()
                .map(|rule| fits(value, rule, root, at).err().ok_or(()))
                .collect();
            misfits.map_or(Ok(()), |misfits| Err(misfits.join("; ")))
        }
        "allOf" => rule.as_array().expect("schemas").iter().try_for_each(|rule| fits(value, rule, root, at)),
        "if" if fits(value, rule, root, at).is_err() => {
            schema.get("else").map_or(Ok(()), |rule| fits(value, rule, root, at))
        }
        "properties" => value.as_object().into_iter().flatten().try_for_each(|(name, member)| match rule.get(name) {
            Some(rule) => fits(member, rule, root, &format!("{at}/{name}")),
            // A condition may look at some of the members; whatever describes an object names all of them.
            None if schema.contains_key("type")
                && !schema.get("additionalProperties").is_some_and(Value::is_object) =>
            {
                Err(format!("{at} has {name}, which the schema lacks"))
            }
            None => Ok(()),
        }),
        "items" => value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .try_for_each(|(index, item)| fits(item, rule, root, &format!("{at}/{index}"))),
        "additionalProperties" if rule.is_object() => {
            let members = value.as_object().into_iter().flatten();
            members.into_iter().try_for_each(|(name, member)| fits(member, rule, root, &format!("{at}/{name}")))
        }
        "$schema" | "$defs" | "title" | "description" | "additionalProperties" | "if" | "else" => Ok(()),
        other => panic!("this checker does not support {other}"),
    }
}

/// The names in a list, or the only one.
fn types(rule: &Value) -> impl Iterator<Item = &str> {
    rule.as_array().map_or(std::slice::from_ref(rule), Vec::as_slice).iter().filter_map(Value::as_str)
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        other => panic!("{other}"),
    }
}
