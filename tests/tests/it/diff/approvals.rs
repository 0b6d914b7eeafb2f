//! `specs/approvals.yaml`: what a reviewer accepted is shown apart and makes nothing fail, until its day.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use apograph::diagnostic::Code;
use apograph_tests::command::{Run, apograph};
use serde_json::Value;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

const LABEL: &str = "  label: {type: String, description: What stands on the lid}\n";
pub(super) const TODAY: &str = "2026-06-15";

/// A field less, and a required one more: both break somebody.
pub(super) fn changed() -> String {
    TRANSCRIPT.replace(LABEL, "  lid: {type: Number, required: true}\n")
}

pub(super) struct Pair(tempfile::TempDir);

impl Pair {
    pub(super) fn new(before: &str, after: &str) -> Self {
        let pair = Self(tempfile::tempdir().expect("a folder"));
        for (side, transcript) in [("before", before), ("after", after)] {
            fs::create_dir_all(pair.at(side).join("acme/depot")).expect("folders");
            for (path, text) in
                [("crate.yaml", PACKAGE), ("acme/platform.yaml", PLATFORM), ("acme/depot/crate_send.yaml", transcript)]
            {
                fs::write(pair.at(side).join(path), text).expect("a file");
            }
        }
        pair
    }

    pub(super) fn at(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    pub(super) fn approve(&self, side: &str, text: &str) {
        fs::write(self.at(side).join("approvals.yaml"), text).expect("a file");
    }

    pub(super) fn diff(&self, options: &[&str]) -> Run {
        self.diff_of("", options)
    }

    pub(super) fn diff_of(&self, below: &str, options: &[&str]) -> Run {
        let [before, after] = ["before", "after"].map(|side| self.at(side).join(below).to_string_lossy().into_owned());
        self.run("diff", [&before, &after], options)
    }

    /// Runs a command that compares two revisions. The folder of the pair is left out of what it prints.
    pub(super) fn run(&self, command: &str, [before, after]: [&str; 2], options: &[&str]) -> Run {
        let options = ["--today", TODAY].into_iter().chain(options.iter().copied());
        let mut run = apograph([command, before, after].into_iter().chain(options));
        let folder = format!("{}/", Path::new(self.0.path()).to_string_lossy());
        (run.out, run.err) = (run.out.replace(&folder, ""), run.err.replace(&folder, ""));
        run
    }

    pub(super) fn json(&self) -> Value {
        let run = self.diff(&["--format", "json"]);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
    }

    /// Kind → fingerprint.
    pub(super) fn fingerprints(&self) -> BTreeMap<String, String> {
        let report = self.json();
        let findings = report["findings"].as_array().expect("findings");
        let text = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
        findings.iter().map(|finding| (text(finding, "id"), text(finding, "fingerprint"))).collect()
    }
}

pub(super) fn entry(fingerprint: &str, cause: &str, until: &str) -> String {
    format!(
        "- {{fingerprint: '{fingerprint}', cause: {cause}, reason: 'the page <b>says so</b>', who: A. Reviewer, \
         until: {until}}}\n"
    )
}

fn says(run: &Run, code: Code) -> bool {
    run.err.contains(&format!("error[{}]", code.id()))
}

#[test]
fn what_is_approved_stands_apart_and_makes_nothing_fail() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let fingerprints = pair.fingerprints();
    let [added, removed] = ["req-field-added-req", "req-field-removed-opt"].map(|id| &fingerprints[id]);
    assert_ne!(added, removed);
    pair.approve("after", &entry(removed, "vendor", TODAY));
    for limit in ["error", "warn", "must-upgrade"] {
        assert!(!pair.diff(&["--fail-on", limit]).success, "the other one is open");
    }
    let run = pair.diff(&["--fail-on", "major"]);
    assert!(run.success && run.err.is_empty(), "only the approved change needs a major version: {}", run.err);
    assert!(run.out.contains("\n1 error and 1 approved; major version bump needed: 0.3.1 → 0.4.0"));
    let apart = "approved\n  acme.depot.crate.send\n  - request.label  optional field removed: `String`  [req-field-removed-opt, major, ";
    let grounds = "      vendor, by A. Reviewer until 2026-06-15: the page <b>says so</b>\n";
    assert!(run.out.contains(apart) && run.out.contains(grounds), "{}", run.out);
    pair.approve("after", &[entry(removed, "vendor", TODAY), entry(added, "policy", "2027-01-01")].concat());
    for limit in ["error", "warn", "must-upgrade", "major"] {
        let run = pair.diff(&["--fail-on", limit]);
        assert!(run.success && run.out.contains("2 approved"), "{}{}", run.out, run.err);
    }
}

#[test]
fn every_format_shows_fingerprints_and_approvals() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let fingerprints = pair.fingerprints();
    let removed = &fingerprints["req-field-removed-opt"];
    pair.approve("after", &entry(removed, "vendor", TODAY));
    for format in ["text", "json", "markdown", "github", "sarif", "html"] {
        let run = pair.diff(&["--format", format]);
        for fingerprint in fingerprints.values() {
            assert!(run.out.contains(fingerprint.as_str()), "{format}: {}", run.out);
        }
        assert!(run.out.contains("A. Reviewer") && run.out.contains("says so"), "{format}: {}", run.out);
    }
    let report = pair.json();
    assert_eq!((&report["counts"]["error"], &report["counts"]["approved"]), (&1.into(), &1.into()));
    assert_eq!(report["findings"][1]["approval"]["until"], TODAY);
    let log: Value = serde_json::from_str(&pair.diff(&["--format", "sarif"]).out).expect("JSON");
    let results = &log["runs"][0]["results"];
    assert_eq!(results[1]["suppressions"][0]["status"], "accepted");
    assert!(results[0].get("suppressions").is_none());
    assert_eq!(results[1]["partialFingerprints"]["apographChange/v1"].as_str(), Some(removed.as_str()));
    let commands = pair.diff(&["--format", "github"]).out;
    assert!(commands.contains("::notice file=") && commands.matches("::error ").count() == 1, "{commands}");
    let comment = pair.diff(&["--format", "markdown"]).out;
    assert!(comment.contains("<b>Approved: 1</b>") && comment.contains("`the page <b>says so</b>`"), "{comment}");
}

#[test]
fn a_fingerprint_is_of_the_change_alone() {
    let one = Pair::new(TRANSCRIPT, &changed()).fingerprints();
    // Other edits, above and below, in the same transcript.
    let more = changed()
        .replace("title: Send a crate", "title: Send one crate")
        .replace("request:\n", "request:\n  first: {type: String}\n")
        .replace("  sent:", "  sent_at: {type: Date}\n  sent:");
    let other = Pair::new(TRANSCRIPT, &more).fingerprints();
    assert!(other.len() > one.len());
    assert!(one.iter().all(|(id, fingerprint)| other.get(id) == Some(fingerprint)), "{one:?} {other:?}");
    // Rows are known by what they say, not by their number.
    let row = "- {code: isv.shut, message: The depot is shut}\n";
    let rows = |above: &str| {
        let errors = |code: &str| format!("{TRANSCRIPT}errors:\n{above}{}", row.replace("isv.shut", code));
        Pair::new(&errors("isv.shut"), &errors("isv.closed")).fingerprints()
    };
    assert_eq!(rows(""), rows("- {code: isv.lost, message: No such crate}\n"));
    // Another value is another change.
    let number = Pair::new(TRANSCRIPT, &changed().replace("type: Number", "type: String")).fingerprints();
    assert_ne!(number["req-field-added-req"], one["req-field-added-req"]);
}

#[test]
fn a_fix_of_the_transcript_breaks_no_binary() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let fingerprints = pair.fingerprints();
    let entries: String =
        fingerprints.values().map(|fingerprint| entry(fingerprint, "transcription-fix", TODAY)).collect();
    pair.approve("after", &entries);
    let report = pair.json();
    let [added, removed] = [&report["findings"][0], &report["findings"][1]];
    assert_eq!(
        (&added["wire"], &added["must_upgrade"], &added["level"]),
        (&"works".into(), &false.into(), &"warning".into())
    );
    assert!(added["why"].as_str().is_some_and(|why| why.ends_with("old binaries were already wrong on the wire")));
    // What it does to source stays.
    assert_eq!(
        (&removed["source"], &removed["bump"], &removed["level"]),
        (&"breaks".into(), &"major".into(), &"error".into())
    );
    assert_eq!((&report["must_upgrade"], &report["bump"]), (&false.into(), &"major".into()));
    // Another cause changes nothing of the verdict.
    pair.approve("after", &entries.replace("transcription-fix", "vendor"));
    assert_eq!(pair.json()["must_upgrade"], true);
}

#[test]
fn what_is_over_or_fits_nothing_fails() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let removed = &pair.fingerprints()["req-field-removed-opt"];
    pair.approve("after", &entry(removed, "vendor", "2026-06-14"));
    let run = pair.diff(&[]);
    assert!(!run.success && says(&run, Code::ApprovalExpired), "{}", run.err);
    assert!(run.err.contains("--> after/approvals.yaml:1:"), "{}", run.err);
    assert!(run.out.contains("2 errors;"), "it counts again: {}", run.out);
    let stray = entry("0123456789abcdef", "vendor", TODAY);
    pair.approve("after", &stray);
    let run = pair.diff(&[]);
    assert!(!run.success && says(&run, Code::ApprovalUnmatched), "{}", run.err);
    // A comparison of one spec knows nothing of the others.
    assert!(pair.diff_of("acme/depot/crate_send.yaml", &[]).success);
    // It was for an earlier comparison.
    pair.approve("before", &stray);
    assert!(pair.diff(&[]).success);
    // Nothing to tell, and nothing to say of approvals.
    let pair = Pair::new(TRANSCRIPT, TRANSCRIPT);
    pair.approve("before", &stray);
    pair.approve("after", &stray);
    let run = pair.diff(&["--fail-on", "warn"]);
    assert!(run.success && run.out.is_empty() && run.err.is_empty(), "{}{}", run.out, run.err);
}

#[test]
fn a_merged_approval_fails_no_later_comparison() {
    const PAST: &str = "2026-01-01";
    let pair = Pair::new(TRANSCRIPT, &changed());
    let fingerprints = pair.fingerprints();
    let merged = entry("0123456789abcdef", "vendor", PAST);
    // Both revisions contain the entry, and its change is part of both.
    pair.approve("before", &merged);
    pair.approve("after", &merged);
    let run = pair.diff(&[]);
    assert!(run.success && run.err.is_empty(), "{}", run.err);
    assert!(pair.diff_of("acme/depot/crate_send.yaml", &[]).success);
    // An entry that only the new revision contains was never valid for this comparison.
    fs::remove_file(pair.at("before/approvals.yaml")).expect("the file");
    assert!(says(&pair.diff(&[]), Code::ApprovalExpired));
    // An entry that was merged before its change is made does not approve the change after its last day.
    let early = entry(&fingerprints["req-field-removed-opt"], "vendor", PAST);
    pair.approve("before", &early);
    pair.approve("after", &early);
    let run = pair.diff(&[]);
    assert!(
        !run.success && says(&run, Code::ApprovalExpired) && run.out.contains("2 errors;"),
        "{}{}",
        run.out,
        run.err
    );
}

#[test]
fn a_single_spec_is_approved_too() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let entries: String = pair.fingerprints().values().map(|fingerprint| entry(fingerprint, "vendor", TODAY)).collect();
    pair.approve("after", &entries);
    let run = pair.diff_of("acme/depot/crate_send.yaml", &["--fail-on", "warn"]);
    assert!(run.success && run.out.contains("2 approved"), "{}{}", run.out, run.err);
}

#[test]
fn approvals_are_read_strictly() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let good = entry(&pair.fingerprints()["req-field-removed-opt"], "vendor", TODAY);
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replace(from, to)
    };
    for (text, code) in [
        (with("who: A. Reviewer", "who: A. Reviewer, whom: B"), Code::UnknownKey),
        (with("cause: vendor", "cause: vendor, cause: policy"), Code::RepeatedKey),
        (with("cause: vendor, ", ""), Code::MissingKey),
        (with("cause: vendor", "cause: weather"), Code::WrongValue),
        (with("who: A. Reviewer", "who: ' '"), Code::WrongValue),
        (with("until: 2026-06-15", "until: 2026-06-31"), Code::WrongValue),
        (with("until: 2026-06-15", "until: soon"), Code::WrongValue),
        (with("fingerprint: '", "fingerprint: 'X"), Code::WrongValue),
        (with("who: A. Reviewer", "who: &a A"), Code::NotPlainData),
        (good.clone() + &good, Code::RepeatedApproval),
        ("approvals: []\n".to_owned(), Code::WrongKind),
        ("# nothing\n".to_owned(), Code::EmptyFile),
        ("- {".to_owned(), Code::Syntax),
    ] {
        pair.approve("after", &text);
        let run = pair.diff(&[]);
        assert!(!run.success && says(&run, code) && run.out.is_empty(), "{text}: {}{}", run.out, run.err);
        assert!(run.err.contains("--> after/approvals.yaml"), "{}", run.err);
    }
    pair.approve("after", "[]\n");
    assert!(pair.diff(&[]).success);
}
