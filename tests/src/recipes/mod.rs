//! Schemes with signatures that their platforms publish, and random ones: what the recipe language must express.

mod dump;
pub mod random;
pub mod sample;

pub use dump::dump;

use crate::folder::{self, Texts};
use crate::root;

/// The source of [`dump`], for programs that call generated crates.
pub const DUMP: &str = include_str!("dump.rs");

/// The rest of a platform, which has no API.
const PLATFORM: &str = "
title: A signing scheme, for tests only
environments: {production: 'https://api.example.com'}
request: {body: form, method: POST, content_type: application/x-www-form-urlencoded}
response:
  lists: bare
  envelope: {status: {status: [status], message: [message], success: ['0']}}
";

/// The name of a crate of schemes.
pub const CRATE: &str = "recipes";

/// Specs of a crate with one platform per scheme, from the `signing` of each by name.
#[must_use]
pub fn specs(schemes: impl IntoIterator<Item = (String, String)>) -> Texts {
    let package =
        format!("name: {CRATE}\nversion: 0.1.0\ndescription: Signing schemes\nlicense: MIT\nrust-version: '1.88'\n");
    let platforms = schemes
        .into_iter()
        .map(|(name, signing)| (format!("{name}/platform.yaml"), format!("{}{signing}", platform(&signing))));
    platforms.chain([("crate.yaml".to_owned(), package)]).collect()
}

/// The platform of a scheme: its bodies have the form that the scheme writes to.
fn platform(signing: &str) -> String {
    let value: serde_yaml::Value = serde_yaml::from_str(signing).unwrap_or_else(|error| panic!("{error}\n{signing}"));
    let sections = value["signing"].as_mapping().into_iter().flat_map(|schemes| schemes.values()).flat_map(|scheme| {
        let variants = scheme["variants"].as_mapping().into_iter().flat_map(|variants| variants.values());
        variants.chain([scheme]).flat_map(|scheme| [&scheme["put"], &scheme["place"]])
    });
    let sections: Vec<_> = sections.collect();
    let body = ["json", "xml"].into_iter().find(|body| sections.iter().any(|section| !section[*body].is_null()));
    PLATFORM.trim_start().replace("body: form", &format!("body: {}", body.unwrap_or("form")))
}

/// The schemes with published signatures: their names and `signing`.
#[must_use]
pub fn published() -> Vec<(String, String)> {
    let files = folder::read(&root().join("tests/recipes"));
    files.into_iter().filter_map(|(path, text)| Some((path.strip_suffix(".yaml")?.to_owned(), text))).collect()
}

/// The specs of the schemes with published signatures, with the keys that they name.
#[must_use]
pub fn published_specs() -> Texts {
    let published = published();
    let keys = folder::read(&root().join("tests/recipes/keys"));
    let mut texts = specs(published.iter().cloned());
    for (name, signing) in &published {
        let named = keys.iter().filter(|(file, _)| signing.contains(&format!("keys/{file}")));
        texts.extend(named.map(|(file, key)| (format!("{name}/keys/{file}"), key.clone())));
    }
    texts
}

/// A program of the tests that a crate of schemes has: it fails with what the crate signs otherwise.
#[must_use]
pub fn program(tests: &str) -> String {
    let is_test = |line: &str| line.strip_prefix("fn ").and_then(|rest| rest.strip_suffix("() {")).map(str::to_owned);
    let calls: String = tests.lines().filter_map(is_test).map(|name| format!("    run({name});\n")).collect();
    let tests = tests.replace("#[test]\n", "").replace("//!", "//");
    format!(
        "use crates::{CRATE};\n{tests}\n\
         fn run(test: fn()) {{\n    if std::panic::catch_unwind(test).is_err() {{\n        \
         FAILED.store(true, std::sync::atomic::Ordering::Relaxed);\n    }}\n}}\n\
         static FAILED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);\n\
         fn main() {{\n{calls}    assert!(!FAILED.load(std::sync::atomic::Ordering::Relaxed));\n}}\n"
    )
}
