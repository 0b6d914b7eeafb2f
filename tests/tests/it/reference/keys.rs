//! Every key and every fixed word of the files has an example in the reference.

use std::collections::BTreeSet;

use apograph::spec;
use apograph_tests::reference::Reference;
use apograph_tests::schema::misfit;
use serde_json::{Map, Value};

use super::context::{transcript, yard};

/// Keys as `record.key`, and words as `record.key = word`.
type Uses = BTreeSet<String>;

/// Collects what a schema can describe.
fn all(schema: &Value, at: &str, found: &mut Uses) {
    for (key, rule) in schema.as_object().expect("a schema") {
        match key.as_str() {
            "$defs" => rule.as_object().expect("definitions").iter().for_each(|(name, rule)| all(rule, name, found)),
            "properties" => {
                for (name, rule) in rule.as_object().expect("properties") {
                    let at = format!("{at}.{name}");
                    all(rule, &at, found);
                    found.insert(at);
                }
            }
            "enum" => found.extend(words(rule).map(|word| format!("{at} = {word}"))),
            "anyOf" => rule.as_array().expect("schemas").iter().for_each(|rule| all(rule, at, found)),
            "items" | "additionalProperties" if rule.is_object() => all(rule, at, found),
            _ => {}
        }
    }
}

fn words(rule: &Value) -> impl Iterator<Item = &str> {
    rule.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Collects what a value of a schema uses. `root` has the definitions.
fn used(value: &Value, schema: &Map<String, Value>, root: &Value, at: &str, found: &mut Uses) {
    if let Some(path) = schema.get("$ref").and_then(Value::as_str) {
        let path = path.trim_start_matches('#');
        let name = path.rsplit('/').next().unwrap_or_default();
        let rule = root.pointer(path).and_then(Value::as_object).expect("a definition");
        return used(value, rule, root, name, found);
    }
    if let Some(rules) = schema.get("anyOf").and_then(Value::as_array) {
        let fitting = rules.iter().filter_map(Value::as_object).filter(|rule| {
            let mut rule = (*rule).clone();
            rule.insert("$defs".to_owned(), root["$defs"].clone());
            misfit(value, &Value::Object(rule)).is_none()
        });
        fitting.for_each(|rule| used(value, rule, root, at, found));
    }
    if let (Some(rule), Some(word)) = (schema.get("enum"), value.as_str()) {
        found.extend(words(rule).filter(|known| *known == word).map(|word| format!("{at} = {word}")));
    }
    let object = |key: &str| schema.get(key).and_then(Value::as_object);
    for item in value.as_array().into_iter().flatten() {
        object("items").into_iter().for_each(|rule| used(item, rule, root, at, found));
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        let own = object("properties").and_then(|rules| rules.get(name)).and_then(Value::as_object);
        if let Some(rule) = own {
            let at = format!("{at}.{name}");
            used(member, rule, root, &at, found);
            found.insert(at);
        } else if let Some(rule) = object("additionalProperties") {
            used(member, rule, root, at, found);
        }
    }
}

/// A block, and the same block with each other word that the comment of a line lists: `body: form  # form | json: …`.
pub(super) fn variants(block: &str) -> Vec<String> {
    let mut all = vec![block.to_owned()];
    for line in block.lines() {
        let Some((code, comment)) = line.split_once(" # ") else { continue };
        let listed: Vec<&str> = comment.split(':').next().unwrap_or_default().split(" | ").map(str::trim).collect();
        let is_word = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        if listed.len() < 2 || !listed.iter().all(is_word) {
            continue;
        }
        let current =
            code.split(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c))).rfind(|word| listed.contains(word));
        let current = current.unwrap_or_else(|| panic!("none of the listed words: {line}"));
        for other in listed.iter().filter(|word| **word != current) {
            let (before, after) = code.rsplit_once(current).expect("the word");
            all.push(block.replacen(line, &format!("{before}{other}{after}"), 1));
        }
    }
    all
}

fn json(yaml: &str) -> Value {
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
}

/// The blocks of the reference that are files, or belong to one, by kind.
fn blocks(reference: &Reference) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("platform", yard(reference)),
        ("platform", format!("signing: {{x: {{{}}}}}", reference.yaml("Vectors")[1].trim_end())),
    ];
    let mut add = |kind: &'static str, sections: &[&str], starts: &[&str]| {
        let blocks = sections.iter().flat_map(|section| reference.yaml(section));
        let blocks = blocks.filter(|block| starts.iter().any(|start| block.starts_with(start)));
        all.extend(blocks.map(|block| (kind, block.to_owned())));
    };
    add("platform", &["platform.yaml"], &["environments:"]);
    add("platform", &["Requests", "Envelopes"], &["request:", "response:"]);
    add("platform", &["Signing recipes", "Steps"], &["signing:"]);
    add("transcript", &["Transcripts", "Transcripts by hand"], &["api:"]);
    add("transcript", &["Requests"], &["method:"]);
    add("fix", &["Fixes"], &["-"]);
    add("crate", &["crate.yaml"], &["name:"]);
    add("crate", &["A crate of some APIs"], &["only:"]);
    add("approvals", &["approvals.yaml"], &["-"]);
    add("pages", &["pages.yaml"], &[""]);
    all.extend(reference.yaml("crate.yaml")[1].lines().map(|line| ("crate", line.to_owned())));
    let steps = reference.table("Steps", "field").rows.iter();
    all.extend(steps.map(|row| ("platform", format!("signing: {{x: {{let: {{a: {{pairs: {}}}}}}}}}", row[2].code[0]))));
    all.extend(doubts(reference).into_iter().map(|transcript| ("transcript", transcript)));
    all
}

/// A transcript for each fact that can be in doubt, and for each reason.
pub(super) fn doubts(reference: &Reference) -> Vec<String> {
    let words = |header: &str| reference.table("Doubts", header).rows.iter().flat_map(|row| &row[0].code);
    let facts = words("about").map(|about| (about.as_str(), "derived"));
    let notes = words("note").map(|note| ("end", note.as_str()));
    facts.chain(notes).map(|(about, note)| doubt(about, note)).collect()
}

fn doubt(about: &str, note: &str) -> String {
    let at = match about {
        "error" => "errors[0]",
        "status" => "statuses.2",
        "sample" => "samples.request_json",
        "session" | "method" | "path" | "body" | "end" => "",
        _ => "request.a",
    };
    let required = if about == "required" { "unknown" } else { "true" };
    transcript(&format!(
        "request: {{a: {{type: String, required: {required}}}}}\nerrors: [{{code: '1'}}]\nstatuses: {{'2': x}}\n\
         samples: {{request_json: '{{}}'}}\ndoubts: [{{at: '{at}', about: {about}, note: {note}}}]\n"
    ))
}

#[test]
fn every_key_and_word_has_an_example() {
    let blocks = blocks(&Reference::read());
    let examples: Vec<(&str, Value)> =
        blocks.iter().flat_map(|(kind, block)| variants(block).into_iter().map(|text| (*kind, json(&text)))).collect();
    let mut missing = Vec::new();
    for (kind, _) in spec::schema_names() {
        let schema = spec::json_schema(kind).expect("a schema");
        let (mut known, mut shown) = (Uses::new(), Uses::new());
        all(&schema, kind, &mut known);
        let root = schema.as_object().expect("a schema");
        examples
            .iter()
            .filter(|(of, _)| *of == kind)
            .for_each(|(_, value)| used(value, root, &schema, kind, &mut shown));
        missing.extend(known.difference(&shown).cloned());
    }
    assert_eq!(missing, Vec::<String>::new());
}
