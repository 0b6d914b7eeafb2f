//! Signatures in the path and in the body, and the HTTP status of errors, as the mock server checks and sends them.

use std::sync::Arc;

use apograph::dynamic::{Credentials, Interpreted, Platform};
use apograph::mock::{Gateway, Options};
use apograph::source::Sources;
use apograph::{diagnostic, pipeline, spec};
use apograph_runtime::{FixedClock, Secret, TableRequest, http};

const PLATFORM: &str = "
title: Yard
environments: {production: 'https://api.yard.example/rest'}
families: {order: {title: Orders, prefixes: [yard.order]}}
request: {body: json, method: POST, content_type: application/json}
response: {lists: bare, envelope: {http: {code: code, message: message}}}
errors:
  codes:
    SIGN: {meaning: the signature is wrong, http: 401, when: [invalid sign, missing sign]}
    TIME: {meaning: the time is wrong, http: 403, when: [invalid time]}
    PARAM: {meaning: a parameter is wrong, when: [invalid parameter]}
signing:
  yard:
    credentials: {key: id, secret: secret}
    clock: {time: {format: unix}}
    put: {path: {time: '{time}'}, json: {app: '{key}'}}
    let: {base: {text: '{path}{body}{secret}'}}
    place: {path: {sign: '{base|sha1|hex}'}}
    vectors: {none: an example}
";

const TRANSCRIPT: &str = "
api: yard.order.create
path: /{time}/{sign}/orders/{id}
source: {layout: hand}
request:
  id: {type: String, required: true}
  name: {type: String}
response:
  ok: {type: Boolean}
";

const NOW: u64 = 1_700_000_000;

struct Yard {
    gateway: Gateway,
    request: http::Request<Vec<u8>>,
}

/// A gateway, and a request that it accepts.
fn yard() -> Yard {
    let package = "name: yard-apis\nversion: 0.1.0\ndescription: x\nlicense: MIT\nrust-version: '1.88'\n";
    let files = [("crate.yaml", package), ("yard/platform.yaml", PLATFORM), ("yard/order/create.yaml", TRANSCRIPT)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    let (mut sources, mut diagnostics) = (Sources::new(), diagnostic::Diagnostics::new());
    let specs = spec::load_texts("specs", files, &mut sources, &mut diagnostics);
    let checked = pipeline::check(&specs, Default::default(), &mut diagnostics);
    let checked =
        checked.unwrap_or_else(|| panic!("{}", diagnostic::render(&diagnostics, &sources, diagnostic::Color::Never)));
    let options = Options { clock: Arc::new(FixedClock::at_unix(NOW)), ..Options::default() };
    let gateway = Gateway::new(&specs, checked.model, options);
    let served = &gateway.served()[0];
    let model = served.platform();
    let platform = Platform::new(model);
    let (_, api) = platform.api("yard.order.create").expect("the API");
    let values: Vec<Option<Secret>> = served.credentials().values().to_vec();
    let client = Interpreted::client(&platform, Credentials::new(&model.scheme, 0, values, Vec::new()));
    let client =
        client.with_clock(FixedClock::at_unix(NOW)).with_base_url("https://api.yard.example/rest").expect("a gateway");
    let read = api.read_request(r#"{"id": "7/8", "name": "box"}"#);
    let answer = || api.response();
    let request = TableRequest { operation: api.operation(), object: &read.record, answer: &answer };
    let request = client.by_table(request).request().expect("a request");
    Yard { gateway, request }
}

impl Yard {
    /// The status and the code of the answer to a changed request.
    fn answer(&self, path: impl Fn(&str) -> String, body: impl Fn(&str) -> String) -> (u16, String) {
        let sent = &self.request;
        let text = String::from_utf8(sent.body().clone()).expect("text");
        let changed = http::Request::builder()
            .method(sent.method())
            .uri(path(sent.uri().path()))
            .header("content-type", "application/json")
            .body(body(&text).into_bytes())
            .expect("a request");
        let response = self.gateway.answer(&changed).response;
        let json: serde_json::Value = serde_json::from_slice(response.body()).expect("JSON");
        (response.status().as_u16(), json["code"].as_str().unwrap_or("none").to_owned())
    }
}

#[test]
fn a_signature_in_the_path_is_checked() {
    let yard = yard();
    let same = str::to_owned;
    let sign = yard.request.uri().path().split('/').nth(3).expect("a signature").to_owned();
    assert_eq!(sign.len(), 40, "{}", yard.request.uri());
    assert_eq!(yard.answer(same, same), (200, "none".to_owned()));
    let wrong = (401, "SIGN".to_owned());
    assert_eq!(yard.answer(|path| path.replace(&sign, "c0ffee"), same), wrong);
    assert_eq!(yard.answer(|path| path.replace("7%2F8", "9"), same), wrong);
    assert_eq!(yard.answer(same, |body| body.replace("box", "bag")), wrong);
}

#[test]
fn errors_have_the_documented_http_status() {
    let yard = yard();
    let same = str::to_owned;
    assert_eq!(yard.answer(|path| path.replace("1700000000", "1600000000"), same), (403, "TIME".to_owned()));
    // Without one, a platform whose HTTP status reports errors answers with 400.
    assert_eq!(yard.answer(same, |body| body.replace("\"app\"", "\"ap\"")), (400, "PARAM".to_owned()));
}
