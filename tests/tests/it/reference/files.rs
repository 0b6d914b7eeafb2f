//! The blocks of the reference that are files or parts of files.

use apograph::diagnostic::Diagnostics;
use apograph::dynamic::{Credentials, Interpreted, Platform};
use apograph::lock;
use apograph::pipeline::Checked;
use apograph::source::Sources;
use apograph::spec;
use apograph_runtime::{FixedClock, Secret, TableRequest};
use apograph_tests::reference::Reference;

use super::context::{check, clean, platform, specs, transcript, value, yard};

/// The request that a call of the only API sends, as text.
fn sent(checked: &Checked, values: &[&str], json: &str) -> String {
    let model = &checked.model.platforms[0];
    let platform = Platform::new(model);
    let name = platform.endpoints().next().expect("an API").api.clone();
    let (_, api) = platform.api(&name).expect("its tables");
    let variant = model.scheme.variant(None).expect("a variant");
    let nonces = vec![("once".to_owned(), "0123456789abcdef".to_owned())];
    let values = values.iter().map(|value| Some(Secret::from(*value))).collect();
    let client = Interpreted::client(&platform, Credentials::new(&model.scheme, variant, values, nonces));
    let client = client.with_clock(FixedClock::at_unix(1_451_620_800));
    let client = client.with_base_url(&model.environments[0].url).expect("a gateway");
    let body = api.read_request(json);
    assert!(body.problems.is_empty(), "{:?}", body.problems);
    let answer = || api.response();
    let request = client.by_table(TableRequest { operation: api.operation(), object: &body.record, answer: &answer });
    let (head, body) = request.request().expect("a request").into_parts();
    let headers = head.headers.iter().filter(|(name, _)| name.as_str().starts_with("x-"));
    let headers: String = headers.map(|(name, value)| format!("{name}: {}\n", value.to_str().expect("text"))).collect();
    format!("{} {}\n{headers}{}", head.method, head.uri, String::from_utf8(body).expect("text"))
}

#[test]
fn the_files_of_a_platform_work_together() {
    let reference = Reference::read();
    let fixes = reference.yaml("Fixes");
    let fixes = format!("{}- {{at: op.action, now: CreateOrder, why: an example}}\n", fixes[0]);
    let checked = clean(&specs(&yard(&reference), reference.yaml("Transcripts")[0], &fixes));
    let request = sent(
        &checked,
        &["12345678", "helloworld", "test"],
        r#"{"shop": "s 1", "urgent": true, "level": 2, "tags": ["a"], "buyer": {"name": "王"}}"#,
    );
    let expected = "POST https://api.yard.example/rest/shops/s%201/orders?method=yard.order.create&format=json&urgent=true\
                    &key=12345678&session=test&time=2016-01-01+12%3A00%3A00&once=0123456789abcdef&sign_method=sha\
                    &sign=C1192DF40054733F7BEB4ADFA1A5C89AC3F444F7F0F53B4786517B5F15ACB36E\nx-client: apograph\n\
                    {\"level\":2,\"tags\":[\"a\"],\"buyer\":{\"name\":\"王\"}}";
    assert_eq!(request, expected);
}

#[test]
fn a_recipe_can_have_no_vectors_for_a_reason() {
    let reference = Reference::read();
    let recipe = "signing:\n  x:\n    credentials: {key: id, secret: secret}\n    let: {base: {text: '{key}{secret}'}}\n    \
                  place: {headers: {X-Sign: '{base|sha1|hex}'}}\n    ";
    clean(&specs(&platform(&format!("{recipe}{}", reference.yaml("Vectors")[1])), "", ""));
    assert!(check(&specs(&platform(recipe.trim_end()), "", "")).0.is_none());
}

#[test]
fn a_transcript_by_hand_is_a_transcript() {
    let reference = Reference::read();
    let checked = clean(&specs(&platform("{}"), reference.yaml("Transcripts by hand")[0], ""));
    let request =
        "POST https://api.yard.example/rest\nx-sign: 10133f797b0397550879e38c5283ac9004930869\n{\"order_id\":\"7\"}";
    assert_eq!(sent(&checked, &["k", "s"], r#"{"order_id": "7"}"#), request);
}

#[test]
fn fields_travel_where_the_reference_has_them() {
    let reference = Reference::read();
    let requests = reference.yaml("Requests");
    let (places, wrapper) = (transcript(requests[0]), platform(requests[1]));
    let checked = clean(&specs(&platform("{}"), &places, ""));
    let json = r#"{"shop": "s 1", "notify": "n", "X-Trace": "t", "amount": {"total": "1.50"}}"#;
    let request = "POST https://api.yard.example/rest/shops/s%201/orders?notify=n\nx-trace: t\n\
                   x-sign: 10133f797b0397550879e38c5283ac9004930869\n{\"amount\":{\"total\":\"1.50\"}}";
    assert_eq!(sent(&checked, &["k", "s"], json), request);

    let fields =
        transcript("request: {b: {type: Integer}, a: {type: Pair, fields: {d: {type: String}, c: {type: String}}}}");
    let checked = clean(&specs(&wrapper, &fields, ""));
    let request = "POST https://api.yard.example/rest\nx-sign: 10133f797b0397550879e38c5283ac9004930869\n\
                   lang=zh&param_json=%7B%22a%22%3A%7B%22c%22%3A%22y%22%2C%22d%22%3A%22x%22%7D%2C%22b%22%3A1%7D";
    assert_eq!(sent(&checked, &["k", "s"], r#"{"b": 1, "a": {"d": "x", "c": "y"}}"#), request);
}

/// Entries of a fix file, each as a file of its own.
fn entries(fixes: &str) -> Vec<String> {
    let all = value(fixes);
    let all = all.as_sequence().expect("a list");
    all.iter().map(|entry| serde_yaml::to_string(&[entry]).expect("YAML")).collect()
}

/// What a platform with an API and a fix means. `None` if anything is wrong.
fn meaning(platform: &str, transcript: &str, fix: &str) -> Option<String> {
    let (checked, ..) = check(&specs(platform, transcript, fix));
    checked.map(|checked| format!("{:?} {:?}", checked.model, checked.names))
}

#[test]
fn every_fix_has_an_effect() {
    let reference = Reference::read();
    let transcript = reference.yaml("Transcripts")[0];
    // Facts of the envelope belong to platforms with such an envelope, and facts of the signature to recipes that name them.
    let plain = "families: {order: {title: Orders, prefixes: [yard.order]}}\n";
    let session = "signing: {x: {credentials: {key: id, secret: secret, session: token}, optional: [session, op.action], op: [action], \
                   put: {headers: {X-Session: '{session?}', X-Action: '{op.action?}'}}, let: {base: {text: '{key}{secret}'}}, \
                   place: {headers: {X-Sign: '{base|sha1|hex}'}}, vectors: {none: an example}}}\n";
    let status =
        "response: {lists: bare, envelope: {status: {status: code, message: msg, success: ['0'], data: data}}}\n";
    let root =
        "response: {lists: bare, envelope: {root: {suffix: _response, error: error, code: code, message: msg}}}\n";
    let platforms = [status, root].map(|response| platform(&format!("{plain}{session}{response}")));
    let fixes = reference.yaml("Fixes");
    let mut tried = 0;
    for entry in fixes.iter().flat_map(|block| entries(block)) {
        let has_effect = |platform: &String| {
            let without = meaning(platform, transcript, "").expect("a platform");
            meaning(platform, transcript, &entry).is_some_and(|with| with != without)
        };
        let report = || check(&specs(&platforms[0], transcript, &entry)).2;
        assert!(platforms.iter().any(has_effect), "{entry}{}", report());
        tried += 1;
    }
    assert!(tried >= 15, "{tried}");
}

#[test]
fn every_last_part_of_a_path_has_an_example() {
    let reference = Reference::read();
    let table = reference.table("Fixes", "last part of the path");
    let shown: Vec<String> = reference.yaml("Fixes").iter().flat_map(|block| entries(block)).collect();
    for name in table.rows.iter().flat_map(|row| &row[0].code) {
        let name = name.replace("<name>", "action");
        let is_last = |entry: &&String| {
            let at = value(entry)[0]["at"].as_str().unwrap_or_default().to_owned();
            at == name || at.ends_with(&format!(".{name}"))
        };
        assert!(shown.iter().any(|entry| is_last(&entry)), "no example of `{name}`");
    }
}

#[test]
fn a_base_url_without_encryption_needs_its_mark() {
    let reference = Reference::read();
    let environments = reference.yaml("platform.yaml")[1];
    let checked = clean(&specs(&platform(environments), "", ""));
    let names: Vec<(&str, bool)> =
        checked.model.platforms[0].environments.iter().map(|known| (known.name.as_str(), known.insecure)).collect();
    assert_eq!(names, [("production", false), ("plant", true)]);
    let unmarked = environments.replace("insecure: true", "insecure: false");
    assert!(check(&specs(&platform(&unmarked), "", "")).0.is_none());
}

#[test]
fn crates_find_their_runtime_in_every_form() {
    let reference = Reference::read();
    let [package, runtimes] = reference.yaml("crate.yaml")[..] else { panic!("two blocks") };
    let platform = platform("{}");
    let texts = |package: &str| {
        let mut texts = specs(&platform, &transcript("request: {}"), "");
        texts.insert("crate.yaml".to_owned(), package.to_owned());
        texts
    };
    clean(&texts(package));
    let mut forms = 0;
    for line in runtimes.lines() {
        let other = package.lines().map(|known| if known.starts_with("runtime:") { line } else { known });
        clean(&texts(&other.map(|line| format!("{line}\n")).collect::<String>()));
        forms += 1;
    }
    assert_eq!(forms, 6);
    let only = reference.yaml("A crate of some APIs")[0];
    let only = only.replace("acme.depot.*", "yard.order.*").replace("acme.yard.gate.open", "yard.order.sync");
    clean(&texts(&format!("{package}{only}")));
}

#[test]
fn an_approval_is_read() {
    let reference = Reference::read();
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let text = reference.yaml("approvals.yaml")[0].to_owned();
    assert!(spec::load_approvals("approvals.yaml", text, &mut sources, &mut diagnostics).is_some());
    assert!(diagnostics.is_empty());
}

#[test]
fn the_lock_of_the_reference_is_one() {
    let reference = Reference::read();
    let block = reference.blocks.iter().find(|block| block.section == "api.lock").expect("a lock");
    let lines = block.text.lines().map(|line| line.split(" #").next().unwrap_or_default().trim_end());
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let file = sources.add("api.lock", text.as_str());
    lock::read(file, &sources, &mut diagnostics);
    assert!(
        diagnostics.is_empty(),
        "{}",
        apograph::diagnostic::render(&diagnostics, &sources, apograph::diagnostic::Color::Never)
    );
}

#[test]
fn editors_are_given_schemas_that_exist() {
    let reference = Reference::read();
    let block = reference.blocks.iter().find(|block| block.language == "json").expect("settings");
    let settings: serde_json::Value = serde_json::from_str(&block.text).expect("JSON");
    let named = settings["yaml.schemas"].as_object().expect("schemas");
    assert!(named.len() >= 2);
    for name in named.keys() {
        let name = name.strip_prefix("schemas/").and_then(|name| name.strip_suffix(".json")).expect("a name");
        assert!(spec::json_schema(name).is_some(), "{name}");
    }
}

#[test]
fn every_block_of_yaml_is_run() {
    // Sections whose blocks tests of this module run, and the number of blocks.
    let run = [
        ("Transcripts", 1),
        ("Transcripts by hand", 1),
        ("Fixes", 2),
        ("platform.yaml", 2),
        ("Requests", 2),
        ("Envelopes", 5),
        ("Signing recipes", 4),
        ("Steps", 2),
        ("Vectors", 2),
        ("crate.yaml", 2),
        ("A crate of some APIs", 1),
        ("approvals.yaml", 1),
        ("pages.yaml", 2),
    ];
    // And those that `cli::tutorial` runs.
    let others = [("From a signature page to a green vector", 3)];
    let mut found: Vec<(String, usize)> = Vec::new();
    for block in Reference::read().blocks.iter().filter(|block| block.language == "yaml") {
        match found.last_mut().filter(|(section, _)| *section == block.section) {
            Some((_, count)) => *count += 1,
            None => found.push((block.section.clone(), 1)),
        }
    }
    let mut known: Vec<(String, usize)> =
        run.iter().chain(&others).map(|(name, count)| ((*name).to_owned(), *count)).collect();
    known.sort();
    found.sort();
    assert_eq!(found, known);
}
