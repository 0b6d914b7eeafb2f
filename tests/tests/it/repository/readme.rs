//! The README's Rust examples build with exactly the dependency line that the README shows.
//!
//! In the workspace, features of all members are added up, so a feature that the line lacks would not be noticed. The
//! examples are therefore compiled against the generated crate with only these features.

use std::collections::BTreeMap;
use std::fs;

use apograph_tests::rustc::{CRATE, Caller, Compiler};
use apograph_tests::{folder, root};

/// Blocks of a Markdown text whose fence has this language, without their fences.
fn blocks<'a>(markdown: &'a str, language: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut rest = markdown;
    while let Some((_, from)) = rest.split_once("\n```") {
        let Some((head, body)) = from.split_once('\n') else { break };
        let Some((block, after)) = body.split_once("\n```") else { break };
        if head.split(',').next() == Some(language) {
            found.push(block);
        }
        rest = after;
    }
    found
}

/// The dependency line that the README tells readers to copy.
fn dependency(readme: &str) -> String {
    let block = blocks(readme, "toml").into_iter().find_map(|block| block.strip_prefix("[dependencies]\n"));
    block.expect("a block with dependencies").to_owned()
}

/// Features that a dependency line enables.
fn features(dependency: &str) -> Vec<String> {
    let (_, list) = dependency.split_once("features = [").expect("features");
    let list = list.split_once(']').expect("the end of the features").0;
    assert!(dependency.contains("default-features = false"), "{dependency}");
    list.split(',').map(|feature| feature.trim().trim_matches('"').to_owned()).collect()
}

/// Compiles the snippets against the generated crate with exactly these features; returns the errors.
fn errors(features: &[String], snippets: &[&str]) -> String {
    let mut files = folder::read(&root().join("generated"));
    let manifest = files.get_mut("Cargo.toml").expect("the manifest");
    for feature in features {
        assert!(manifest.contains(&format!("\n{feature} = [")), "the generated crate has no feature `{feature}`");
    }
    let lines = manifest.lines().map(|line| match line.strip_prefix("default = ") {
        Some(_) => format!("default = {}", serde_json::to_string(features).expect("JSON")),
        None => line.to_owned(),
    });
    *manifest = lines.collect::<Vec<_>>().join("\n");
    let compiler = Compiler::default();
    compiler.crates(&BTreeMap::from([("readme".to_owned(), files)]));
    let callers = snippets.iter().enumerate().map(|(index, snippet)| Caller {
        name: format!("snippet_{index}"),
        callee: "readme".to_owned(),
        text: format!("use {CRATE} as apograph_apis; {snippet}"),
    });
    compiler.callers(&callers.collect::<Vec<_>>()).into_values().collect()
}

#[test]
fn examples_build_with_the_features_that_the_readme_names() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let (dependency, snippets) = (dependency(&readme), blocks(&readme, "rust"));
    assert!(snippets.len() >= 2, "the examples are gone");
    let features = features(&dependency);
    assert_eq!(errors(&features, &snippets), "", "{dependency}");

    // The check sees a missing feature.
    let lacking: Vec<String> = features.iter().filter(|feature| *feature != "nio-aivoice").cloned().collect();
    assert_ne!(lacking, features, "the line no longer names the family of the second example");
    assert!(errors(&lacking, &snippets).contains("aivoice"));
}
