//! The examples in the docs of generated crates compile, and every API has a short one. The module `calls` runs them.

use std::collections::BTreeMap;

use apograph_tests::examples::{self, Example};
use apograph_tests::folder::{self, Texts};
use apograph_tests::rustc::{CRATE, Caller, Compiler};
use apograph_tests::{corpus, root};

use super::calls::{for_tests, package};

/// Maximum number of lines of an API's example that readers see, where the required fields leave room.
const MAX_LINES: usize = 12;

/// The generated crate and those that golden and lock cases expect, by the names of their packages in code.
fn crates() -> BTreeMap<String, Texts> {
    let cases = ["golden", "lock"].into_iter().flat_map(corpus::cases);
    let folders = cases.map(|case| case.folder.join("expected")).chain([root().join("generated")]);
    folders.map(|folder| folder::read(&folder)).map(|files| (package(&files), for_tests(files))).collect()
}

fn caller(package: &str, index: usize, example: &Example) -> Caller {
    let Example { place, code, .. } = example;
    Caller {
        name: format!("{package}_{index}"),
        callee: package.to_owned(),
        text: format!("/* {place} */ use {CRATE} as {package};\n{code}"),
    }
}

#[test]
fn every_example_compiles() {
    let crates = crates();
    let compiler = Compiler::default();
    compiler.crates(&crates);
    let mut callers: Vec<Caller> = Vec::new();
    for (package, files) in &crates {
        let examples = examples::of_crate(files);
        callers.extend(examples.iter().enumerate().map(|(index, example)| caller(package, index, example)));
    }
    assert!(callers.len() > 20, "only {} examples", callers.len());

    // The check sees a setter that is not there.
    let broken = callers[0].text.replace("let call = ", "let call = missing.");
    assert_ne!(broken, callers[0].text, "{broken}");
    // It is compiled apart: rustc would compile all others twice.
    let broken = Caller { name: "broken".to_owned(), callee: callers[0].callee.clone(), text: broken };
    let failed = compiler.callers(&[broken]);
    assert!(failed.get("broken").is_some_and(|errors| errors.contains("missing")));
    assert_eq!(compiler.callers(&callers).into_values().collect::<String>(), "");
}

#[test]
fn every_api_has_a_short_example() {
    let files = &crates()["apograph_apis"];
    let endpoints = files.values().filter(|text| text.contains("impl Endpoint for ")).count();
    let examples = examples::of_crate(files);
    let of_apis: Vec<_> = examples.iter().filter(|example| example.is_of_an_api()).collect();
    assert_eq!(of_apis.len(), endpoints);
    for Example { place, visible_lines, code } in of_apis {
        assert!(*visible_lines <= MAX_LINES, "{place} has {visible_lines} lines:\n{code}");
    }
}
