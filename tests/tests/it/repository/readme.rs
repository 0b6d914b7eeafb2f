//! The README's Rust examples build with exactly the dependency line that the README shows.
//!
//! In the workspace, features of all members are added up, so a feature that the line lacks would not be noticed. The
//! examples are therefore built as a package of its own, which shares the target directory, the lock file and the profile of
//! the workspace: only the generated crate and the runtime are built again.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use apograph_tests::root;

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

/// Builds the snippets, each as a module, with these dependencies.
fn build(name: &str, dependencies: &str, snippets: &[&str]) -> Output {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target directory");
    fs::create_dir_all(package.join("src")).expect("a folder");
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace's manifest");
    let profile = workspace.find("[profile").map(|start| &workspace[start..]).unwrap_or_default();
    let profile = profile.find("[workspace.lints").map_or(profile, |end| &profile[..end]);
    let generated = root().join("generated").to_string_lossy().replace('\\', "/");
    let dependencies = dependencies.replace("path = \"generated\"", &format!("path = \"{generated}\""));
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n\n{profile}"
    );
    let mut library = String::from("#![allow(dead_code)]\n");
    for (index, snippet) in snippets.iter().enumerate() {
        library.push_str(&format!("mod snippet_{index} {{\n{snippet}\n}}\n"));
    }
    fs::write(package.join("Cargo.toml"), manifest).expect("the manifest");
    fs::write(package.join("src/lib.rs"), library).expect("the library");
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("the lock file");
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What Cargo tells a test about its package would make build scripts that read it run again, here and in the next build.
    let own = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    for name in own.filter(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
        command.env_remove(name);
    }
    command.args(["build", "--offline", "--quiet", "--target-dir"]).arg(target);
    command.current_dir(&package).output().expect("cargo")
}

#[test]
fn examples_build_with_the_features_that_the_readme_names() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let (dependency, snippets) = (dependency(&readme), blocks(&readme, "rust"));
    assert!(snippets.len() >= 2, "the examples are gone");
    let built = build("readme-examples", &dependency, &snippets);
    assert!(built.status.success(), "{dependency}\n{}", String::from_utf8_lossy(&built.stderr));

    // The check sees a missing feature.
    let lacking = dependency.replace("\"nio-aivoice\", ", "");
    assert_ne!(lacking, dependency, "the line no longer names the family of the second example");
    let failed = build("readme-examples", &lacking, &snippets);
    let errors = String::from_utf8_lossy(&failed.stderr);
    assert!(!failed.status.success() && errors.contains("aivoice"), "{errors}");
}
