//! The packages have what a registry and its readers expect. `.ci/run` also packages and builds them.

use std::fs;
use std::process::Command;

use apograph_tests::root;
use serde_json::Value;

/// Folders of the packages that can be published.
const FOLDERS: [&str; 3] = ["generated", "generator", "generator/runtime"];

/// The published packages as Cargo reads their manifests.
pub(super) fn packages() -> Vec<Value> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(root());
    let output = command.output().expect("cargo");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("metadata");
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let is_published = |package: &&Value| {
        FOLDERS
            .iter()
            .any(|folder| root().join(folder).join("Cargo.toml").to_str() == package["manifest_path"].as_str())
    };
    packages.filter(is_published).cloned().collect()
}

#[test]
fn every_package_carries_the_licence_texts() {
    for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let text = fs::read_to_string(root().join(file)).expect("the licence");
        for folder in FOLDERS {
            let copy = fs::read_to_string(root().join(folder).join(file)).expect("a copy");
            assert!(copy == text, "{folder}/{file} differs from {file}");
        }
    }
}

#[test]
fn every_manifest_describes_its_package() {
    let packages = packages();
    assert_eq!(packages.len(), FOLDERS.len());
    for package in packages {
        let name = &package["name"];
        for key in ["description", "license", "readme", "rust_version"] {
            assert!(package[key].is_string(), "{name} has no `{key}`");
        }
        for key in ["keywords", "categories"] {
            let words = package[key].as_array().map_or(0, Vec::len);
            assert!((1..=5).contains(&words), "{name} has {words} {key}");
        }
        assert!(package["metadata"]["docs"]["rs"].is_object(), "{name} does not say how docs.rs builds it");
    }
}

/// The features in the first column of the only table of a document.
fn documented_features(document: &str) -> Vec<&str> {
    let rows = document.lines().filter_map(|line| line.trim_start_matches("//! ").strip_prefix("| `"));
    rows.flat_map(|row| row.split('|').next().unwrap_or_default().split('`').step_by(2)).collect()
}

#[test]
fn the_documents_of_the_runtime_list_its_features() {
    let runtime = packages().into_iter().find(|package| package["name"] == "apograph-runtime").expect("the runtime");
    let features = runtime["features"].as_object().expect("features").keys().map(String::as_str);
    // Only the generator uses `sources`.
    let features: Vec<&str> = features.filter(|feature| *feature != "sources").collect();
    assert!(features.len() > 10, "{features:?}");
    for path in ["generator/runtime/README.md", "generator/runtime/src/lib.rs"] {
        let text = fs::read_to_string(root().join(path)).expect("a document");
        let mut listed = documented_features(&text);
        listed.sort_unstable();
        assert_eq!(listed, features, "{path}");
    }
}

/// A published package finds its siblings by version.
#[test]
fn dependencies_in_folders_also_name_a_version() {
    for package in packages() {
        let dependencies = package["dependencies"].as_array().expect("dependencies").iter();
        for dependency in
            dependencies.filter(|dependency| dependency["path"].is_string() && dependency["kind"].is_null())
        {
            assert_ne!(
                dependency["req"], "*",
                "{} depends on {} without a version",
                package["name"], dependency["name"]
            );
        }
    }
}

#[test]
fn every_platform_document_is_in_the_generated_package() {
    for platform in ["alipay", "jd", "lazada", "nio", "pinduoduo", "top", "wechatpay"] {
        let document = fs::read_to_string(root().join(format!("specs/{platform}/PROTOCOL.md"))).expect("the document");
        let copy = fs::read_to_string(root().join(format!("generated/src/{platform}/PROTOCOL.md"))).expect("the copy");
        let (banner, text) = copy.split_once("\n\n").expect("a banner");
        assert!(banner.starts_with("<!-- @generated") && text == document, "{platform}");
    }
}
