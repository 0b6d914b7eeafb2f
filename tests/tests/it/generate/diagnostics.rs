//! Broken spec trees and what `apograph lint` says of them: `diagnostics/<case>/specs` and `diagnostics/<case>/expected.txt`.
//!
//! With `APOGRAPH_BLESS=1` the expected texts are written anew. Read the difference before you keep it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::sync::LazyLock;

use apograph::commands::Outcome;
use apograph::diagnostic::Code;
use apograph_tests::command::{Run, apograph};
use apograph_tests::corpus::{self, Case};

/// Codes that lint does not report, that take hundreds of files, or that only a defect of the program causes.
const OTHERS: &[&str] = &["E0112", "E0113", "E0420", "E0803", "E0804"];

/// Codes of `transcribe`, which reads pages, and of approvals, which `diff` reads.
const ELSEWHERE: [&str; 3] = ["E10", "W10", "E11"];

/// Name of a case → everything that lint says of it, and how it ends.
static LINTED: LazyLock<BTreeMap<String, (String, Outcome)>> =
    LazyLock::new(|| corpus::cases("diagnostics").iter().map(|case| (case.name.clone(), lint(case))).collect());

/// Everything that lint says of a case, without the machine's paths. Cases named `…_denied` deny doubts.
fn lint(case: &Case) -> (String, Outcome) {
    let deny_doubts = case.name.ends_with("_denied");
    let specs = case.folder.join("specs");
    let mut arguments = vec!["lint".as_ref(), "--all".as_ref(), "--specs".as_ref(), specs.as_os_str()];
    arguments.extend(deny_doubts.then_some(OsStr::new("--deny-doubts")));
    let Run { outcome, out, err, .. } = apograph(arguments);
    let said = format!("{err}{out}");
    (said.replace(&format!("{}/", case.folder.to_string_lossy().replace('\\', "/")), ""), outcome)
}

#[test]
fn every_case_says_what_is_expected() {
    corpus::check("diagnostics", 30, |case| {
        let (said, outcome) = &LINTED[&case.name];
        case.expect("expected.txt", said)?;
        assert_eq!(said.contains("error["), *outcome != Outcome::Done, "{}", case.name);
        let broken = said.contains("error[") || said.contains("warning[");
        broken.then_some(()).ok_or_else(|| "the case has no finding".to_owned())
    });
}

/// The errors among the findings, each with its code.
fn errors(said: &str) -> Vec<&str> {
    let mut errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error[")).collect();
    errors.sort_unstable();
    errors
}

#[test]
fn generate_reports_the_errors_that_lint_reports() {
    for case in corpus::cases("diagnostics") {
        let (lint, outcome) = &LINTED[&case.name];
        // Only lint denies doubts.
        if *outcome == Outcome::Done || case.name.ends_with("_denied") {
            continue;
        }
        let specs = case.folder.join("specs");
        let arguments = ["generate", "--all", "--check", "--specs"].map(OsStr::new);
        let Run { outcome, err, .. } = apograph(arguments.into_iter().chain([specs.as_os_str()]));
        assert_eq!(errors(lint), errors(&err), "{}", case.name);
        assert_ne!(outcome, Outcome::Done, "{}", case.name);
    }
}

#[test]
fn the_corpus_shows_every_code() {
    let said: String = LINTED.values().map(|(said, _)| said.as_str()).collect();
    let is_elsewhere = |id: &str| OTHERS.contains(&id) || ELSEWHERE.iter().any(|group| id.starts_with(group));
    let is_missing = |id: &&str| !said.contains(&format!("[{id}]")) && !is_elsewhere(id);
    let missing: Vec<_> = Code::ALL.iter().map(|code| code.id()).filter(is_missing).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}
