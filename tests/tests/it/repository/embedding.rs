//! What programs carry of this repository: the runtime's sources, for `generate --embed-runtime`, and the platforms, for
//! `apograph init`. With `APOGRAPH_BLESS=1` both are written anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use apograph_tests::{corpus, folder, root};
use serde_json::Value;

use super::packages::packages;

/// Compares a file of the repository with what it should contain, or writes it.
fn expect(path: &str, text: &str) {
    let path = root().join(path);
    if corpus::is_blessing() {
        fs::write(path, text).expect("a file");
    } else {
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(found == text, "{} is outdated: run this test with APOGRAPH_BLESS=1", path.display());
    }
}

const SOURCES: &str = "generator/runtime/src/sources.rs";

#[test]
fn the_runtime_lists_its_sources_and_what_they_need() {
    let text = fs::read_to_string(root().join(SOURCES)).expect("the list");
    let (head, _) = text.split_once("/// Each feature,").expect("the tables");
    let package = packages().into_iter().find(|package| package["name"] == "apograph-runtime").expect("the runtime");
    let tables = [features(&package), dependencies(&package), files()];
    expect(SOURCES, &format!("{head}{}", tables.join("\n")));
}

fn features(package: &Value) -> String {
    let mut table = table("Each feature, with what it enables.", "FEATURES: &[(&str, &[&str])]");
    for (name, enabled) in package["features"].as_object().expect("features") {
        if name != "sources" {
            row(&mut table, &format!("(\"{name}\", &{enabled})"));
        }
    }
    table + "];\n"
}

fn dependencies(package: &Value) -> String {
    let mut table = table("The dependencies, by name.", "DEPENDENCIES: &[Dependency]");
    let all = package["dependencies"].as_array().expect("dependencies").iter();
    let mut all: Vec<&Value> = all.filter(|dependency| dependency["kind"].is_null()).collect();
    all.sort_by_key(|dependency| (dependency["name"].to_string(), dependency["target"].to_string()));
    for dependency in all {
        assert!(dependency["rename"].is_null(), "{dependency}");
        let version = dependency["req"].as_str().unwrap_or_default().trim_start_matches('^');
        let target = dependency["target"].as_str().unwrap_or_default();
        let facts = [
            format!("name: {}", dependency["name"]),
            format!("version: \"{version}\""),
            format!("default_features: {}", dependency["uses_default_features"]),
            format!("features: &{}", dependency["features"]),
            format!("optional: {}", dependency["optional"]),
            format!("target: {}", Value::from(target)),
        ];
        row(&mut table, &format!("Dependency {{ {} }}", facts.join(", ")));
    }
    table + "];\n"
}

fn files() -> String {
    let mut table = table("The files below `src` that are not only for tests, by path.", "FILES: &[(&str, &str)]");
    let is_for_tests = |path: &str| {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        above.split('/').any(|step| step == "tests")
            || name.ends_with("_tests.rs")
            || ["fixture.rs", "sources.rs", "tests.rs"].contains(&name)
    };
    for path in folder::read(&root().join("generator/runtime/src")).into_keys().filter(|path| !is_for_tests(path)) {
        row(&mut table, &format!("(\"{path}\", include_str!(\"{path}\"))"));
    }
    table + "];\n"
}

fn table(docs: &str, of: &str) -> String {
    format!("/// {docs}\n#[rustfmt::skip]\npub const {of} = &[\n")
}

/// Adds a row, with a blank behind the commas of JSON lists.
fn row(table: &mut String, row: &str) {
    writeln!(table, "    {},", row.replace("\",\"", "\", \"")).expect("text");
}

#[test]
fn the_program_carries_every_platform_of_the_specs() {
    let mut archive = String::new();
    for (path, text) in folder::read(&root().join("specs")) {
        let is_of_platform = path.contains('/') && !is_of_api(&path);
        if is_of_platform {
            assert!(text.ends_with('\n') && text.lines().all(|line| !line.starts_with("==> ")), "{path}");
            write!(archive, "==> {path} <==\n{text}").expect("text");
        }
    }
    assert!(archive.contains("/platform.yaml <=="));
    expect("generator/platforms.txt", &archive);
}

/// Whether a file belongs to an API: `<platform>/<family>/<leaf>.yaml`.
fn is_of_api(path: &str) -> bool {
    path.split('/').count() > 2 && Path::new(path).extension().is_some_and(|extension| extension == "yaml")
}
