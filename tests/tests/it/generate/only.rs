//! `generate --only` and `only` in crate.yaml: a crate of some APIs, in which everything has the same names as in the crate of
//! all APIs.

use std::collections::BTreeMap;
use std::fs;

use apograph::commands::Outcome;
use apograph_tests::command::Run;
use apograph_tests::lock::Workshop;
use apograph_tests::rustc::{Caller, Compiler};
use apograph_tests::{corpus, folder};

const SOURCE: &str = "session: none\nsource: {layout: top-text, sha256: '0000000000000000000000000000000000000000000000000000000000000000'}\n";

/// Specs of two platforms. The lock has another name for one field than its page has by now, and an API that no page has any
/// longer.
fn workshop(settings: &str) -> Workshop {
    let mut specs = corpus::base();
    let platform = specs.get_mut("acme/platform.yaml").expect("the platform");
    *platform = platform.replace("families:\n", "families:\n  yard: {title: Yards, prefixes: [acme.yard]}\n");
    let other = platform.replace("Acme", "Mill").replace("acme", "mill");
    specs.insert("mill/platform.yaml".to_owned(), other);
    specs.insert("mill/PROTOCOL.md".to_owned(), "# Mill\n".to_owned());
    let package = specs.get_mut("crate.yaml").expect("the crate file");
    *package = package.replace("[acme-depot]", "[acme-depot, acme-yard, mill-yard]") + settings;
    for (path, api) in [
        ("acme/depot/crate_find.yaml", "acme.depot.crate.find"),
        ("acme/depot/crate_gone.yaml", "acme.depot.crate.gone"),
        ("acme/yard/gate_open.yaml", "acme.yard.gate.open"),
        ("mill/yard/gate_open.yaml", "mill.yard.gate.open"),
    ] {
        specs.insert(path.to_owned(), format!("api: {api}\n{SOURCE}request:\n  orderNo: {{type: String}}\n"));
    }
    let top = tempfile::tempdir().expect("a folder");
    folder::write(top.path(), &specs);
    let workshop = Workshop::new(top.path());
    assert!(workshop.generate(&[]).success);
    fs::remove_file(workshop.specs().join("acme/depot/crate_gone.yaml")).expect("a file");
    let find = workshop.specs().join("acme/depot/crate_find.yaml");
    let renamed = "- {at: request.orderNo.rust_name, now: number, why: callers know it}\n";
    fs::write(find.with_file_name("crate_find.fix.yaml"), renamed).expect("a fix");
    assert!(workshop.generate(&["--unlock", "acme.depot.crate.find"]).success);
    fs::remove_file(find.with_file_name("crate_find.fix.yaml")).expect("a fix");
    workshop
}

/// Generates a crate of some APIs into a folder beside that of the others.
fn part(workshop: &Workshop, more: &[&str]) -> Run {
    workshop.generate_into(&workshop.out().with_file_name("part"), more)
}

fn lock(workshop: &Workshop) -> String {
    fs::read_to_string(workshop.lock()).expect("the lock")
}

/// The modules that a crate has.
fn modules(files: &folder::Texts) -> Vec<&str> {
    let sources = files.keys().filter_map(|path| path.strip_prefix("src/")?.strip_suffix(".rs"));
    sources.filter(|path| path.matches('/').count() == 2 && !path.ends_with("/mod")).collect()
}

const CALLER: &str = "
    use acme_apis::acme::depot::crate_find::CrateFind;
    pub fn find() -> CrateFind { CrateFind::new().number(\"1\") }
    #[allow(deprecated)]
    pub fn gone() -> acme_apis::acme::depot::CrateGone { acme_apis::acme::depot::CrateGone::new() }
    pub fn open() -> acme_apis::acme::yard::GateOpen { acme_apis::acme::yard::GateOpen::new().order_no(\"1\") }
";

#[test]
fn a_part_has_the_names_of_the_whole_and_leaves_the_lock_alone() {
    let workshop = workshop("");
    let before = lock(&workshop);
    // The page of one API has changed, so the lock of the whole crate is out of date.
    let send = workshop.specs().join("acme/depot/crate_send.yaml");
    let changed = fs::read_to_string(&send).expect("a transcript").replace("label:", "sticker:");
    fs::write(&send, changed).expect("a transcript");
    let only = ["--only", "acme.depot.crate.?*d", "--only", "acme.depot.crate.gone", "--only", "acme.yard.*"];
    let run = part(&workshop, &only);
    assert!(run.success && run.out.contains("2 tombstones "), "{}{}", run.out, run.err);
    assert!(!run.out.contains("api.lock") && lock(&workshop) == before, "{}", run.out);
    assert!(part(&workshop, &[&only[..], &["--check"]].concat()).success);

    assert!(workshop.generate(&[]).success && lock(&workshop) != before);
    let (whole, part) = (folder::read(&workshop.out()), folder::read(&workshop.out().with_file_name("part")));
    let expected = ["acme/depot/crate_find", "acme/depot/crate_gone", "acme/depot/crate_send", "acme/yard/gate_open"];
    assert_eq!(modules(&part), expected);
    for path in modules(&part).iter().map(|module| format!("src/{module}.rs")).chain(["src/acme/mod.rs".to_owned()]) {
        assert_eq!(part.get(&path), whole.get(&path), "{path}");
    }
    let mentions = part.iter().find(|(_, text)| text.to_lowercase().contains("mill"));
    assert_eq!(mentions, None, "a platform without APIs is left out");
    assert!(part["Cargo.toml"].contains("default = [\"acme-depot\", \"acme-yard\", "), "{}", part["Cargo.toml"]);

    let compiler = Compiler::default();
    compiler.crates(&BTreeMap::from([("whole".to_owned(), whole), ("part".to_owned(), part)]));
    let caller =
        |callee: &str| Caller { name: format!("of_{callee}"), callee: callee.to_owned(), text: CALLER.to_owned() };
    assert_eq!(compiler.callers(&[caller("whole"), caller("part")]), BTreeMap::new());
}

#[test]
fn a_part_has_a_folder_of_its_own_and_releases_no_names() {
    let workshop = workshop("out: ../crate\n");
    let before = (folder::read(&workshop.out()), lock(&workshop));
    let inside = workshop.out().join("src/deep");
    let around = workshop.out().with_file_name("new").join("..");
    for out in [workshop.out(), inside, around] {
        let run = workshop.generate_into(&out, &["--only", "acme.yard.*"]);
        assert_eq!(run.outcome, Outcome::Failed, "{}", out.display());
        assert!(
            run.err.contains("must not contain each other\nhelp: name a folder of its own with `--out`"),
            "{}",
            run.err
        );
    }
    let specs = workshop.specs().to_string_lossy().into_owned();
    let arguments = ["generate", "--specs", &specs, "--runtime", "0.1.0", "--only", "acme.yard.*"];
    let run = apograph_tests::command::apograph(arguments);
    assert_eq!(run.outcome, Outcome::Failed);
    assert!(run.err.starts_with("error: `--only` generates another crate, which needs `--out`\n"), "{}", run.err);
    let unlock = ["apograph", "generate", "--only", "acme.*", "--out", "x", "--unlock"];
    let usage = <apograph::cli::Cli as clap::Parser>::try_parse_from(unlock).expect_err("contradicting options");
    assert!(usage.to_string().contains("cannot be used with"), "{usage}");
    assert_eq!((folder::read(&workshop.out()), lock(&workshop)), before);
}

#[test]
fn a_pattern_that_matches_no_api_is_an_error() {
    let workshop = workshop("");
    let run = part(&workshop, &["--only", "acme.yard.*", "--only", "acme.yard.gate.opne"]);
    assert_eq!(run.outcome, Outcome::Failed);
    assert_eq!(run.err, "error: unknown API `acme.yard.gate.opne`\nhelp: did you mean `acme.yard.gate.open`?\n");
    assert!(!workshop.out().with_file_name("part").exists());
}

#[test]
fn a_lost_lock_is_reported_for_a_part_too() {
    let workshop = workshop("out: ../crate\n");
    fs::remove_file(workshop.lock()).expect("the lock");
    let run = part(&workshop, &["--only", "acme.yard.*"]);
    assert!(run.outcome == Outcome::Findings && run.err.contains("error[E0804]"), "{}", run.err);
}

#[test]
fn the_crate_file_selects_the_apis_of_the_crate_and_the_lock_keeps_all() {
    let workshop = workshop("");
    let before = lock(&workshop);
    let file = workshop.specs().join("crate.yaml");
    let whole = fs::read_to_string(&file).expect("the crate file");
    fs::write(&file, format!("{whole}only: [acme.yard.*, mill.yard.gate.open]\n")).expect("the crate file");
    let run = workshop.generate(&[]);
    assert!(run.success && run.out.contains("4 removed"), "{}{}", run.out, run.err);
    assert_eq!(lock(&workshop), before, "what is not in the crate keeps its names");
    let files = folder::read(&workshop.out());
    assert_eq!(modules(&files), ["acme/yard/gate_open", "mill/yard/gate_open"]);
    assert!(files["Cargo.toml"].contains("default = [\"acme-yard\", \"mill-yard\", "), "{}", files["Cargo.toml"]);
    // Arguments select instead, and from all APIs.
    assert!(part(&workshop, &["--only", "acme.depot.crate.find"]).success);
    let part = folder::read(&workshop.out().with_file_name("part"));
    assert_eq!(modules(&part), ["acme/depot/crate_find"]);

    fs::write(&file, format!("{whole}only: [acme.yard.*, acme.yrad.*]\n")).expect("the crate file");
    let run = workshop.generate(&[]);
    assert_eq!(run.outcome, Outcome::Findings);
    assert!(run.err.contains("error[E0428]: no API matches `acme.yrad.*`"), "{}", run.err);
    assert!(run.err.contains("did you mean `acme.yard.*`?") && run.err.contains("crate.yaml:"), "{}", run.err);
}
