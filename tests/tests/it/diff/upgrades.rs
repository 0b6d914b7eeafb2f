//! "Users must upgrade", against what becomes of calls: for every case of `diff/`, clients of the old crate and of the new one
//! call a server of the new pages. Users must upgrade if a call fails with the old crate and works with the new one.

use std::collections::{BTreeMap, BTreeSet};

use apograph::diagnostic::Diagnostics;
use apograph::diff;
use apograph::diff::verdict::Wire;
use apograph::dynamic::{Api, Credentials, Interpreted, Platform, Record};
use apograph::mock::{Credentials as Accepted, Gateway, Options, Outcome};
use apograph::model::{Arity, Endpoint, Field, Item, Model, Side};
use apograph::recipe::{Credential, CredentialKind};
use apograph::source::Sources;
use apograph::spec::Specs;
use apograph::terms::EnumWire;
use apograph_runtime::testing::read_answer;
use apograph_runtime::{Checks, Object, TableRequest, View, http, load};
use apograph_tests::corpus::{self, Case};
use apograph_tests::{fuzz, generation};
use serde_json::{Map, Value, json};

/// Cases whose calls do not show it, and why.
const UNSEEN: &[(&str, &str)] = &[
    ("api-param-changed", "the case has one API, and the parameter still has its name"),
    ("date-format", "dates that callers write as text are sent as they are"),
    ("decimal-form", "the server reads decimals in both forms"),
    ("err-envelope", "no call is wrong on purpose"),
    ("json-form", "the server reads JSON in both forms"),
    ("req-enum-to-number", "in a form, a number is a text"),
    ("req-enum-to-text", "in a form, a number is a text"),
    ("req-enum-value-renumbered", "the server accepts values that a set does not list"),
    ("resp-success-rule", "the server answers with the first status of a success"),
    ("sign-fact", "the signature of the case does not cover the value"),
];

/// Cases that show nothing without fields of every type.
const PROBED: &[&str] = &["decimal-form", "json-form", "req-file-form", "req-list-encoding"];

const PROBE: &str = "api: acme.depot.crate.probe
title: Probe
session: none
source: {layout: top-text, sha256: 0000000000000000000000000000000000000000000000000000000000000000}
request:
  photo: {type: 'byte[]'}
  labels: {type: 'String[]'}
  whole: {type: Whole, fields: {price: {type: Price}, value: {type: Json}}}
response:
  price: {type: Price}
";

/// What a caller chooses: an API, a gateway and a signature method, by their names, and whether to set optional credentials.
type Choice = (String, String, String, bool);

/// Clients of one crate.
struct Clients<'m>(Vec<Platform<'m>>);

impl<'m> Clients<'m> {
    fn new(model: &'m Model) -> Self {
        Self(model.platforms.iter().map(Platform::new).collect())
    }

    /// Calls every API with everything that its page documents, in all ways that callers can choose. Returns `None` for a call
    /// that fails.
    fn calls(&self, server: &Gateway) -> BTreeMap<Choice, Option<Answer>> {
        let mut calls = BTreeMap::new();
        for platform in &self.0 {
            for endpoint in platform.endpoints().filter(|endpoint| !endpoint.origin.is_lock()) {
                for environment in &platform.model().environments {
                    for (variant, (method, _)) in platform.model().scheme.plans().enumerate() {
                        for has_optional in [false, true] {
                            let call = Call { platform, endpoint, url: &environment.url, variant, has_optional };
                            let method = method.unwrap_or_default().to_owned();
                            let choice = (endpoint.api.clone(), environment.name.clone(), method, has_optional);
                            calls.insert(choice, call.answered(server));
                        }
                    }
                }
            }
        }
        calls
    }
}

/// What becomes of a call.
#[derive(Clone, Debug)]
struct Answer {
    /// What the server has to say about the request.
    notes: Vec<String>,
    /// The fields of the answer that the client's crate has, and whether they have a value.
    fields: BTreeMap<String, bool>,
}

struct Call<'c, 'm> {
    platform: &'c Platform<'m>,
    endpoint: &'m Endpoint,
    url: &'m str,
    variant: usize,
    has_optional: bool,
}

impl Call<'_, '_> {
    fn answered(&self, server: &Gateway) -> Option<Answer> {
        let (_, api) = self.platform.api(&self.endpoint.api)?;
        let request = self.request(api)?;
        let served = server.served().iter().find(|served| served.platform().name == self.platform.model().name)?;
        let hosts = served.platform().environments.iter().map(|environment| host(&environment.url));
        let reply = hosts.into_iter().any(|known| known == host(self.url)).then(|| server.answer(&request))?;
        if !matches!(reply.entry.outcome, Outcome::Success) {
            return None;
        }
        let mut answer = api.response();
        read_answer(reply.response, self.platform.protocol(), api.operation(), &mut answer).ok()?;
        Some(Answer { notes: reply.entry.notes, fields: read(&answer) })
    }

    fn request(&self, api: &Api) -> Option<http::Request<Vec<u8>>> {
        let Self { platform, endpoint, variant, has_optional, .. } = *self;
        let scheme = &platform.model().scheme;
        // The session is not a choice of the caller's: it is sent where the page wants it.
        let is_set = |known: &Credential| has_optional || !known.optional || known.kind == CredentialKind::Token;
        let values = Accepted::for_tests(platform.model()).values().to_vec();
        let values = values.into_iter().zip(&scheme.credentials);
        let values = values.map(|(value, known)| value.filter(|_| is_set(known))).collect();
        let credentials = Credentials::new(scheme, variant, values, Vec::new());
        let url = self.url.replacen("http:", "https:", 1);
        let client = Interpreted::client(platform, credentials).with_base_url(&url).ok()?.with_checks(Checks::Off);
        let mut record = api.request();
        let json = Value::Object(members(&endpoint.request, &endpoint.request.root, 0)).to_string();
        load(&json, &mut record).unwrap_or_else(|error| panic!("{json}: {error}"));
        let answer = || api.response();
        client.by_table(TableRequest { operation: api.operation(), object: &record, answer: &answer }).request().ok()
    }
}

fn host(url: &str) -> &str {
    url.split('/').nth(2).unwrap_or_default()
}

fn read(answer: &Record) -> BTreeMap<String, bool> {
    let fields = answer.shape().fields().zip(answer.fields());
    fields.map(|(field, value)| (field.wire().to_owned(), !matches!(value.view(), View::Absent))).collect()
}

fn members(side: &Side, fields: &[Field], depth: usize) -> Map<String, Value> {
    let sent = fields.iter().filter(|field| !field.origin.is_lock() && depth < 4);
    sent.map(|field| {
        let value = value(side, field, depth);
        (field.wire.clone(), if field.arity == Arity::Many { json!([value]) } else { value })
    })
    .collect()
}

fn value(side: &Side, field: &Field, depth: usize) -> Value {
    match field.item {
        Item::Text => json!("1"),
        Item::Integer => json!(1),
        Item::Decimal => json!("1.5"),
        Item::Boolean => json!(true),
        Item::Date => json!("2026-01-02 03:04:05"),
        Item::Json => json!("{\"a\":1}"),
        Item::Opaque => json!({}),
        Item::Map => json!({"a": "1"}),
        Item::File => json!({"name": "a.txt", "content_type": "text/plain", "base64": "aGVsbG8="}),
        Item::Enum(id) => {
            let set = &side.enums[id.0];
            let wire = set.values.first().map_or("1", |value| value.wire.as_str());
            if set.wire == EnumWire::Number { json!(wire.parse::<i64>().unwrap_or(1)) } else { json!(wire) }
        }
        Item::Object(id) => Value::Object(members(side, &side.object(id).fields, depth + 1)),
    }
}

/// The calls that fail with the old crate, or whose answers it does not read, and that the new crate mends.
fn mended(case: &Case) -> Vec<String> {
    let [old, new] = ["before", "after"].map(|side| {
        let (mut specs, lock) = case.specs(side);
        if PROBED.contains(&case.name.as_str()) {
            specs.insert("acme/depot/crate_probe.yaml".to_owned(), PROBE.to_owned());
        }
        // Features say nothing about calls, and only the lock of the old side knows some of them.
        if let Some(package) = specs.get_mut("crate.yaml") {
            *package = package
                .lines()
                .filter(|line| !line.starts_with("default_families"))
                .map(|line| format!("{line}\n"))
                .collect();
        }
        generation::check(&specs, lock.as_deref()).model
    });
    let server = Gateway::new(&Specs::default(), new, Options::default());
    let new = server.served().iter().map(|served| Platform::new(served.platform())).collect();
    let (before, after) = (Clients::new(&old).calls(&server), Clients(new).calls(&server));
    let apis = |calls: &BTreeMap<Choice, Option<Answer>>| {
        calls.keys().map(|(api, ..)| api.clone()).collect::<BTreeSet<String>>()
    };
    // The only new API is the old one under another name.
    let fresh: Vec<String> = apis(&after).difference(&apis(&before)).cloned().collect();
    let heir = |(api, environment, method, has_optional): &Choice| {
        let renamed = |api: &String| (api.clone(), environment.clone(), method.clone(), *has_optional);
        let found = after.get(&renamed(api)).or_else(|| after.get(&renamed(fresh.first()?)));
        found.cloned().flatten()
    };
    let is_mended = |(choice, was): &(&Choice, &Option<Answer>)| match (was, heir(choice)) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(was), Some(is)) => {
            let is_lost = |(wire, is_read): (&String, &bool)| !is_read && is.fields.get(wire) == Some(&true);
            was.fields.iter().any(is_lost) || was.notes.iter().any(|note| !is.notes.contains(note))
        }
    };
    before.iter().filter(is_mended).map(|(choice, was)| format!("{choice:?}: {was:?}, {:?}", heir(choice))).collect()
}

/// Whether users must upgrade, and whether that may depend on their values.
fn predicted(case: &Case) -> (bool, bool) {
    let sides = ["before", "after"].map(|side| {
        let (files, lock) = case.specs(side);
        diff::Texts { files, lock, ..diff::Texts::default() }
    });
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let [old, new] = diff::read(sides, &mut sources, &mut diagnostics).expect("two revisions");
    let report = diff::compare(old, new);
    (report.must_upgrade(), report.findings.iter().any(|finding| finding.verdict.wire == Wire::Depends))
}

#[test]
fn users_must_upgrade_where_only_the_new_crate_works() {
    let mut wrong = Vec::new();
    // Ordinary runs try every fifth case.
    let step = if fuzz::is_whole() { 1 } else { 5 };
    for case in corpus::cases("diff").into_iter().step_by(step) {
        let ((must_upgrade, depends), mended) = (predicted(&case), mended(&case));
        let is_unseen = UNSEEN.iter().any(|(name, _)| *name == case.name);
        let is_right = match (must_upgrade, mended.is_empty()) {
            (true, true) => is_unseen,
            (false, false) => depends,
            _ => !is_unseen,
        };
        if !is_right {
            wrong.push(format!("{}: predicted {must_upgrade}, depends {depends}, {mended:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
