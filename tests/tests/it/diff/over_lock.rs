//! What `apograph diff` says where a lock keeps the Rust names: the crate that would really be generated is judged.

use std::fs;
use std::path::Path;
use std::process::Command;

use apograph_tests::command::{Run, apograph};
use apograph_tests::root;
use serde_json::Value;

use super::{PACKAGE, PLATFORM, TRANSCRIPT as SEND};

const FIND: &str = "\
api: acme.depot.crate.find
title: Find a crate
session: none
source: {layout: top-text, sha256: 0000000000000000000000000000000000000000000000000000000000000000}
request:
  label: {type: String}
  colour: {type: String}
response:
  crate:
    type: CrateDTO
    fields:
      weight: {type: Number, description: In kilograms}
";

const COLOURS: &str = "- {at: request.colour.values, now: {red: {name: Red}, blue: {name: Blue}}, why: invented}\n";

struct Pair(tempfile::TempDir);

impl Pair {
    /// The two APIs on both sides; no lock.
    fn new() -> Self {
        let pair = Self(tempfile::tempdir().expect("a folder"));
        for side in ["before", "after"] {
            fs::create_dir_all(pair.0.path().join(side).join("acme/depot")).expect("folders");
            pair.write(side, "crate.yaml", PACKAGE);
            pair.write(side, "acme/platform.yaml", PLATFORM);
            pair.write(side, "acme/depot/crate_send.yaml", SEND);
            pair.write(side, "acme/depot/crate_find.yaml", FIND);
            pair.write(side, "acme/depot/crate_find.fix.yaml", COLOURS);
        }
        pair
    }

    /// The same with the lock of the old side.
    fn locked() -> Self {
        let pair = Self::new();
        pair.generate("before", &[]);
        pair
    }

    fn path(&self, path: &str) -> String {
        self.0.path().join(path).to_string_lossy().into_owned()
    }

    fn write(&self, side: &str, path: &str, text: &str) {
        fs::write(self.0.path().join(side).join(path), text).expect("a file");
    }

    fn generate(&self, side: &str, more: &[&str]) {
        let runtime = root().join("generator/runtime").to_string_lossy().into_owned();
        let (specs, out) = (self.path(side), self.path(&format!("{side}-crate")));
        let arguments = ["generate", "--specs", &specs, "--out", &out, "--runtime", &runtime];
        let run = apograph(arguments.into_iter().chain(more.iter().copied()));
        assert!(run.success, "{}", run.err);
    }

    fn diff(&self, options: &[&str]) -> Run {
        let (before, after) = (self.path("before"), self.path("after"));
        apograph(["diff", before.as_str(), after.as_str()].into_iter().chain(options.iter().copied()))
    }

    fn report(&self) -> Value {
        let run = self.diff(&["--format", "json", "--all"]);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
    }
}

/// `req-field-removed-opt has-more depends minor`, one for each finding.
fn verdicts(report: &Value) -> Vec<String> {
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().map(|finding| ["id", "source", "wire", "bump"].map(|key| word(finding, key)).join(" ")).collect()
}

/// A change of the new side, with what is said of it without and with the lock of the old one.
struct Case {
    change: fn(&Pair),
    without: &'static [&'static str],
    with: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        change: |pair| {
            for leaf in ["crate_find.yaml", "crate_find.fix.yaml"] {
                fs::remove_file(pair.path(&format!("after/acme/depot/{leaf}"))).expect("a file");
            }
        },
        without: &["api-removed breaks fails major"],
        with: &["api-removed additive fails minor"],
    },
    Case {
        change: |pair| {
            pair.write("after", "acme/depot/crate_find.yaml", &FIND.replace("  label: {type: String}\n", ""))
        },
        without: &["req-field-removed-opt breaks depends major"],
        with: &["req-field-removed-opt additive depends minor"],
    },
    Case {
        change: |pair| {
            pair.write("after", "acme/depot/crate_find.fix.yaml", &COLOURS.replace(", blue: {name: Blue}", ""));
        },
        without: &["req-enum-value-removed breaks depends major"],
        with: &["req-enum-value-removed additive depends minor"],
    },
    Case {
        change: |pair| pair.write("after", "acme/depot/crate_find.yaml", &FIND.replace("CrateDTO", "Box")),
        without: &["resp-type-renamed breaks works major"],
        with: &["resp-type-renamed unaffected works patch"],
    },
    Case {
        change: |pair| {
            let folder = pair.path("after/acme/crates");
            fs::create_dir(&folder).expect("a folder");
            let platform = "  depot: {title: Depots, prefixes: [acme.depot]}\n";
            let crates = format!("  crates: {{title: Crates, prefixes: [acme.depot.crate]}}\n{platform}");
            pair.write("after", "acme/platform.yaml", &PLATFORM.replace(platform, &crates));
            for (from, to) in [("crate_find", "find"), ("crate_find.fix", "find.fix"), ("crate_send", "send")] {
                let from = pair.path(&format!("after/acme/depot/{from}.yaml"));
                fs::rename(from, Path::new(&folder).join(format!("{to}.yaml"))).expect("a file");
            }
            // Only the lock keeps the family, which is on by default.
            for side in ["before", "after"] {
                pair.write(side, "crate.yaml", &PACKAGE.replace("[acme-depot]", "[]"));
            }
        },
        without: &[
            "family-declared unaffected works none",
            "api-moved breaks works major",
            "api-feature-moved breaks works major",
            "api-moved breaks works major",
            "api-feature-moved breaks works major",
        ],
        with: &["family-declared unaffected works none"],
    },
    Case {
        // The type of a field is nothing that a lock keeps.
        change: |pair| {
            let text = FIND.replace("label: {type: String}", "label: {type: Number}");
            pair.write("after", "acme/depot/crate_find.yaml", &text);
        },
        without: &["req-type-narrowed breaks depends major"],
        with: &["req-type-narrowed breaks depends major"],
    },
];

#[test]
fn what_a_lock_keeps_breaks_nobody() {
    for (index, case) in CASES.iter().enumerate() {
        let (free, locked) = (Pair::new(), Pair::locked());
        (case.change)(&free);
        (case.change)(&locked);
        assert_eq!(verdicts(&free.report()), case.without, "{index}");
        let report = locked.report();
        assert_eq!(verdicts(&report), case.with, "{index}");
        assert_eq!(report["lock"]["of"], "old");
        // Made over the same lock, the new side says the same.
        fs::copy(locked.path("before/api.lock"), locked.path("after/api.lock")).expect("the lock");
        assert_eq!(verdicts(&locked.report()), case.with, "{index}");
        locked.generate("after", &[]);
        let report = locked.report();
        assert_eq!((verdicts(&report), &report["lock"]["of"]), (to_owned(case.with), &"new".into()), "{index}");
    }
}

fn to_owned(verdicts: &[&str]) -> Vec<String> {
    verdicts.iter().map(|verdict| (*verdict).to_owned()).collect()
}

#[test]
fn what_is_unlocked_breaks_again() {
    for (index, case) in CASES.iter().enumerate().take(4) {
        let pair = Pair::locked();
        (case.change)(&pair);
        fs::copy(pair.path("before/api.lock"), pair.path("after/api.lock")).expect("the lock");
        pair.generate("after", &["--unlock"]);
        assert_eq!(verdicts(&pair.report()), case.without, "{index}");
    }
}

#[test]
fn a_name_that_comes_back_breaks_callers_only_if_a_fix_or_unlock_forces_it() {
    let pair = Pair::locked();
    pair.write("before", "acme/depot/crate_find.yaml", &FIND.replace("  label: {type: String}\n", ""));
    pair.generate("before", &[]);
    let keep_lock = || fs::copy(pair.path("before/api.lock"), pair.path("after/api.lock")).expect("the lock");
    keep_lock();
    pair.write("after", "acme/depot/crate_find.yaml", &FIND.replace("label: {type: String}", "label: {type: Number}"));
    assert_eq!(verdicts(&pair.report()), ["req-field-added-opt additive works minor"]);

    // Callers' `label` is a text. Unlocked, it is a number.
    pair.generate("after", &["--unlock"]);
    let report = pair.report();
    assert_eq!(
        verdicts(&report),
        ["req-field-added-opt additive works minor", "lock-let-go breaks works major"],
        "{report}"
    );
    assert_eq!(report["findings"][1]["old"], "depot::crate_find::CrateFind::label");

    // So it is if a fix gives the name to another field.
    keep_lock();
    pair.write("after", "acme/depot/crate_find.yaml", &FIND.replace("label: {type: String}", "tag: {type: Number}"));
    let fixes = "- {at: request.tag.rust_name, now: label, why: invented}\n";
    pair.write("after", "acme/depot/crate_find.fix.yaml", &format!("{COLOURS}{fixes}"));
    pair.generate("after", &[]);
    let report = pair.report();
    assert_eq!(
        verdicts(&report),
        ["req-field-added-opt additive works minor", "lock-let-go breaks works major"],
        "{report}"
    );
}

#[test]
fn a_lock_that_lets_go_is_told_where_no_page_changed() {
    let pair = Pair::locked();
    // The tombstone of a field and that of an API, and then neither.
    let lock = fs::read_to_string(pair.path("before/api.lock")).expect("the lock");
    let gone = "\nacme acme.depot.gone removed\n  feature acme-depot\n  module depot::gone\n  request Gone\n  response GoneResponse\n";
    let lid = "    label: text\n    lid: integer removed\n";
    pair.write("before", "api.lock", &(lock.replacen("    label: text\n", lid, 1) + gone));
    pair.write("after", "api.lock", &lock);
    let report = pair.report();
    assert_eq!(verdicts(&report), ["lock-let-go breaks works major", "lock-let-go breaks works major"]);
    assert_eq!(report["findings"][0]["old"], "depot::crate_find::CrateFind::lid");
    assert_eq!(report["findings"][1]["rust"]["witness"], "use acme_apis::acme::depot::gone;");
    // The other way round there is only more.
    let text = fs::read_to_string(pair.path("before/api.lock")).expect("the lock");
    pair.write("after", "api.lock", &text);
    pair.write("before", "api.lock", &lock);
    assert_eq!(pair.diff(&["--all"]).out, "");
}

#[test]
fn the_report_names_the_lock() {
    let pair = Pair::locked();
    (CASES[1].change)(&pair);
    let run = pair.diff(&[]);
    let line = format!(
        "Rust names come from the old lock, because the new revision has none: {}",
        pair.path("before/api.lock")
    );
    // Lines fit the terminal.
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.ends_with(&line.replace('\\', "/")), "{words}");
    assert!(words.contains("the lock keeps the Rust item and marks it deprecated"), "{words}");
    let run = pair.diff(&["--format", "markdown"]);
    assert!(run.out.contains("Rust names come from the old lock"), "{}", run.out);
    // Nothing to tell is nothing written, whatever locks there are.
    assert_eq!(Pair::locked().diff(&[]).out, "");
}

#[test]
fn a_single_spec_takes_only_its_own_part_of_the_lock() {
    let pair = Pair::locked();
    (CASES[1].change)(&pair);
    let spec = |side: &str| pair.path(&format!("{side}/acme/depot/crate_find.yaml"));
    let run = apograph(["diff", &spec("before"), &spec("after"), "--format", "json", "--all"]);
    let report: Value = serde_json::from_str(&run.out).expect("a report");
    assert_eq!(verdicts(&report), CASES[1].with);
}

fn git(folder: &str, arguments: &[&str]) {
    let identity = ["-c", "user.name=A Name", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(identity).args(arguments).output().expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_lock_of_a_revision_in_git_is_read() {
    let pair = Pair::locked();
    let specs = pair.path("before");
    git(&specs, &["init", "--quiet"]);
    git(&specs, &["add", "."]);
    git(&specs, &["commit", "--quiet", "-m", "one"]);
    fs::remove_file(pair.path("before/api.lock")).expect("the lock");
    pair.write("before", "acme/depot/crate_find.yaml", &FIND.replace("  label: {type: String}\n", ""));
    let run = apograph(["diff", "--specs", specs.as_str(), "--format", "json", "--all"]);
    let report: Value = serde_json::from_str(&run.out).expect("a report");
    assert_eq!((verdicts(&report), &report["lock"]["of"]), (to_owned(CASES[1].with), &"old".into()));
    let path = report["lock"]["path"].as_str().unwrap_or_default();
    assert!(path.starts_with("HEAD:") && path.ends_with("api.lock"), "{path}");
}

#[test]
fn a_broken_lock_is_told() {
    let pair = Pair::locked();
    (CASES[1].change)(&pair);
    pair.write("before", "api.lock", "<<<<<<< ours\n");
    let run = pair.diff(&[]);
    assert!(!run.success && run.out.is_empty() && run.err.contains("error[E0801]"), "{}{}", run.out, run.err);
}
