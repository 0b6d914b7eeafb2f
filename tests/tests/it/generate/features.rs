//! Families as Cargo features, in a crate with more families than a registry takes features.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::process::Command;

use apograph::emit::Workspace;
use apograph::model::Family;
use apograph::pipeline::Checked;
use apograph_tests::command::apograph;
use apograph_tests::folder::{self, Texts};
use apograph_tests::{generation, root};
use serde_json::Value;

const PLATFORM: &str = include_str!("../../../diff/base/acme/platform.yaml");
const CRATE: &str = "name: acme-apis\nversion: 0.1.0\ndescription: Invented APIs\nlicense: MIT\nrust-version: '1.88'\n";

/// Specs of a platform, and the lock of the run before.
struct Desk {
    /// The number of APIs of each family.
    families: BTreeMap<String, usize>,
    /// Lines behind the families.
    features: &'static str,
    lock: Option<String>,
}

/// The features that enable each family.
type Enabled = BTreeMap<String, BTreeSet<String>>;

impl Desk {
    /// 300 families with one API each, and three with two.
    fn new() -> Self {
        let small = (0..300).map(|number| (format!("p{number:03}"), 1));
        let large = ["boxes", "crates", "vans"].map(|name| (name.to_owned(), 2));
        Self { families: small.chain(large).collect(), features: "", lock: None }
    }

    fn specs(&self) -> Texts {
        let mut declared = String::from("families:\n");
        let mut specs = Texts::from([("crate.yaml".to_owned(), CRATE.to_owned())]);
        for (family, count) in &self.families {
            let _ = writeln!(declared, "  {family}: {{title: {family}, prefixes: [acme.{family}]}}");
            for number in 0..*count {
                let source = format!("source: {{layout: top-text, sha256: {}}}", "0".repeat(64));
                let text = format!("api: acme.{family}.send{number}\nsession: none\n{source}\n");
                specs.insert(format!("acme/{family}/send{number}.yaml"), text);
            }
        }
        let depot = "families:\n  depot: {title: Depots, prefixes: [acme.depot]}\n";
        assert!(PLATFORM.contains(depot));
        specs.insert("acme/platform.yaml".to_owned(), PLATFORM.replace(depot, &(declared + self.features)));
        specs
    }

    /// Names everything around the lock, which it replaces.
    fn check(&mut self) -> Checked {
        let checked = generation::check(&self.specs(), self.lock.as_deref());
        self.lock = Some(checked.lock());
        checked
    }

    fn enabled(&mut self) -> Enabled {
        let [platform] = self.check().model.platforms.try_into().expect("a platform");
        let features = |family: &Family| family.features().map(str::to_owned).collect();
        platform.families.iter().map(|family| (family.name.clone(), features(family))).collect()
    }
}

/// The families that a feature enables.
fn enabled_by<'a>(enabled: &'a Enabled, feature: &str) -> Vec<&'a str> {
    let families = enabled.iter().filter(|(_, features)| features.contains(feature));
    families.map(|(family, _)| family.as_str()).collect()
}

fn one(feature: &str) -> BTreeSet<String> {
    BTreeSet::from([feature.to_owned()])
}

#[test]
fn cargo_accepts_the_features_of_a_large_crate() {
    let mut desk = Desk::new();
    desk.features = "features:\n  early: {title: Early, families: [p000, p299]}\n";
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = root().join("generator/runtime").to_string_lossy().into_owned();
    let crate_files = generation::emit(&desk.check(), &runtime, Workspace::Standalone);
    crate_files.write(folder.path()).expect("a crate");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"];
    let run = Command::new(cargo).args(arguments).arg(folder.path().join("Cargo.toml")).output().expect("cargo");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let metadata: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let features: BTreeMap<String, Vec<String>> =
        serde_json::from_value(metadata["packages"][0]["features"].clone()).expect("features");
    assert_eq!(features["full"].len(), 250);
    assert!(features["full"].iter().all(|feature| features.contains_key(feature)));
    assert!(features.len() < 300, "crates.io takes 300: {}", features.len());
    let module = fs::read_to_string(folder.path().join("src/acme/mod.rs")).expect("the platform");
    let gates = ["acme-early\")]\npub mod p000;", "acme-more\")]\npub mod p001;", "acme-p298\")]\npub mod p298;"];
    assert!(gates.iter().all(|gate| module.contains(&format!("#[cfg(feature = \"{gate}"))), "{module}");
}

#[test]
fn the_smallest_families_share_a_feature_and_stay_there() {
    let mut desk = Desk::new();
    let first = desk.enabled();
    let names: BTreeSet<&String> = first.values().flatten().collect();
    assert_eq!((first.len(), names.len()), (303, 250));
    let shared = enabled_by(&first, "acme-more");
    assert_eq!((shared.len(), shared.first(), shared.last()), (54, Some(&"p000"), Some(&"p053")));

    // Neither more APIs nor new families move a family.
    desk.families.insert("p000".to_owned(), 9);
    desk.families.insert("a_new_one".to_owned(), 9);
    let second = desk.enabled();
    assert_eq!(second["a_new_one"], one("acme-more"));
    assert!(first.iter().all(|(family, features)| second.get(family) == Some(features)));

    // A declared feature takes families out of it, and callers keep the old one.
    desk.features = "features:\n  early: {title: Early, families: [p000, p001, boxes]}\n";
    let third = desk.enabled();
    assert_eq!(enabled_by(&third, "acme-early"), ["boxes", "p000", "p001"]);
    assert_eq!(enabled_by(&third, "acme-more"), enabled_by(&second, "acme-more"));
    assert_eq!(enabled_by(&third, "acme-boxes"), ["boxes"]);

    // Without the declaration, they are where they were, and its name goes on working.
    desk.features = "";
    assert_eq!(desk.enabled(), third);

    // Released, everything is decided from scratch: the largest families have features of their own.
    desk.lock = None;
    let last = desk.enabled();
    assert_eq!((&last["p000"], &last["p001"]), (&one("acme-p000"), &one("acme-more")));
}

#[test]
fn a_family_called_like_the_shared_feature_needs_another_one() {
    let mut desk = Desk::new();
    desk.families.insert("more".to_owned(), 2);
    let folder = tempfile::tempdir().expect("a folder");
    folder::write(folder.path(), &desk.specs());
    let run = apograph(["lint", "--specs", &folder.path().to_string_lossy()]);
    let message =
        "error[E0423]: the smallest families share the Cargo feature `acme-more`, which this family has already";
    assert!(!run.success && run.err.contains(message) && run.err.contains("acme/platform.yaml:"), "{}", run.err);
    desk.features = "features:\n  extra: {title: Extra, families: [more]}\n";
    assert_eq!(desk.enabled()["more"], one("acme-extra"));
}
