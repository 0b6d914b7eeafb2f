//! `apograph diff --set-version`: writes the version that the changes require, and no other byte of `crate.yaml`.

use std::fs;

use apograph::commands::Outcome;
use serde_json::Value;

use super::approvals::{Pair, changed};
use super::{PACKAGE, TRANSCRIPT};

const VERSION: &str = "version: 0.3.1\n";

fn package(pair: &Pair) -> String {
    fs::read_to_string(pair.at("after/crate.yaml")).expect("the crate file")
}

fn set_package(pair: &Pair, side: &str, line: &str) {
    assert!(PACKAGE.contains(VERSION));
    fs::write(pair.at(side).join("crate.yaml"), PACKAGE.replace(VERSION, line)).expect("the crate file");
}

#[test]
fn the_version_is_raised_as_far_as_the_changes_require() {
    let patch = TRANSCRIPT.replace("Send a crate", "Send one crate");
    for (after, present, next) in [
        (changed(), "version: 0.3.1 # the first\n", "version: 0.4.0 # the first\n"),
        (changed(), "version: '0.3.2'\n", "version: '0.4.0'\n"),
        (patch.clone(), VERSION, "version: 0.3.2\n"),
        (patch, "version: 0.2.9\n", "version: 0.3.2\n"),
    ] {
        let pair = Pair::new(TRANSCRIPT, &after);
        set_package(&pair, "after", &format!("# comment\n{present}"));
        let before = package(&pair);
        let run = pair.diff(&["--set-version", "--format", "json"]);
        assert_eq!(run.outcome, Outcome::Done, "{}", run.err);
        assert!(serde_json::from_str::<Value>(&run.out).is_ok(), "{}", run.out);
        assert_eq!(package(&pair), before.replace(present, next), "{present}");
        assert!(run.err.starts_with("after/crate.yaml: version 0."), "{}", run.err);
        // A second run finds it high enough.
        let run = pair.diff(&["--set-version"]);
        assert!(run.success && run.err.contains("is high enough: the changes require 0."), "{}", run.err);
        assert_eq!(package(&pair), before.replace(present, next));
    }
}

#[test]
fn a_version_that_is_high_enough_stays() {
    for version in ["0.4.0", "0.4.1", "1.0.0"] {
        let pair = Pair::new(TRANSCRIPT, &changed());
        set_package(&pair, "after", &format!("version: {version}\n"));
        let before = package(&pair);
        let run = pair.diff(&["--set-version"]);
        let message = format!(
            "after/crate.yaml: not changed, because its version {version} is high enough: the changes require 0.4.0\n"
        );
        assert_eq!((run.outcome, run.err), (Outcome::Done, message));
        assert_eq!(package(&pair), before);
    }
    let pair = Pair::new(TRANSCRIPT, TRANSCRIPT);
    let run = pair.diff(&["--set-version"]);
    assert_eq!((run.outcome, run.out.as_str()), (Outcome::Done, ""));
    assert_eq!(run.err, "after/crate.yaml: not changed, because no change requires a new version\n");
    assert_eq!(package(&pair), PACKAGE);
}

#[test]
fn approved_changes_count_and_the_limit_still_fails() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let run = pair.diff(&["--set-version", "--fail-on", "error"]);
    assert_eq!(run.outcome, Outcome::Findings, "{}", run.err);
    assert_eq!(package(&pair), PACKAGE.replace("0.3.1", "0.4.0"));
}

#[test]
fn what_cannot_be_set_is_refused() {
    for (side, line, message) in [
        ("before", "version: 1.0.0-rc.1\n", "the old version `1.0.0-rc.1` is not of the form `1.2.3`"),
        ("after", "version: 0.4.0-rc.1\n", "the version `0.4.0-rc.1` is not of the form `1.2.3`"),
        ("after", "version: >-\n  0.3.1\n", "`version` is not written on a single line"),
    ] {
        let pair = Pair::new(TRANSCRIPT, &changed());
        set_package(&pair, side, line);
        let before = package(&pair);
        let run = pair.diff(&["--set-version"]);
        assert_eq!(run.outcome, Outcome::Failed, "{line}: {}", run.err);
        assert!(run.err.contains("error: the version was not set: ") && run.err.contains(message), "{}", run.err);
        assert!(!run.out.is_empty() && package(&pair) == before, "{line}");
    }
    let pair = Pair::new(TRANSCRIPT, &changed());
    let run = pair.diff_of("acme/depot/crate_send.yaml", &["--set-version"]);
    assert!(run.outcome == Outcome::Failed && run.err.contains("needs two whole revisions"), "{}", run.err);
    assert_eq!(package(&pair), PACKAGE);
}
