//! Fields of the signature and of calls in the path, the query and the body of a platform that only data describes.

use apograph::dynamic::{Credentials, Interpreted, Platform};
use apograph::lock;
use apograph::pipeline::Checked;
use apograph_runtime::sign::Location;
use apograph_runtime::{Coverage, FixedClock, Secret, SigningReport, TableRequest, http};
use apograph_tests::folder::Texts;
use apograph_tests::generation;

const PLATFORM: &str = "
title: Yard
environments: {production: 'https://api.yard.example/{app}'}
families: {order: {title: Orders, prefixes: [yard.order]}}
request: {body: json, method: POST, content_type: application/json}
response: {lists: bare, envelope: {http: {code: code, message: message}}}
signing:
  yard:
    credentials: {key: id, secret: secret}
    clock: {time: {format: unix}}
    put: {path: {app: '{key}'}, json: {time: '{time}'}, headers: {X-Time: '{time}'}}
    let: {base: {text: '{path}{body}{secret}'}, sum: {text: '{base|sha512|hex}'}}
    place: {headers: {X-Sign: '{sum}{sum|sha512|hex}'}}
    vectors: {none: an example}
";

const TRANSCRIPT: &str = "
api: yard.order.create
path: /orders
source: {layout: hand}
request:
  name: {type: String}
  dry_run: {type: Boolean, in: query}
  X-Shop: {type: String, in: header}
";

fn specs(transcript: &str) -> Texts {
    let package = "name: yard-apis\nversion: 0.1.0\ndescription: x\nlicense: MIT\nrust-version: '1.88'\n";
    let files = [("crate.yaml", package), ("yard/platform.yaml", PLATFORM), ("yard/order/create.yaml", transcript)];
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

fn with_request<T>(checked: &Checked, json: &str, then: impl FnOnce(SigningReport) -> T) -> T {
    let model = &checked.model.platforms[0];
    let platform = Platform::new(model);
    let (_, api) = platform.api("yard.order.create").expect("the API");
    let values = ["k 1", "s3cret"].map(|value| Some(Secret::from(value))).to_vec();
    let client = Interpreted::client(&platform, Credentials::new(&model.scheme, 0, values, Vec::new()));
    let client = client.with_clock(FixedClock::at_unix(1_700_000_000));
    let client = client.with_base_url(&model.environments[0].url).expect("a gateway");
    let read = api.read_request(json);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let answer = || api.response();
    let request = TableRequest { operation: api.operation(), object: &read.record, answer: &answer };
    then(client.by_table(request).explain().expect("a report"))
}

const JSON: &str = r#"{"name": "box", "dry_run": true, "X-Shop": "s"}"#;

#[test]
fn reports_list_what_is_put_into_path_and_body() {
    let checked = generation::check(&specs(TRANSCRIPT), None);
    with_request(&checked, JSON, |report| {
        let shown: Vec<_> = report
            .parameters()
            .iter()
            .map(|known| (known.location(), known.name(), known.value(), known.coverage()))
            .collect();
        let signature = report.signature().expect("a signature");
        assert_eq!(
            shown,
            [
                (Location::Path, "app", "k 1", Coverage::Signed),
                (Location::Query, "dry_run", "true", Coverage::Unsigned),
                (Location::Json, "time", "1700000000", Coverage::Signed),
                (Location::Headers, "Content-Type", "application/json", Coverage::Unsigned),
                (Location::Headers, "X-Shop", "s", Coverage::Unsigned),
                (Location::Headers, "X-Time", "1700000000", Coverage::Unsigned),
                (Location::Headers, "X-Sign", signature, Coverage::Signature),
            ]
        );
        // The header is complete where the request is printed.
        assert_eq!(signature.len(), 256);
        assert!(report.to_string().contains(&format!("\nX-Sign: {signature}\n")), "{report}");
    });
}

#[test]
fn a_removed_field_stays_where_it_was_sent() {
    let live = generation::check(&specs(TRANSCRIPT), None);
    let sent = |checked: &Checked| {
        with_request(checked, JSON, |report| {
            let request: http::Request<Vec<u8>> = report.into_request();
            (request.uri().to_string(), request.headers().get("X-Shop").cloned(), request.into_body())
        })
    };
    let lock = live.lock();
    let lines = ["    X-Shop as x_shop: text at header\n", "    dry_run: boolean at query\n", "    name: text\n"];
    assert!(lines.iter().all(|line| lock.contains(line)), "{lock}");
    let without = TRANSCRIPT.lines().filter(|line| !line.contains("in: "));
    let without: String = without.map(|line| format!("{line}\n")).collect();
    let removed = generation::check(&specs(&without), Some(&lock));
    assert_eq!(lock::tombstones(&removed.model), 2);
    assert_eq!(sent(&removed), sent(&live));
    assert!(removed.lock().contains("    dry_run: boolean at query removed\n"), "{}", removed.lock());
}
