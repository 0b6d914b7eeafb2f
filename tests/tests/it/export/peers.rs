//! Validators of other authors judge the documents, and judge requests and answers by them as the client does.
//!
//! `APOGRAPH_VALIDATORS` names a Python that has the packages in `tests/peers/openapi.txt`; `APOGRAPH_PEERS=1` installs them from PyPI
//! into `target/peers`. Otherwise nothing is tested here. The script is in `tests/peers`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use apograph::dynamic::{Api, Interpreted, Platform};
use apograph::export::{Folder, Format, export};
use apograph::mock::{Credentials, Gateway, Options};
use apograph::model::{Arity, Endpoint, Field, Item, Side};
use apograph::pipeline::Checked;
use apograph::spec::Specs;
use apograph_runtime::{Checks, Client, Error, FixedClock, TableRequest, http};
use apograph_tests::root;
use serde_json::{Map, Value, json};

use super::{SPECS, checked};

/// A value that the client checks is wrong in at most this many places of a request, one after the other.
const MOST_FAULTS: usize = 60;

fn run(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().expect("the program");
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn peers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

/// The Python with the validators. `None` unless the environment asks for these tests.
fn python() -> Option<PathBuf> {
    if let Some(python) = std::env::var_os("APOGRAPH_VALIDATORS") {
        return Some(python.into());
    }
    if std::env::var_os("APOGRAPH_PEERS").is_none() {
        let _ = writeln!(
            std::io::stderr(),
            "NOT TESTED: validators of exports: set APOGRAPH_VALIDATORS or APOGRAPH_PEERS=1"
        );
        return None;
    }
    let folder = root().join("target/peers/validators");
    fs::create_dir_all(&folder).expect("a folder");
    run(Command::new("python3").args(["-m", "venv", "."]).current_dir(&folder));
    let packages = peers().join("openapi.txt");
    run(Command::new("bin/pip").args(["install", "--quiet", "--requirement"]).arg(packages).current_dir(&folder));
    Some(folder.join("bin/python"))
}

/// Makes requests of a model's fields, with a fault in one place.
struct Filler<'m> {
    side: &'m Side,
    /// The place of the fault, and how many places there were so far.
    fault: Option<usize>,
    places: usize,
}

impl<'m> Filler<'m> {
    /// Whether the next place is that of the fault.
    fn is_here(&mut self) -> bool {
        self.places += 1;
        self.fault == Some(self.places - 1)
    }

    fn object(&mut self, fields: &'m [Field], depth: usize) -> Value {
        let mut members = Map::new();
        for field in fields.iter().filter(|field| !field.origin.is_lock()) {
            if field.required && self.is_here() {
                continue;
            }
            if let Some(value) = self.field(field, depth) {
                members.insert(field.wire.clone(), value);
            }
        }
        members.into()
    }

    fn field(&mut self, field: &'m Field, depth: usize) -> Option<Value> {
        if field.arity != Arity::Many {
            return self.item(field, depth);
        }
        let most = field.limits.max_items.map(|most| usize::try_from(most).expect("a small limit"));
        let is_long = most.is_some_and(|most| most < 200) && self.is_here();
        let item = self.item(field, depth)?;
        let count = if is_long { most.unwrap_or_default() + 1 } else { most.unwrap_or(2).min(2) };
        Some(vec![item; count].into())
    }

    fn item(&mut self, field: &'m Field, depth: usize) -> Option<Value> {
        let limits = &field.limits;
        Some(match field.item {
            Item::Text => {
                let most = limits.max_length.map(|most| usize::try_from(most).expect("a small limit"));
                let is_long = most.is_some_and(|most| most < 5000) && self.is_here();
                "文".repeat(if is_long { most.unwrap_or_default() + 1 } else { most.unwrap_or(3).min(3) }).into()
            }
            Item::Integer => {
                let (min, max) = (bound(limits.min.as_deref(), f64::ceil), bound(limits.max.as_deref(), f64::floor));
                if min.is_some() && self.is_here() {
                    return Some((min.unwrap_or_default() - 1).into());
                }
                if max.is_some() && self.is_here() {
                    return Some((max.unwrap_or_default() + 1).into());
                }
                min.or(max).unwrap_or(1).into()
            }
            Item::Boolean => true.into(),
            Item::Date => "2024-03-12 14:05:56".into(),
            Item::Decimal => limits.min.clone().or_else(|| limits.max.clone()).unwrap_or_else(|| "12.50".into()).into(),
            Item::Json => r#"{"a":[1]}"#.into(),
            Item::Opaque => json!({"a": [1]}),
            Item::Map => json!({"k": "值", "n": 1}),
            Item::File => json!({"name": "a.txt", "content_type": "text/plain", "base64": "YQ=="}),
            Item::Enum(id) => {
                let set = &self.side.enums[id.0];
                let listed = set.values.iter().find(|value| !value.origin.is_lock())?;
                match set.wire {
                    apograph::terms::EnumWire::Text => listed.wire.as_str().into(),
                    apograph::terms::EnumWire::Number => serde_json::from_str(&listed.wire).expect("a number"),
                }
            }
            Item::Object(id) if depth < 3 => self.object(&self.side.object(id).fields, depth + 1),
            Item::Object(_) => return None,
        })
    }
}

/// The integer within a limit that is nearest to it.
fn bound(limit: Option<&str>, round: fn(f64) -> f64) -> Option<i64> {
    let limit = limit?;
    limit.parse().ok().or_else(|| format!("{:.0}", round(limit.parse().ok()?)).parse().ok())
}

/// What the validators must find.
struct Case {
    what: String,
    is_valid: bool,
    line: Value,
}

/// A request as the script reads it.
fn sent(request: &http::Request<Vec<u8>>) -> Value {
    let headers = request.headers().iter();
    let headers: Map<String, Value> =
        headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into())).collect();
    json!({
        "method": request.method().as_str(),
        "url": request.uri().to_string(),
        "headers": headers,
        "body": String::from_utf8_lossy(request.body()),
    })
}

/// Requests of an API: a right one, and one for each place where the client finds a fault.
fn requests(document: &str, endpoint: &Endpoint, api: &Api, client: &Client<Interpreted>, cases: &mut Vec<Case>) {
    for fault in std::iter::once(None).chain((0..MOST_FAULTS).map(Some)) {
        let mut filler = Filler { side: &endpoint.request, fault, places: 0 };
        let json = filler.object(&endpoint.request.root, 0).to_string();
        if fault.is_some_and(|fault| fault >= filler.places) {
            break;
        }
        let read = api.read_request(&json);
        let errors: Vec<_> = read.problems.iter().filter(|problem| !problem.fault.is_warning()).collect();
        assert!(errors.is_empty(), "{document}: {json}: {errors:?}");
        let answer = || api.response();
        let by_table = || TableRequest { operation: api.operation(), object: &read.record, answer: &answer };
        let checked = client.by_table(by_table()).request();
        let is_valid = match &checked {
            Ok(_) => true,
            Err(Error::Violations(_)) => false,
            Err(error) => panic!("{document}: {error}"),
        };
        assert_eq!(is_valid, fault.is_none(), "{document}: {json}: {checked:?}");
        let unchecked = client.clone().with_checks(Checks::Off);
        // A path cannot be made without its field.
        let Ok(request) = unchecked.by_table(by_table()).request() else { continue };
        let line = json!({"document": document, "request": sent(&request)});
        cases.push(Case { what: format!("{document}: {json}"), is_valid, line });
    }
}

/// Writes the documents of both formats, and returns the cases of all their APIs.
fn cases(specs: &Specs, checked: Checked, folder: &Path) -> Vec<Case> {
    for format in [Format::OpenApi, Format::JsonSchema] {
        let documents = export(format, &checked.model, &checked.names, specs);
        let folder = Folder::new(folder, format);
        let plan = folder.plan(&documents).expect("a new folder");
        folder.apply(&plan).expect("files");
    }
    let mut cases = Vec::new();
    let mut calls = Vec::new();
    for (model, names) in checked.model.platforms.iter().zip(&checked.names.platforms) {
        let platform = Platform::new(model);
        let credentials = Credentials::for_tests(model).values().to_vec();
        let variant = model.scheme.variant(None).expect("the default");
        let client = Interpreted::client(
            &platform,
            apograph::dynamic::Credentials::new(&model.scheme, variant, credentials, Vec::new()),
        );
        let client = client.with_clock(FixedClock::at_unix(1_767_294_245));
        let client = client.with_base_url(&model.environments[0].url).expect("a gateway");
        for (family, families) in model.families.iter().zip(&names.families) {
            for (endpoint, names_of) in family.endpoints.iter().zip(&families.endpoints) {
                let document = format!("{}/{}/{}.openapi.json", names.module, families.module, names_of.module);
                let (_, api) = platform.api(&endpoint.api).expect("the API");
                if endpoint.origin.is_lock() {
                    continue;
                }
                let before = cases.len();
                requests(&document, endpoint, api, &client, &mut cases);
                calls.push((document, cases.get(before).map(|case| case.line["request"].clone())));
            }
        }
    }
    cases.extend(answers(Gateway::new(specs, checked.model, Options::default()), calls));
    cases
}

/// Answers of the repository's platforms that their documents do not allow.
fn wrong_answers() -> Vec<Case> {
    let wrong = [
        ("nio/aivoice/import_customer.openapi.json", json!({"status": "0", "data": 5})),
        ("nio/aivoice/import_customer.openapi.json", json!({"data": []})),
        ("top/alsc/crm_open_customer_save.openapi.json", json!({"result": 5})),
        ("alipay/trade/query.openapi.json", json!({"alipay_trade_query_response": {"code": "10000", "trade_no": 5}})),
    ];
    let case = |(document, answer): (&str, Value)| Case {
        what: format!("{document}: {answer}"),
        is_valid: false,
        line: json!({"document": document, "answer": answer}),
    };
    wrong.into_iter().map(case).collect()
}

/// The mock's answers to right requests.
fn answers(gateway: Gateway, calls: Vec<(String, Option<Value>)>) -> Vec<Case> {
    let mut cases = Vec::new();
    for (document, request) in calls {
        let Some(request) = request else { continue };
        let url: http::Uri = request["url"].as_str().expect("a URL").parse().expect("a URL");
        let mut builder = http::Request::builder().method(request["method"].as_str().expect("a method"));
        builder = builder.uri(url.path_and_query().expect("a path").as_str());
        for (name, value) in request["headers"].as_object().expect("headers") {
            builder = builder.header(name, value.as_str().expect("text").as_bytes());
        }
        let body = request["body"].as_str().expect("a body").as_bytes().to_vec();
        let reply = gateway.answer(&builder.body(body).expect("a request"));
        let Ok(answer) = serde_json::from_slice::<Value>(reply.response.body()) else { continue };
        let line = |answer: &Value| json!({"document": document, "answer": answer});
        cases.push(Case { what: format!("{document}: {answer}"), is_valid: true, line: line(&answer) });
    }
    cases
}

#[test]
fn validators_judge_as_the_client_does() {
    let Some(python) = python() else { return };
    let mut counts = BTreeMap::new();
    for (path, lock) in SPECS {
        let folder = tempfile::tempdir().expect("a folder");
        let (specs, checked) = checked(path, lock);
        let mut cases = cases(&specs, checked, folder.path());
        cases.extend(if path == "specs" { wrong_answers() } else { Vec::new() });
        let lines: Vec<String> = cases.iter().map(|case| case.line.to_string()).collect();
        let input = folder.path().join("cases.txt");
        fs::write(&input, lines.join("\n")).expect("a file");
        let verdicts = run(Command::new(&python).arg(peers().join("openapi.py")).arg(folder.path()).arg(&input));
        assert_eq!(verdicts.lines().count(), cases.len());
        let judged = cases.iter().zip(verdicts.lines());
        let wrong = judged.filter(|(case, verdict)| (*verdict == "null") != case.is_valid);
        let wrong: Vec<String> = wrong.map(|(case, verdict)| format!("{}: {verdict}", case.what)).collect();
        assert!(wrong.is_empty(), "{path}:\n{}", wrong.join("\n"));
        for case in cases {
            *counts.entry(case.is_valid).or_insert(0) += 1;
        }
    }
    assert!(counts[&true] > 50 && counts[&false] > 50, "{counts:?}");
}
