//! `Cargo.toml` and `rustfmt.toml` of the generated package.

use std::collections::BTreeSet;

use apograph_runtime::sources::Dependency;

use super::embedded::Embedded;
use super::feature::{self, Feature};
use super::rt::RUNTIME_VERSION;
use super::{Options, gate};
use crate::model::{Model, Package, Platform};
use crate::render::banner;
use crate::terms::{FIXED_FEATURES, FULL, FixedFeature, GitReference, SYSTEM};

/// Where the generated crate finds the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeSource {
    /// In a folder, relative to the output folder unless absolute. The manifest also names [`RUNTIME_VERSION`], which
    /// the published package depends on.
    Path(String),
    /// In a registry, by version requirement.
    Version(String),
    /// In a git repository.
    Git {
        /// Its address.
        url: String,
        /// The revision. Without one, Cargo takes the newest commit of the default branch.
        reference: Option<(GitReference, String)>,
    },
    /// In the generated crate, as one of its modules.
    Embedded,
}

/// How the generated package relates to a Cargo workspace around it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Workspace {
    /// The package is a member of the workspace around it, if there is one.
    Member,
    /// The package is a workspace of its own.
    Standalone,
}

/// Returns `Cargo.toml`. It inherits nothing and names its library, so that a workspace loads even without its sources.
pub(super) fn cargo_toml(model: &Model, options: &Options, embedded: Option<&Embedded>) -> String {
    let mut text = banner("#", "specs/crate.yaml");
    text.push_str(&package(&model.package));
    text.push_str(&docs_rs(model));
    text.push_str(TARGETS);
    text.push_str(&features(model, embedded));
    text.push_str(&match embedded {
        Some(embedded) => embedded_dependencies(model, embedded),
        None => dependencies(model, &options.runtime),
    });
    text.push_str(LINTS);
    if options.workspace == Workspace::Standalone {
        text.push_str("\n[workspace]\n");
    }
    text
}

fn package(package: &Package) -> String {
    let mut text = String::from("\n[package]\n");
    let mut entry = |key: &str, value: String| text.push_str(&format!("{key} = {value}\n"));
    entry("name", string(&package.name));
    entry("version", string(&package.version));
    entry("edition", string("2024"));
    entry("rust-version", string(&package.rust_version));
    entry("description", string(&package.description));
    entry("license", string(&package.license));
    entry("readme", string("README.md"));
    for (key, words) in [("keywords", &package.keywords), ("categories", &package.categories)] {
        if !words.is_empty() {
            entry(key, array(words));
        }
    }
    entry("include", string_array(&["/src/**", "/tests/**", "/README.md", "/LICENSE*"]));
    text
}

/// Maximum number of APIs in the docs on docs.rs. It builds docs with about 6 GiB of memory and for 15 minutes at most.
const MOST_DOCUMENTED: usize = 1_000;

/// Returns how docs.rs builds the docs: each item is marked with its feature, and a large crate shows only its default
/// families, or if there are none, the largest ones.
fn docs_rs(model: &Model) -> String {
    let features = feature::all(&model.platforms);
    let current = || features.iter().filter(|feature| feature.is_current());
    let built = if current().map(Feature::apis).sum::<usize>() <= MOST_DOCUMENTED {
        "all-features = true".to_owned()
    } else {
        let fixed = FIXED_FEATURES.iter().map(|feature| feature.name);
        let mut shown: BTreeSet<&str> = model.package.default_features.iter().map(String::as_str).collect();
        if shown.is_empty() {
            shown = largest(current());
        }
        shown.extend(fixed);
        format!("features = {}", string_array(&shown.into_iter().collect::<Vec<_>>()))
    };
    format!("\n[package.metadata.docs.rs]\n{built}\nrustdoc-args = [\"--cfg\", \"docsrs\"]\n")
}

/// Returns the features with the most APIs that docs.rs can show together.
fn largest<'a>(features: impl Iterator<Item = &'a Feature<'a>>) -> BTreeSet<&'a str> {
    let mut features: Vec<&Feature<'_>> = features.collect();
    features.sort_by_key(|feature| (std::cmp::Reverse(feature.apis()), feature.name));
    let mut left = MOST_DOCUMENTED;
    let fits = |feature: &&&Feature<'_>| {
        let rest = left.checked_sub(feature.apis());
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    features.iter().filter(fits).map(|feature| feature.name).collect()
}

const TARGETS: &str = r#"
[lib]
path = "src/lib.rs"
# All tests are in tests/, and the vendors' texts in doc comments contain no Rust code.
test = false
doctest = false

[[test]]
name = "signing"
path = "tests/signing.rs"
"#;

const LINTS: &str = r#"
[lints.rust]
# A deprecated field still has a setter and a row in the field table.
deprecated = "allow"
unsafe_code = "forbid"

[lints.clippy]
# Modules, fields and setters are named after the vendors' words.
module_inception = "allow"
should_implement_trait = "allow"
wrong_self_convention = "allow"
"#;

/// Returns the lines of a feature that every generated crate has.
fn fixed_feature(feature: &FixedFeature, embedded: Option<&Embedded>) -> String {
    let FixedFeature { name, content, includes_system, .. } = feature;
    let runtime = format!("apograph-runtime/{name}");
    let enabled = match (embedded, includes_system) {
        (Some(embedded), _) => array(&embedded.enabled(name)),
        (None, true) => string_array(&[SYSTEM, &runtime]),
        (None, false) => string_array(&[&runtime]),
    };
    format!("# {content}\n{name} = {enabled}\n")
}

fn features(model: &Model, embedded: Option<&Embedded>) -> String {
    let mut text = String::from("\n[features]\n");
    let families = model.package.default_features.iter().map(String::as_str);
    let fixed = FIXED_FEATURES.iter().filter(|feature| feature.is_default).map(|feature| feature.name);
    let defaults: BTreeSet<&str> = families.chain(fixed).collect();
    text.push_str(&format!("default = {}\n", string_array(&defaults.into_iter().collect::<Vec<_>>())));
    text.extend(FIXED_FEATURES.iter().map(|feature| fixed_feature(feature, embedded)));
    let families = feature::all(&model.platforms);
    for feature in &families {
        // A crate that contains the runtime has all of it.
        let is_gated = gate::is_gated(feature.platform) && embedded.is_none();
        let enabled = is_gated.then(|| format!("apograph-runtime/{}", gate::RSA));
        let enabled = string_array(&enabled.iter().map(String::as_str).collect::<Vec<_>>());
        text.push_str(&format!("# {}\n{} = {enabled}\n", feature.content(one_line), feature.name));
    }
    let all: Vec<&str> = families.iter().filter(|feature| feature.is_current()).map(|feature| feature.name).collect();
    text.push_str(&format!("# all families of APIs\n{FULL} = {}\n", string_array(&all)));
    text
}

fn dependencies(model: &Model, runtime: &RuntimeSource) -> String {
    let source = match runtime {
        RuntimeSource::Path(path) => format!("path = {}, version = {}", string(path), string(RUNTIME_VERSION)),
        RuntimeSource::Version(version) => format!("version = {}", string(version)),
        RuntimeSource::Git { url, reference } => {
            let reference = reference.iter().map(|(kind, name)| format!(", {} = {}", kind.word(), string(name)));
            format!("git = {}{}", string(url), reference.collect::<String>())
        }
        RuntimeSource::Embedded => return String::new(),
    };
    let digests = array(&digest_features(&model.platforms));
    let runtime = |features: &str| {
        format!("apograph-runtime = {{ {source}, default-features = false, features = {features} }}\n")
    };
    let testing = string_array(&["testing"]);
    format!(
        "\n[dependencies]\n{}\n[dev-dependencies]\n# The tests are tables that the runtime checks.\n{}",
        runtime(&digests),
        runtime(&testing)
    )
}

/// Returns the dependencies of a crate that contains the runtime. It depends on itself for its tests, which need a feature.
fn embedded_dependencies(model: &Model, embedded: &Embedded) -> String {
    let dependencies = embedded.dependencies();
    let mut targets: Vec<&str> = dependencies.iter().map(|(dependency, ..)| dependency.target).collect();
    targets.sort_unstable();
    targets.dedup();
    let mut text = String::new();
    for target in targets {
        let head = if target.is_empty() { String::new() } else { format!("target.'{target}'.") };
        text.push_str(&format!("\n[{head}dependencies]\n"));
        let of_target = dependencies.iter().filter(|(dependency, ..)| dependency.target == target);
        text.extend(
            of_target
                .map(|(dependency, features, is_optional)| embedded_dependency(dependency, features, *is_optional)),
        );
    }
    let name = &model.package.name;
    text + &format!(
        "\n[dev-dependencies]\n# The tests are tables that the feature `testing` checks.\n\
         {name} = {{ path = \".\", default-features = false, features = [\"testing\"] }}\n"
    )
}

fn embedded_dependency(dependency: &Dependency, features: &[&str], is_optional: bool) -> String {
    let Dependency { name, version, default_features, .. } = dependency;
    let mut facts = vec![format!("version = {}", string(version))];
    if !default_features {
        facts.push("default-features = false".to_owned());
    }
    if !features.is_empty() {
        facts.push(format!("features = {}", string_array(features)));
    }
    if is_optional {
        facts.push("optional = true".to_owned());
    }
    format!("{name} = {{ {} }}\n", facts.join(", "))
}

/// Returns the runtime's features for the digests that the platforms' signatures use. Families enable the one for RSA.
fn digest_features(platforms: &[Platform]) -> Vec<String> {
    let own = platforms.iter().flat_map(|platform| {
        let features = platform.scheme.runtime_features().into_iter();
        features.filter(|feature| *feature != gate::RSA || !gate::is_gated(platform)).map(str::to_owned)
    });
    let mut features: Vec<String> = own.collect();
    features.sort();
    features.dedup();
    features
}

/// Returns `rustfmt.toml`, which keeps `cargo fmt` in a workspace from changing generated files.
pub(super) fn rustfmt_toml() -> String {
    banner("#", "specs/crate.yaml") + "disable_all_formatting = true\n"
}

fn array(items: &[String]) -> String {
    string_array(&items.iter().map(String::as_str).collect::<Vec<_>>())
}

fn string_array(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    format!("[{}]", items.join(", "))
}

/// Quotes a TOML basic string.
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
