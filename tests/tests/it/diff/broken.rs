//! Broken specs: each costs only itself. Everything else is compared, and what is not is named.

use std::fs;
use std::path::PathBuf;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::folder;
use serde_json::Value;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

const SEND: &str = "acme/depot/crate_send.yaml";
const TRACK: &str = "acme/depot/crate_track.yaml";
const FIXES: &str = "acme/depot/crate_send.fix.yaml";

/// Two revisions of specs with two APIs, equal until a file is changed.
struct Pair {
    folder: tempfile::TempDir,
}

impl Pair {
    fn new() -> Self {
        let pair = Self { folder: tempfile::tempdir().expect("a folder") };
        let track = TRANSCRIPT.replace("crate.send", "crate.track");
        let files = [("crate.yaml", PACKAGE), ("acme/platform.yaml", PLATFORM), (SEND, TRANSCRIPT), (TRACK, &track)];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into_iter().collect();
        ["before", "after"].iter().for_each(|side| folder::write(&pair.path(side), &files));
        pair
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Changes the type of the label in a transcript of the new revision.
    fn change(&self, path: &str) {
        let path = format!("after/{path}");
        let text = fs::read_to_string(self.path(&path)).expect("a file");
        self.write(&path, &text.replacen("label: {type: String", "label: {type: Number", 1));
    }

    fn run(&self, options: &[&str]) -> Run {
        let sides = ["before", "after"].map(|side| self.path(side).into_os_string());
        apograph(["diff".into()].into_iter().chain(sides).chain(options.iter().map(Into::into)))
    }

    /// The kinds and subjects of the findings: `req-type-narrowed acme.depot.crate.send`.
    fn findings(&self) -> (Run, Vec<String>) {
        let run = self.run(&["--format", "json"]);
        let report: Value = serde_json::from_str(&run.out).unwrap_or_default();
        let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let findings = report["findings"].as_array().into_iter().flatten();
        let name = |finding: &Value| match (text(finding, "api"), text(finding, "platform")) {
            (api, platform) if api.is_empty() => platform,
            (api, _) => api,
        };
        (run, findings.map(|finding| format!("{} {}", text(finding, "id"), name(finding)).trim().to_owned()).collect())
    }
}

const NOT_COMPARED: &str = "spec-not-compared acme.depot.crate.send";
const CHANGED: &str = "req-type-narrowed acme.depot.crate.track";

#[test]
fn a_broken_transcript_costs_only_itself() {
    for (what, text) in [
        ("YAML", "api: [".to_owned()),
        ("a key", format!("{TRANSCRIPT}no-such-key: 1\n")),
        ("a type", TRANSCRIPT.replacen("label: {type: String", "label: {type: '3!'", 1)),
        ("its size", "#".repeat(2 * 1024 * 1024 + 1)),
    ] {
        for side in ["before", "after"] {
            let pair = Pair::new();
            pair.change(TRACK);
            pair.write(&format!("{side}/{SEND}"), &text);
            let (run, findings) = pair.findings();
            assert_eq!(findings, [NOT_COMPARED, CHANGED], "{what}, {side}: {}{}", run.out, run.err);
            assert_eq!(run.outcome, Outcome::Failed, "{what}, {side}");
            assert!(run.err.contains(&format!("{side}/{SEND}")), "{what}, {side}: {}", run.err);
        }
    }
}

#[test]
fn a_file_that_is_not_text_costs_only_itself() {
    let pair = Pair::new();
    pair.change(TRACK);
    fs::write(pair.path(&format!("after/{SEND}")), [0xff, 0xfe]).expect("a file");
    let (run, findings) = pair.findings();
    assert_eq!(findings, [NOT_COMPARED, CHANGED], "{}{}", run.out, run.err);
    assert!(run.err.contains("the file is not UTF-8"), "{}", run.err);
}

#[test]
fn a_broken_fix_file_costs_its_transcript() {
    let pair = Pair::new();
    pair.change(TRACK);
    pair.write(&format!("after/{FIXES}"), "- at: [");
    let (run, findings) = pair.findings();
    assert_eq!(findings, [NOT_COMPARED, CHANGED], "{}{}", run.out, run.err);
}

#[test]
fn clashing_transcripts_cost_only_themselves() {
    let pair = Pair::new();
    pair.change(TRACK);
    pair.write("after/acme/depot/crate_sent.yaml", &TRANSCRIPT.replace("Sends", "Sends off"));
    pair.change(SEND);
    let (run, findings) = pair.findings();
    assert!(findings.contains(&NOT_COMPARED.to_owned()) && findings.contains(&CHANGED.to_owned()), "{findings:?}");
    assert!(findings.iter().all(|finding| finding == NOT_COMPARED || finding == CHANGED), "{findings:?}");
    assert!(run.err.contains("error[E0408]: duplicate transcript of `acme.depot.crate.send`"), "{}", run.err);
}

#[test]
fn a_broken_platform_file_costs_only_itself() {
    let broken = PLATFORM.replacen("title: ", "titel: ", 1);
    assert_ne!(broken, PLATFORM);
    let pair = Pair::new();
    pair.change(TRACK);
    pair.write("after/acme/platform.yaml", &broken);
    let (run, findings) = pair.findings();
    assert_eq!(findings, ["spec-not-compared acme", CHANGED], "{}{}", run.out, run.err);
    assert!(run.outcome == Outcome::Failed && run.err.contains("after/acme/platform.yaml"), "{}", run.err);
    // A platform whose file is broken in both revisions has no rules to compare by; others are compared.
    pair.write("before/acme/platform.yaml", &broken);
    for (side, title) in [("before", "Bolts"), ("after", "All bolts")] {
        let other = PLATFORM.replacen("title: Acme", &format!("title: {title}"), 1).replace("acme", "bolt");
        pair.write(&format!("{side}/bolt/platform.yaml"), &other);
    }
    let (run, findings) = pair.findings();
    assert_eq!(findings, ["spec-not-compared acme", "doc-platform bolt"], "{}{}", run.out, run.err);
}

#[test]
fn a_missing_crate_file_costs_only_itself() {
    let pair = Pair::new();
    pair.change(TRACK);
    fs::remove_file(pair.path("after/crate.yaml")).expect("the file");
    let (run, findings) = pair.findings();
    assert_eq!(findings, ["spec-not-compared", CHANGED], "{}{}", run.out, run.err);
    assert!(run.outcome == Outcome::Failed && run.err.contains("error[E0201]"), "{}", run.err);
}

#[test]
fn the_errors_of_one_file_are_all_that_is_printed() {
    let pair = Pair::new();
    pair.write(&format!("after/{SEND}"), "api: [");
    // A doubt is a warning of every run; `lint` reports it.
    let doubtful = "doubts:\n  - {at: request.label, about: type, note: ambiguous}\n";
    pair.write(&format!("after/{TRACK}"), &(TRANSCRIPT.replace("crate.send", "crate.track") + doubtful));
    let run = pair.run(&[]);
    assert!(!run.err.contains("W0306") && run.err.lines().count() < 20, "{}", run.err);
}

const ENTRIES: &str = "\
- at: request.label.description
  was: What stands on the lid
  now: What is on the lid
  why: wording
- at: request.label.type
  was: Boolean
  now: Price
  why: seen in answers
";

#[test]
fn a_stale_fix_is_a_finding_and_the_rest_is_compared() {
    let pair = Pair::new();
    let fitting = ENTRIES.replace("Boolean", "String");
    ["before", "after"].iter().for_each(|side| pair.write(&format!("{side}/{FIXES}"), &fitting));
    pair.change(SEND);
    let (run, findings) = pair.findings();
    let stale = "fix-stale acme.depot.crate.send";
    assert!(findings.contains(&stale.to_owned()) && findings.len() == 2, "{findings:?}{}", run.err);
    assert_eq!(run.outcome, Outcome::Done, "{}", run.err);
    let run = pair.run(&[]);
    // Lines fit the terminal.
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "warning[fix-stale]: acme.depot.crate.send, request.label.type: fix no longer applies",
        "crate_send.fix.yaml:6:8",
        "`request.label.type` is `Number` in the transcript, but `was` is `String`",
        "`Price` → `Number`",
    ] {
        assert!(words.contains(expected), "{expected}: {}", run.out);
    }
    assert!(run.err.is_empty() && !words.contains("What is on the lid"), "{}{}", run.err, run.out);
    assert_eq!(pair.run(&["--fail-on", "warn"]).outcome, Outcome::Findings);
}

#[test]
fn a_fix_whose_quote_has_changed_is_stale() {
    let pair = Pair::new();
    let quoting = "- {at: request.label.max_length, now: '50', from: description, quote: at most 50, why: prose}\n";
    for (side, limit) in [("before", "50"), ("after", "20")] {
        pair.write(&format!("{side}/{FIXES}"), quoting);
        let text = TRANSCRIPT.replace("What stands on the lid", &format!("The lid has at most {limit} characters"));
        assert_ne!(text, TRANSCRIPT);
        pair.write(&format!("{side}/{SEND}"), &text);
    }
    let (run, findings) = pair.findings();
    assert!(findings.contains(&"fix-stale acme.depot.crate.send".to_owned()), "{findings:?}{}", run.err);
    assert_eq!(run.outcome, Outcome::Done, "{}", run.err);
    let words = pair.run(&[]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in ["does not contain the quote `at most 50`", "it contains `The lid has at most 20 characters`"] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
}

#[test]
fn a_fix_that_was_stale_before_is_not_news() {
    let pair = Pair::new();
    ["before", "after"].iter().for_each(|side| pair.write(&format!("{side}/{FIXES}"), ENTRIES));
    let path = format!("after/{SEND}");
    let text = TRANSCRIPT.replace("Whether it left", "Whether it has left");
    pair.write(&path, &text);
    let (run, findings) = pair.findings();
    assert_eq!(findings, ["doc-field acme.depot.crate.send"], "{}{}", run.out, run.err);
    // A fix that is corrected changes what the spec means, and is no trouble.
    pair.write(&path, TRANSCRIPT);
    pair.write(&format!("after/{FIXES}"), &ENTRIES.replace("Boolean", "String"));
    let (_, findings) = pair.findings();
    assert!(findings.len() == 1 && findings[0].starts_with("req-type-"), "{findings:?}");
}

#[test]
fn approvals_of_what_is_not_compared_are_not_unused() {
    let pair = Pair::new();
    pair.change(TRACK);
    pair.write(&format!("after/{SEND}"), "api: [");
    let entry = "- {fingerprint: 0123456789abcdef, cause: vendor, reason: a, who: b, until: 2030-01-01}\n";
    pair.write("after/approvals.yaml", entry);
    let run = pair.run(&["--today", "2026-01-01"]);
    assert!(!run.err.contains("E1102") && run.outcome == Outcome::Failed, "{}", run.err);
}

#[test]
fn what_is_wrong_in_both_revisions_is_left_to_lint_where_only_texts_change() {
    let pair = Pair::new();
    for side in ["before", "after"] {
        let text = TRANSCRIPT.replace("label: {type: String", "label: {type: '3!'");
        pair.write(&format!("{side}/{SEND}"), &text);
    }
    let text = fs::read_to_string(pair.path(&format!("after/{SEND}"))).expect("a file");
    pair.write(&format!("after/{SEND}"), &text.replace("Sends a crate", "Sends one crate"));
    let (run, findings) = pair.findings();
    assert_eq!(findings, ["doc-api acme.depot.crate.send"], "{}{}", run.out, run.err);
    assert_eq!(run.err, "");
}
