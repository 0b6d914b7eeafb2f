//! One rule decides about base URLs: `lint` accepts for a platform what the client accepts at run time.

use std::fs;

use apograph::diagnostic::Code;
use apograph_apis::top::{Credentials, Top};
use apograph_apis::{Client, Secret};
use apograph_tests::command::apograph;
use apograph_tests::{folder, root};

const ACCEPTED: &[&str] = &[
    "https://gateway.example.com",
    "https://gateway.example.com:8443/router/rest/",
    "https://203.0.113.7",
    "https://[2001:db8::7]:8443/rest",
    "http://localhost:8080/router",
    "http://LOCALHOST",
    "http://127.0.0.1",
    "http://127.3.2.1:8080/@me",
    "http://[::1]:8080",
];

const REJECTED: &[&str] = &[
    "",
    "gateway.example.com",
    "//gateway.example.com",
    "ftp://gateway.example.com",
    "file:///etc/passwd",
    "https://",
    "https:///router",
    "https://:443",
    "https://gateway.example.com:99999",
    "https://gateway.example.com:",
    "https://gateway.example.com:port",
    "https://gateway example.com",
    "https://gаteway.example.com", // The second letter is Cyrillic.
    "https://gateway.example.com/路由",
    "https://gateway.example.com\\@example.net",
    "https://user@gateway.example.com",
    "https://user:password@gateway.example.com",
    "https://gateway.example.com?token=1",
    "https://gateway.example.com/router?token=1",
    "https://gateway.example.com/#top",
    "http://gateway.example.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://127.0.0.1@gateway.example.com",
    "http://0.0.0.0",
    "http://10.0.0.1",
    "http://0x7f.1",
    "http://2130706433",
    "http://[::ffff:127.0.0.1]",
    "http://[::2]",
];

/// Returns whether `lint` accepts this text as the value of an environment.
fn lints(environment: &str) -> bool {
    let specs = tempfile::tempdir().expect("a folder");
    folder::write(specs.path(), &folder::read(&root().join("tests/diff/base")));
    let path = specs.path().join("acme/platform.yaml");
    let text = fs::read_to_string(&path).expect("the platform");
    let changed = text.replacen("https://gateway.example.com/router", environment, 1);
    assert_ne!(text, changed);
    fs::write(&path, changed).expect("the platform");
    let run = apograph(["lint", "--specs", specs.path().to_str().expect("a path in Unicode")]);
    let is_rejected = run.err.contains(Code::BadEnvironment.id());
    assert_eq!(is_rejected, !run.success, "{environment}: {}{}", run.out, run.err);
    !is_rejected
}

/// The text as a YAML scalar.
fn quoted(url: &str) -> String {
    format!("'{url}'")
}

#[test]
fn lint_and_client_accept_the_same() {
    let client = || Client::<Top>::new(Credentials::new("1", Secret::new("s")).expect("credentials"));
    let both = |url: &str| [lints(&quoted(url)), client().with_base_url(url).is_ok()];
    let all = ACCEPTED.iter().map(|url| (url, true)).chain(REJECTED.iter().map(|url| (url, false)));
    let wrong: Vec<String> = all
        .filter(|(url, expected)| both(url) != [*expected; 2])
        .map(|(url, _)| format!("{url}: accepted by [lint, client]: {:?}", both(url)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
