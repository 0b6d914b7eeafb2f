//! The example service needs hardly any code besides its routes, its mappings and its tests. `.ci/run` builds and tests it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use apograph_tests::root;

/// Most lines of glue: code that starts the service and holds its parts together.
const MOST: usize = 10;

/// Marks around code that is routes or mappings.
const REGIONS: &[&str] = &["// region: routes", "// region: mapping"];
const END: &str = "// endregion";

/// Lines of a source file that are code outside of every region.
fn glue(text: &str) -> usize {
    let mut is_inside = false;
    let mut count = 0;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if REGIONS.contains(&line) || line == END {
            assert_ne!(is_inside, line != END, "a region begins or ends twice");
            is_inside = line != END;
        } else if !is_inside && !line.starts_with("//") {
            count += 1;
        }
    }
    assert!(!is_inside, "a region has no end");
    count
}

/// The versions of each package in a lock file.
fn versions(lock: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock.split("[[package]]\n").skip(1) {
        let mut lines = package.lines().filter_map(|line| line.split_once(" = \""));
        if let (Some(("name", name)), Some(("version", version))) = (lines.next(), lines.next()) {
            versions.entry(name.trim_end_matches('"')).or_default().push(version.trim_end_matches('"'));
        }
    }
    versions
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("the sources").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = entries
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_example_service_has_little_glue() {
    let files = files(&root().join("tests/examples/axum-service/src"));
    let counts: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), glue(text))).collect();
    let sum: usize = counts.iter().map(|(_, count)| count).sum();
    assert!(sum <= MOST, "{sum} lines of glue: {counts:?}");
    assert!(sum > 2, "the service is gone: {counts:?}");
    assert_eq!(glue("//! Doc\n\nstruct State;\n"), 1);
    assert_eq!(glue("mod mapping;\n// region: routes\nfn route() {}\n// endregion\nfn state() {}\n"), 2);
}

#[test]
fn the_example_service_is_built_of_the_same_versions() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("a lock file");
    let (workspace, example) = (read("Cargo.lock"), read("tests/examples/axum-service/Cargo.lock"));
    let (workspace, example) = (versions(&workspace), versions(&example));
    let differs = |(name, own): (&&str, &Vec<&str>)| {
        let others: Vec<_> = own.iter().filter(|version| !workspace[*name].contains(version)).collect();
        (!others.is_empty()).then(|| format!("{name} {others:?}"))
    };
    let both = example.iter().filter(|(name, _)| workspace.contains_key(*name));
    let different: Vec<_> = both.clone().filter_map(differs).collect();
    assert!(both.count() > 50, "the lock files are no longer read");
    let remedy = "copy Cargo.lock to tests/examples/axum-service and run `cargo check` there, which adapts it";
    assert!(different.is_empty(), "{different:?}: {remedy}");
}
