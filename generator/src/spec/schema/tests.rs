//! The schemas and the structs say the same: every document made from a schema is accepted by both readers, and
//! every document with one thing wrong is refused by both.

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use crate::diagnostic::{Color, Diagnostics, render};
use crate::source::Sources;
use crate::spec::{ApprovalSpec, CrateSpec, EndpointSpec, FixSpec, PagesSpec, PlatformSpec};
use crate::yaml::check;
use crate::yaml::schema::{Key, Need, Shape};

/// How often a shape may occur within itself.
const DEEPEST: usize = 7;

/// Whether a record is wrong without the key. No made document has the word that excuses a key from being required.
fn is_must(key: &Key) -> bool {
    matches!(key.need, Need::Must | Need::Unless { .. })
}

fn text(text: &str) -> Value {
    Value::String(text.into())
}

fn mapping(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Mapping(entries.into_iter().map(|(key, value)| (Value::String(key), value)).collect::<Mapping>())
}

/// Documents that fit a shape, the fullest first.
fn good(shape: &Shape, depth: usize) -> Vec<Value> {
    match shape {
        Shape::Text => vec![text("x"), text(""), text("null"), Value::Number(7.into()), Value::Bool(true)],
        Shape::Quoted => vec![text("x"), text("1"), text("true")],
        Shape::Number => vec![Value::Number(7.into())],
        Shape::Integer => vec![Value::Number(7.into()), Value::Number((-7).into())],
        Shape::BoolOr(words) => {
            words.iter().map(|word| text(word)).chain([Value::Bool(true), Value::Bool(false)]).collect()
        }
        Shape::Words(words) => words.iter().map(|word| text(word)).collect(),
        Shape::Spelled(..) => vec![text("x-1"), text("x")],
        Shape::Path => vec![text("a.b"), text("")],
        Shape::Record(record) => with_each(record.keys, depth, good, |key| !is_must(key)),
        Shape::Entries(_) | Shape::List(_) if depth > DEEPEST => vec![fold(shape, Vec::new())],
        Shape::Entries(inner) | Shape::List(inner) => {
            let values = good(inner, depth + 1).into_iter().map(|value| fold(shape, vec![value]));
            values.chain([fold(shape, Vec::new())]).collect()
        }
        Shape::ByKind(kinds) => {
            let shapes = [&kinds.scalar, &kinds.list, &kinds.mapping];
            shapes.into_iter().flatten().flat_map(|shape| good(shape, depth)).collect()
        }
    }
}

/// Documents with one thing wrong.
fn bad(shape: &Shape, depth: usize) -> Vec<Value> {
    let list = || Value::Sequence(vec![text("x")]);
    let map = || mapping([("x".to_owned(), text("x"))]);
    match shape {
        Shape::Text => vec![Value::Null, list(), map()],
        Shape::Quoted => vec![Value::Null, list(), map(), Value::Number(1.into()), Value::Bool(true)],
        Shape::Number => vec![Value::Null, list(), map(), text("7"), text("x"), Value::Number((-1).into())],
        Shape::Integer => vec![Value::Null, list(), map(), text("7"), text("x")],
        Shape::BoolOr(_) => vec![Value::Null, list(), map(), text("true"), text("x"), Value::Number(1.into())],
        Shape::Words(_) => vec![Value::Null, list(), text("x"), Value::Number(1.into())],
        Shape::Spelled(..) => vec![Value::Null, list(), text("X y"), Value::Number(1.into())],
        Shape::Path => vec![list(), map(), text("a..b"), text("a b")],
        Shape::Record(record) => {
            let full = with_each(record.keys, depth, good, |_| false).into_iter().next();
            let extended = |name: &str| full.clone().map(|full| plus(full, name));
            let fix_only = record.keys.iter().filter(|key| key.need == Need::FixOnly).map(|key| key.name);
            let wrong = with_each(record.keys, depth, bad, is_must);
            let extra = fix_only.chain(["no_such_key"]).filter_map(extended);
            wrong.into_iter().skip(1).chain(extra).chain([text("x"), list(), Value::Null]).collect()
        }
        Shape::Entries(inner) | Shape::List(inner) => {
            let other = if matches!(shape, Shape::List(_)) { map() } else { list() };
            let inner = if depth > DEEPEST { Vec::new() } else { bad(inner, depth + 1) };
            inner.into_iter().map(|value| fold(shape, vec![value])).chain([other, text("x"), Value::Null]).collect()
        }
        Shape::ByKind(kinds) => {
            let lists = kinds.list.as_ref().map_or_else(|| vec![list()], |shape| bad(shape, depth));
            let maps = kinds.mapping.as_ref().map_or_else(|| vec![map()], |shape| bad(shape, depth));
            let lists = lists.into_iter().filter(Value::is_sequence);
            lists.chain(maps.into_iter().filter(Value::is_mapping)).collect()
        }
    }
}

fn fold(shape: &Shape, values: Vec<Value>) -> Value {
    match shape {
        Shape::List(_) => Value::Sequence(values),
        _ => mapping(values.into_iter().map(|value| ("k".to_owned(), value))),
    }
}

fn plus(mut record: Value, name: &str) -> Value {
    if let Value::Mapping(entries) = &mut record {
        entries.insert(text(name), text("x"));
    }
    record
}

/// The full record; then, with few other keys, each key's value varied, and each key left out that `left_out` chooses.
fn with_each(
    keys: &[Key],
    depth: usize,
    vary: fn(&Shape, usize) -> Vec<Value>,
    left_out: fn(&Key) -> bool,
) -> Vec<Value> {
    let keys: Vec<&Key> = keys.iter().filter(|key| key.need != Need::FixOnly).collect();
    let full = keys.iter().map(|key| (key.name.to_owned(), good(&key.shape, depth + 1).swap_remove(0)));
    let mut all = vec![mapping(full)];
    // The last good value is the leanest.
    let lean = keys.iter().filter(|key| is_must(key));
    let lean: Vec<(String, Value)> =
        lean.map(|key| (key.name.to_owned(), good(&key.shape, depth + 1).pop().unwrap_or_default())).collect();
    for key in &keys {
        let others = || lean.iter().filter(|(name, _)| name != key.name).cloned();
        // Below this depth the same shapes come again.
        let values = if depth > 5 { Vec::new() } else { vary(&key.shape, depth + 1) };
        all.extend(values.into_iter().map(|value| mapping(others().chain([(key.name.to_owned(), value)]))));
        if left_out(key) {
            all.push(mapping(others()));
        }
    }
    all
}

/// Both readers on one document: what serde says, and how many findings the schema gives.
fn verdicts<T: DeserializeOwned>(shape: &Shape, value: &Value, findings: usize) {
    let text = serde_yaml::to_string(value).expect("text");
    let mut sources = Sources::new();
    let file = sources.add("a.yaml", text.as_str());
    let mut diagnostics = Diagnostics::new();
    check(file, shape, &sources, &mut diagnostics);
    let serde = serde_yaml::from_str::<T>(&text).err().map(|error| error.to_string());
    let agreed = serde.is_some() == (findings > 0) && diagnostics.len() == findings;
    assert!(agreed, "{findings} expected, {serde:?}\n{text}\n{}", render(&diagnostics, &sources, Color::Never));
}

fn agree<T: DeserializeOwned>(shape: &Shape) {
    let (good, bad) = (good(shape, 0), bad(shape, 0));
    assert!(good.len() > 5 && bad.len() > 10, "{} {}", good.len(), bad.len());
    good.iter().for_each(|value| verdicts::<T>(shape, value, 0));
    bad.iter().for_each(|value| verdicts::<T>(shape, value, 1));
}

#[test]
fn transcripts() {
    agree::<EndpointSpec>(&super::TRANSCRIPT);
}

#[test]
fn fixes() {
    agree::<Vec<FixSpec>>(&super::FIXES);
}

#[test]
fn platforms() {
    agree::<PlatformSpec>(&super::PLATFORM);
}

#[test]
fn pages() {
    agree::<PagesSpec>(&super::PAGES);
}

#[test]
fn packages() {
    agree::<CrateSpec>(&super::PACKAGE);
}

#[test]
fn approvals() {
    agree::<Vec<ApprovalSpec>>(&super::APPROVALS);
}
