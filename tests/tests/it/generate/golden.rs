//! Every golden case comes out as expected. The expected crates are dependencies of this package, so they also compile.

use apograph_tests::{golden, lock, root};

#[test]
fn every_case_comes_out_as_expected() {
    let cases = golden::cases();
    assert!(cases.len() >= 5, "the cases are gone: {cases:?}");
    for case in cases {
        let run = golden::generate(&case, !golden::bless());
        assert!(run.success, "{} (APOGRAPH_BLESS=1 rewrites it)\n{}", case.display(), run.err);
    }
}

#[test]
fn every_expected_crate_is_compiled() {
    let manifest = std::fs::read_to_string(root().join("tests/Cargo.toml")).expect("the manifest");
    for (corpus, cases) in [("golden", golden::cases()), ("lock", lock::cases())] {
        for case in cases {
            let name = case.file_name().unwrap_or_default().to_string_lossy();
            let line = format!("{corpus}-{name} = {{ path = \"{corpus}/{name}/expected\" }}");
            assert!(manifest.lines().any(|found| found == line), "add to tests/Cargo.toml: {line}");
        }
    }
}
