//! The output's files that are no Rust: manifest and formatter settings.

use std::collections::BTreeSet;

use crate::model::{Model, Platform};
use crate::render::banner;

/// Where the generated crate finds the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeSource {
    /// In a folder; relative paths count from the output folder.
    Path(String),
    /// In a registry, by version requirement.
    Version(String),
}

/// How the generated package relates to a Cargo workspace around it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Workspace {
    /// It is a member of the workspace around it, or there is none.
    Member,
    /// It stands alone, whatever is around it.
    Standalone,
}

/// `Cargo.toml`. It inherits nothing and names its library, so that a workspace loads even without its sources.
pub(super) fn cargo_toml(model: &Model, runtime: &RuntimeSource, workspace: Workspace) -> String {
    let package = &model.package;
    let mut text = banner("#", "specs/crate.yaml");
    text.push_str(&format!(
        "\n[package]\nname = {}\nversion = {}\nedition = \"2024\"\nrust-version = {}\ndescription = {}\nlicense = {}\n",
        string(&package.name),
        string(&package.version),
        string(&package.rust_version),
        string(&package.description),
        string(&package.license),
    ));
    text.push_str("\n[lib]\npath = \"src/lib.rs\"\n# The tests are in tests/; vendor texts are no code.\ntest = false\ndoctest = false\n");
    text.push_str("\n[[test]]\nname = \"signing\"\npath = \"tests/signing.rs\"\n");
    text.push_str(&features(model));
    text.push_str(&dependencies(model, runtime));
    text.push_str(LINTS);
    if workspace == Workspace::Standalone {
        text.push_str("\n[workspace]\n");
    }
    text
}

const LINTS: &str = "\n[lints.rust]\n# A deprecated field still needs its setter and its row in the table.\ndeprecated = \"allow\"\nunsafe_code = \"forbid\"\n\
    \n[lints.clippy]\n# Names of modules, and of fields and so of setters, are the vendors'.\nmodule_inception = \"allow\"\nshould_implement_trait = \"allow\"\nwrong_self_convention = \"allow\"\n";

fn features(model: &Model) -> String {
    let mut text = String::from("\n[features]\n");
    let defaults: BTreeSet<&String> = model.package.default_features.iter().collect();
    text.push_str(&format!("default = {}\n", array(&defaults.into_iter().cloned().collect::<Vec<_>>())));
    text.push_str("# A blocking transport over TLS.\nblocking = [\"apograph-runtime/blocking\"]\n");
    text.push_str("# For tests: Debug shows values, which may be personal data.\ndebug-values = [\"apograph-runtime/debug-values\"]\n");
    for family in model.platforms.iter().flat_map(|platform| &platform.families) {
        text.push_str(&format!("# {}\n{} = []\n", one_line(&family.title), family.feature));
    }
    text
}

fn dependencies(model: &Model, runtime: &RuntimeSource) -> String {
    let source = match runtime {
        RuntimeSource::Path(path) => format!("path = {}", string(path)),
        RuntimeSource::Version(version) => format!("version = {}", string(version)),
    };
    let digests = array(&digest_features(&model.platforms));
    format!("\n[dependencies]\napograph-runtime = {{ {source}, default-features = false, features = {digests} }}\n")
}

/// Only the digests that some platform's signature uses become dependencies.
fn digest_features(platforms: &[Platform]) -> Vec<String> {
    let mut features: Vec<String> =
        platforms.iter().flat_map(|platform| platform.scheme.runtime_features()).map(str::to_owned).collect();
    features.sort();
    features.dedup();
    features
}

/// `rustfmt.toml`: the layout is ours, so that `cargo fmt` in a workspace leaves the files alone.
pub(super) fn rustfmt_toml() -> String {
    banner("#", "specs/crate.yaml") + "disable_all_formatting = true\n"
}

fn array(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    format!("[{}]", items.join(", "))
}

/// A TOML basic string.
fn string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
