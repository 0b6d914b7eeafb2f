//! Every leaf of what specs can say is changed, one at a time: a change without a finding is a hole in the diff.
//!
//! Transcripts, platform files and crate files are changed as JSON, leaf by leaf, so that a new key is tried as soon as
//! it stands in the specimen below. What only fixes can set is listed by hand; the patterns without `..` make a new
//! field of a spec a compile error here.

use apograph::diff::{Change, Rules, Sending, endpoint, package, platform};
use apograph::spec::{CrateSpec, EndpointSpec, Entries, EnvelopeNames, FieldSpec, PlatformSpec, ValueSpec};
use apograph::terms::{FileForm, HttpMethod, ListForm, TypeMeaning};
use serde_json::Value;

const TRANSCRIPT: &str = r#"{
  "api": "acme.depot.crate.send", "title": "Send a crate", "description": "Sends it", "category": "Depots",
  "method": "GET", "path": "/send/{id}", "body": "json", "session": "optional",
  "source": {"page": "https://docs.example.com", "layout": "top-text", "sha256": "00"},
  "request": {
    "id": {"type": "Number", "required": true, "default": "1", "example": "7", "min": "1", "max": "9",
           "description": "Its number"},
    "labels": {"type": "Array", "items": "String", "in": "header", "max_items": 5, "max_length": 20},
    "crate": {"type": "Crate", "fields": {
      "parts": {"type": "Part[]", "fields": {"sku": {"type": "String"}, "count": {"type": "Number"}}}}}
  },
  "response": {
    "sent": {"type": "Boolean", "default": "0", "example": "1", "description": "Whether it left",
             "max_length": 5, "min": "1", "max": "2"},
    "rows": {"type": "Row[]", "max_items": 7, "fields": {"key": {"type": "String"}, "state": {"type": "Number"}}},
    "tags": {"type": "Array", "items": "String"}
  },
  "errors": [{"code": "isv.shut", "message": "It is shut", "solution": "Wait"}, {"message": "Unknown"}],
  "statuses": {"0": "sent", "1": "held"},
  "samples": {"request_json": "{}", "response_json": "[]"},
  "doubts": [{"at": "request.id", "about": "type", "note": "ambiguous"}]
}"#;

const PLATFORM: &str = r#"{
  "title": "Acme", "environments": {"production": "https://a.example.com", "sandbox": "https://b.example.com",
    "lab": {"url": "http://c.example.com", "insecure": true}},
  "families": {"depot": {"title": "Depots", "prefixes": ["acme.depot", "acme.dock"]}},
  "features": {"goods": {"title": "Goods", "families": ["depot", "dock"]}},
  "request": {"body": "form", "method": "POST", "content_type": "text/plain",
    "parameters": {"query": {"method": "{api}"}, "form": {"v": "2"}, "headers": {"X-A": "a"}},
    "blank": "drop", "scalar_lists": "comma", "files": "multipart", "wrapper": "w", "xml_root": "x", "json_keys": "sorted",
    "places": {"query": ["a"], "headers": ["b"]}},
  "values": {"date": {"format": "%Y", "zone": "+08:00"}, "decimal": "text", "integer": "text", "json": "text", "nulls": "write",
    "types": {"Money": "decimal"}},
  "response": {"lists": "wrapped", "request_id_header": "id", "envelope": {
    "root": {"strip": "acme.", "suffix": "_response", "name": "n", "error": "e", "code": "c", "message": "m", "sub_code": "sc",
      "sub_message": "sm", "request_id": "r", "success": ["0"], "data": "d", "beside": ["s"]},
    "status": {"status": ["state"], "message": ["reason"], "success": ["0"], "absent": "success", "sub_code": "sc",
      "sub_message": "sm", "request_id": "r", "data": "d", "beside": ["s"]},
    "http": {"code": ["c", "d"], "message": "m", "sub_code": "sc", "sub_message": "sm", "request_id": "r", "data": "d",
      "beside": ["s"]}}},
  "retry": {"codes": ["7"], "sub_codes": ["isp."], "except_sub_codes": ["isp.no"], "wait": "{seconds} s"},
  "errors": {"codes": {"7": {"meaning": "busy", "hint": "wait", "clock": true, "http": 429, "when": ["missing parameter"]}}, "sub_codes": {"isp.*": {"meaning": "failed"}},
    "texts": {"late": {"meaning": "expired", "clock": false}}},
  "signing": {"acme": {
    "credentials": {"key": "id", "secret": "secret"}, "optional": ["key"],
    "clock": {"time": {"format": "unix", "zone": "+08:00", "plus": 5}}, "nonce": {"n": "uuid4"}, "op": ["action"],
    "put": {"query": {"key": "{key}"}},
    "let": {"base": {"text": "{key}"},
      "params": {"pairs": {"from": ["query"], "only": ["a"], "except": ["sign"], "drop": ["empty"], "name": ["lower"],
        "value": ["trim"], "merge": ",", "sort": "name", "item": "{k}{v}", "item_empty": "{k}", "join": "&"}},
      "mac": {"hmac": {"alg": "sha256", "key": "{secret}", "over": "{base}"}}},
    "place": {"query": {"sign": "{mac|HEX}"}},
    "variants": {"md5": {"clock": {"time": {"format": "unix", "plus": 6}}, "put": {"query": {"a": "b"}},
      "let": {"mac": {"text": "x"}}, "place": {"query": {"sign": "y"}}}},
    "default": "md5",
    "vectors": [{"name": "one", "source": "here", "variant": "md5", "credentials": {"key": "k"}, "clock": "now",
      "nonce": {"n": "1"}, "op": {"action": "a"},
      "request": {"method": "GET", "url": "https://a", "query": {"a": "1"}, "form": {"b": "2"},
        "headers": {"c": "3"}, "files": ["f"], "body": "x"},
      "expect": {"base": "z"}}]}}
}"#;

const PACKAGE: &str = r#"{"name": "acme", "version": "0.1.0", "description": "APIs", "license": "MIT",
  "keywords": ["api", "acme"], "categories": ["api-bindings"], "rust-version": "1.88", "default_families": ["acme-depot", "acme-dock"]}"#;

/// What is done to a spec, and what that is called.
type Mutation<T> = (&'static str, fn(&mut T));

/// One step down in a JSON value.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

fn at<'v>(value: &'v mut Value, path: &[Step]) -> &'v mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key).expect("a key"),
        Step::Index(index) => value.get_mut(index).expect("an item"),
    })
}

/// The paths of all nodes but the root.
fn nodes(value: &Value, above: &[Step], to: &mut Vec<Vec<Step>>) {
    let mut go = |step: Step, value: &Value| {
        let path = [above, &[step]].concat();
        to.push(path.clone());
        nodes(value, &path, to);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| go(Step::Key(key.clone()), value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| go(Step::Index(index), value)),
        _ => {}
    }
}

/// Words of every vocabulary of the format: one of them fits where a free text does not.
const WORDS: &[&str] = &[
    "DELETE",
    "query",
    "text",
    "page",
    "omit",
    "error",
    "none",
    "required",
    "json",
    "form",
    "keep",
    "drop",
    "comma",
    "bare",
    "number",
    "value",
    "integer",
    "top-json",
    "name",
    "derived",
    "request.crate",
    "9",
];

/// What a leaf may become.
fn others(leaf: &Value) -> Vec<Value> {
    match leaf {
        Value::String(text) => std::iter::once(format!("{text}x"))
            .chain(WORDS.iter().map(|word| (*word).to_owned()))
            .map(Value::String)
            .collect(),
        Value::Number(number) => vec![Value::from(number.as_i64().unwrap_or_default() + 1)],
        Value::Bool(flag) => vec![Value::Bool(!flag), Value::from("unknown")],
        _ => Vec::new(),
    }
}

/// Every mutation of a document: what was done, and what came out.
fn mutations(text: &str) -> Vec<(String, Value)> {
    let original: Value = serde_json::from_str(text).expect("JSON");
    let mut paths = Vec::new();
    nodes(&original, &[], &mut paths);
    let mut all = Vec::new();
    for path in paths {
        let (last, above) = path.split_last().expect("not the root");
        let leaf = at(&mut original.clone(), &path).clone();
        for other in others(&leaf) {
            let mut changed = original.clone();
            *at(&mut changed, &path) = other.clone();
            all.push((format!("{path:?} becomes {other}"), changed));
        }
        let mut without = original.clone();
        let parent = at(&mut without, above);
        match (parent, last) {
            (Value::Object(members), Step::Key(key)) => {
                let value = members.remove(key).expect("a member");
                all.push((format!("{path:?} is gone"), without.clone()));
                at(&mut without, above).as_object_mut().expect("an object").insert(format!("{key}_x"), value);
                all.push((format!("{path:?} has another key"), without));
            }
            (Value::Array(items), Step::Index(index)) => {
                items.remove(*index);
                all.push((format!("{path:?} is gone"), without));
            }
            _ => unreachable!(),
        }
    }
    all
}

/// Tries all mutations that still are specs; gives back how many there were.
fn try_all<T: serde::de::DeserializeOwned + PartialEq>(text: &str, diff: impl Fn(&T, &T) -> Vec<Change>) -> usize {
    let original: T = serde_json::from_str(text).expect("a spec");
    assert_eq!(diff(&original, &original), [], "no change, and a finding");
    let mut tried = 0;
    let mut silent = Vec::new();
    for (what, value) in mutations(text) {
        let Ok(changed) = serde_json::from_value::<T>(value) else { continue };
        if changed == original {
            continue;
        }
        tried += 1;
        for (one, other) in [(&original, &changed), (&changed, &original)] {
            if diff(one, other).is_empty() {
                silent.push(what.clone());
            }
        }
    }
    assert!(silent.is_empty(), "without a finding:\n{}", silent.join("\n"));
    tried
}

fn compare(old: &EndpointSpec, new: &EndpointSpec) -> Vec<Change> {
    let words: Entries<TypeMeaning> = Entries::new();
    endpoint(
        old,
        new,
        &Rules {
            words: &words,
            method: HttpMethod::Post,
            lists: ListForm::Wrapped,
            files: FileForm::Multipart,
            sending: Sending::FORM,
        },
    )
}

#[test]
fn every_leaf_of_a_transcript_counts() {
    assert!(try_all::<EndpointSpec>(TRANSCRIPT, compare) > 250);
}

#[test]
fn every_leaf_of_a_platform_file_counts() {
    assert!(try_all::<PlatformSpec>(PLATFORM, platform) > 700);
}

#[test]
fn every_leaf_of_a_crate_file_counts() {
    assert!(try_all::<CrateSpec>(PACKAGE, package) > 80);
}

/// What no transcript can hold: fixes set it.
#[test]
fn every_fact_that_only_fixes_set_counts() {
    let spec: EndpointSpec = serde_json::from_str(TRANSCRIPT).expect("a spec");
    // A field that is new in the format is missing here, or in the specimens above.
    let EndpointSpec {
        api: _,
        title: _,
        description: _,
        category: _,
        method: _,
        path: _,
        body: _,
        session: _,
        source: _,
        request: _,
        response: _,
        errors: _,
        statuses: _,
        samples: _,
        doubts: _,
        rust_name: _,
        deprecated: _,
        idempotent: _,
        op: _,
        envelope: EnvelopeNames { status: _, message: _, root: _, data: _ },
    } = &spec;
    let text = |text: &str| Some(text.to_owned());
    let mutations: [Mutation<EndpointSpec>; 8] = [
        ("rust_name", |spec| spec.rust_name = Some("Other".to_owned())),
        ("deprecated", |spec| spec.deprecated = Some("use another".to_owned())),
        ("idempotent", |spec| spec.idempotent = true),
        ("op", |spec| drop(spec.op.insert("action", "send".to_owned()))),
        ("envelope.status", |spec| spec.envelope.status.push("flag".to_owned())),
        ("envelope.message", |spec| spec.envelope.message.push("why".to_owned())),
        ("envelope.root", |spec| spec.envelope.root = Some("root".to_owned())),
        ("envelope.data", |spec| spec.envelope.data = Some("data".to_owned())),
    ];
    for (what, mutate) in mutations {
        let mut changed = spec.clone();
        mutate(&mut changed);
        let mut again = changed.clone();
        (again.rust_name, again.deprecated) =
            (again.rust_name.and(text("Third")), again.deprecated.and(text("for another reason")));
        assert_found(what, &spec, &changed);
        if again != changed {
            assert_found(what, &changed, &again);
        }
    }
}

#[test]
fn every_fact_of_a_field_that_only_fixes_set_counts() {
    let spec: EndpointSpec = serde_json::from_str(TRANSCRIPT).expect("a spec");
    let FieldSpec {
        type_word: _,
        items: _,
        place: _,
        required: _,
        default: _,
        example: _,
        max_length: _,
        max_items: _,
        min: _,
        max: _,
        description: _,
        fields: _,
        values: _,
        rust_name: _,
        rust_type: _,
        deprecated: _,
        renamed_from: _,
        log_shown: _,
    } = FieldSpec::default();
    let mutations: [Mutation<FieldSpec>; 9] = [
        ("log", |field| field.log_shown = true),
        ("rust_name", |field| field.rust_name = Some("other".to_owned())),
        ("rust_type", |field| field.rust_type = Some("Other".to_owned())),
        ("deprecated", |field| field.deprecated = Some("use another".to_owned())),
        ("renamed_from", |field| field.renamed_from = Some("lid".to_owned())),
        ("values", |field| field.values = values(&[("0", "No", None), ("1", "Yes", None)])),
        ("values.wire", |field| field.values = values(&[("0", "No", None), ("2", "Yes", None)])),
        ("values.name", |field| field.values = values(&[("0", "No", None), ("1", "Sure", None)])),
        ("values.doc", |field| field.values = values(&[("0", "No", None), ("1", "Yes", Some("it is"))])),
    ];
    for side in ["request", "response"] {
        let name = if side == "request" { "id" } else { "sent" };
        let field = |spec: &mut EndpointSpec, mutate: fn(&mut FieldSpec)| {
            let fields = if side == "request" { &mut spec.request } else { &mut spec.response };
            mutate(fields.get_mut(name).expect("a field"));
        };
        let mut with_values = spec.clone();
        field(&mut with_values, |field| field.values = values(&[("0", "No", None), ("1", "Yes", None)]));
        for (what, mutate) in mutations {
            let base = if what.starts_with("values.") { &with_values } else { &spec };
            let mut changed = base.clone();
            field(&mut changed, mutate);
            assert_found(what, base, &changed);
        }
    }
}

fn values(values: &[(&str, &str, Option<&str>)]) -> Entries<ValueSpec> {
    let spec = |name: &str, doc: Option<&str>| ValueSpec { name: name.to_owned(), doc: doc.map(str::to_owned) };
    values.iter().map(|(wire, name, doc)| (*wire, spec(name, *doc))).collect()
}

fn assert_found(what: &str, old: &EndpointSpec, new: &EndpointSpec) {
    assert!(!compare(old, new).is_empty(), "{what} is set without a finding");
    assert!(!compare(new, old).is_empty(), "{what} is gone without a finding");
}
