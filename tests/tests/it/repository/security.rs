//! What the security policy names is there, and CI builds what the lock file contains.

use std::fs;

use apograph_tests::root;
use serde_yaml::{Mapping, Value};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Texts in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Paths of the repository in the policy, each with the test or item that it names, if it does.
fn citations(policy: &str) -> Vec<(&str, Option<&str>)> {
    let starts = ["generator/", "tests/", "specs/", "generated/"];
    let paths = quoted(policy).filter(|text| starts.iter().any(|start| text.starts_with(start)));
    paths.map(|text| text.split_once("::").map_or((text, None), |(path, name)| (path, Some(name)))).collect()
}

#[test]
fn the_policy_cites_what_exists() {
    let policy = read(".github/SECURITY.md");
    let citations = citations(&policy);
    assert!(citations.len() > 20, "the evidence is gone: {citations:?}");
    for (path, name) in citations.into_iter().filter(|(path, _)| !path.ends_with('/')) {
        let text = read(path);
        let is_there = name.is_none_or(|name| text.contains(&format!("fn {name}(")));
        assert!(is_there, "{path} has no test {name:?}");
    }
}

/// The credentials that recipes of a platform file send as they are.
fn revealed(platform: &Value) -> Vec<&str> {
    let schemes = platform["signing"].as_mapping().into_iter().flat_map(Mapping::values);
    let lists = schemes.filter_map(|scheme| scheme["reveal"].as_sequence());
    lists.flatten().filter_map(Value::as_str).collect()
}

#[test]
fn no_included_platform_sends_a_secret() {
    let basic = "signing: {basic: {credentials: {user: id, password: secret}, reveal: [password]}}";
    assert_eq!(revealed(&serde_yaml::from_str(basic).expect("YAML")), ["password"]);
    let mut platforms = 0;
    for folder in fs::read_dir(root().join("specs")).expect("the specs") {
        let path = folder.expect("an entry").path().join("platform.yaml");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let platform = serde_yaml::from_str(&text).expect("a platform file");
        assert_eq!(revealed(&platform), [] as [&str; 0], "{}", path.display());
        platforms += 1;
    }
    assert!(platforms >= 7, "{platforms}");
}

/// Lines of a script that run a command of cargo which resolves dependencies, without a flag that keeps the lock file.
fn unlocked(script: &str) -> Vec<&str> {
    let commands = ["build", "check", "clippy", "doc", "package", "run", "test"];
    let resolves = |line: &str| commands.iter().any(|command| line.contains(&format!("cargo {command} ")));
    let own = |line: &str| {
        line.split(" -- ").next().is_some_and(|own| own.contains(" --locked") || own.contains(" --offline"))
    };
    let lines = script.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines.filter(|line| resolves(line) && !own(line)).collect()
}

#[test]
fn ci_builds_the_locked_versions() {
    assert_eq!(
        unlocked("cargo run -- --locked\ncargo fmt --all\n# cargo test x\nA=1 cargo test -q"),
        ["cargo run -- --locked", "A=1 cargo test -q"]
    );
    assert_eq!(unlocked(&read(".ci/run")), [] as [&str; 0]);
}
