//! `--fail-on error` fails where a spec changes where requests and secrets go, or what protects them.

use std::fs;
use std::path::Path;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use serde_json::Value;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

/// A change of the platform file: what it does, the text before and after, and the kind and path of the finding.
type Gate = (&'static str, &'static [&'static str; 2], [&'static str; 2]);

const ENVIRONMENTS: &str = "environments:\n  production: https://gateway.example.com/router\n";
const CREDENTIALS: &str = "credentials: {key: id, secret: secret, session: token}";

const GATES: &[Gate] = &[
    (
        "a new gateway becomes the default",
        &[
            ENVIRONMENTS,
            "environments:\n  nearer: https://gateway.example.net/router\n  production: https://gateway.example.com/router\n",
        ],
        ["host-default", "environments.nearer"],
    ),
    (
        "a known gateway becomes the default",
        &[
            "  production: https://gateway.example.com/router\n  sandbox: https://sandbox.example.com/router\n",
            "  sandbox: https://sandbox.example.com/router\n  production: https://gateway.example.com/router\n",
        ],
        ["host-default", "environments.sandbox"],
    ),
    (
        "the default gateway has another address",
        &["https://gateway.example.com/router", "https://gateway.example.net/router"],
        ["host-changed", "environments.production"],
    ),
    (
        "another gateway has another address",
        &["https://sandbox.example.com/router", "https://sandbox.example.net/router"],
        ["host-changed", "environments.sandbox"],
    ),
    (
        "a gateway is no longer encrypted",
        &["https://sandbox.example.com/router", "{url: 'http://sandbox.example.com/router', insecure: true}"],
        ["scheme-downgraded", "environments.sandbox"],
    ),
    (
        "a gateway is marked as insecure",
        &["https://sandbox.example.com/router", "{url: 'http://sandbox.example.com/router', insecure: true}"],
        ["host-insecure", "environments.sandbox.insecure"],
    ),
    (
        "a new gateway is insecure",
        &[
            "https://sandbox.example.com/router\n",
            "https://sandbox.example.com/router\n  lab: {url: 'http://lab.example.com', insecure: true}\n",
        ],
        ["host-insecure", "environments.lab.insecure"],
    ),
    (
        "a secret is shown",
        &[CREDENTIALS, "credentials: {key: id, secret: id, session: token}"],
        ["credential-exposed", "signing.acme.credentials.secret"],
    ),
    (
        "a token is shown",
        &[CREDENTIALS, "credentials: {key: id, secret: secret, session: id}"],
        ["credential-exposed", "signing.acme.credentials.session"],
    ),
    (
        "a token is revealed",
        &["optional: [session]", "optional: [session]\n    reveal: [session]"],
        ["credential-exposed", "signing.acme.reveal[0]"],
    ),
    (
        "a token moves into a header",
        &[
            "put: {query: {key: '{key}', session: '{session?}', ",
            "put: {headers: {Session: '{session?}'}, query: {key: '{key}', ",
        ],
        ["sign-rule-changed", "signing.acme.put.headers.Session"],
    ),
    (
        "clients that choose no signature method use another one",
        &["default: sha256", "default: md5"],
        ["sign-alg-default", "signing.acme.default"],
    ),
    (
        "every call goes to one API",
        &["query: {method: '{api}'}", "query: {method: acme.depot.close}"],
        ["api-param-changed", "request.parameters.query.method"],
    ),
    (
        "the parameter that names the API moves",
        &["    query: {method: '{api}'}\n", "    query: {v: '1'}\n    headers: {method: '{api}'}\n"],
        ["api-param-changed", "request.parameters.headers.method"],
    ),
    (
        "a header has the name of the parameter that names the API",
        &["    query: {method: '{api}'}\n", "    query: {method: '{api}'}\n    headers: {Method: acme.depot.close}\n"],
        ["api-param-changed", "request.parameters.headers.Method"],
    ),
    (
        "the gateway is not told which API is called",
        &["    query: {method: '{api}'}\n", "    query: {v: '1'}\n"],
        ["api-param-changed", "request.parameters.query.method"],
    ),
];

fn specs(folder: &Path, platform: &str) {
    fs::create_dir_all(folder.join("acme/depot")).expect("folders");
    let files = [("crate.yaml", PACKAGE), ("acme/platform.yaml", platform), ("acme/depot/crate_send.yaml", TRANSCRIPT)];
    for (path, text) in files {
        fs::write(folder.join(path), text).expect("a file");
    }
}

/// Compares two platform files, failing on errors.
fn diff(before: &str, after: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let [old, new] = ["before", "after"].map(|side| folder.path().join(side));
    specs(&old, before);
    specs(&new, after);
    let [old, new] = [&old, &new].map(|path| path.to_str().expect("a path in Unicode"));
    apograph(["diff", old, new, "--all", "--format", "json", "--fail-on", "error"])
}

/// Kind, path and level of every finding.
fn findings(run: &Run) -> Vec<[String; 3]> {
    let report: Value =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().expect("findings").iter();
    findings.map(|finding| [text(finding, "id"), text(finding, "path"), text(finding, "level")]).collect()
}

/// A platform with an unencrypted gateway is new: the platform alone would be good to know, and no more.
#[test]
fn a_new_platform_with_an_insecure_gateway_does_not_pass() {
    let folder = tempfile::tempdir().expect("a folder");
    let [old, new] = ["before", "after"].map(|side| folder.path().join(side));
    let insecure = PLATFORM
        .replacen("https://sandbox.example.com/router", "{url: 'http://sandbox.example.com', insecure: true}", 1)
        .replace("acme", "bolt");
    for (side, platform) in [(&old, None), (&new, Some(insecure))] {
        specs(side, PLATFORM);
        if let Some(platform) = platform {
            fs::create_dir_all(side.join("bolt")).expect("a folder");
            fs::write(side.join("bolt/platform.yaml"), platform).expect("a file");
        }
    }
    let [old, new] = [&old, &new].map(|path| path.to_str().expect("a path in Unicode"));
    let run = apograph(["diff", old, new, "--format", "json", "--fail-on", "error"]);
    assert_eq!(run.outcome, Outcome::Findings, "{}{}", run.out, run.err);
    let expected = ["host-insecure", "environments.sandbox.insecure", "error"].map(str::to_owned);
    assert!(findings(&run).contains(&expected), "{}", run.out);
}

#[test]
fn no_change_of_route_or_secrecy_passes() {
    let mut passed = Vec::new();
    for (what, [from, to], [kind, path]) in GATES {
        let changed = PLATFORM.replacen(from, to, 1);
        assert_ne!(changed, PLATFORM, "{what}: the base lacks the text");
        let run = diff(PLATFORM, &changed);
        let expected = [*kind, *path, "error"].map(str::to_owned);
        if run.outcome != Outcome::Findings || !findings(&run).contains(&expected) {
            passed.push(format!("{what}: {:?}\n{}{}", run.outcome, run.out, run.err));
        }
    }
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}
